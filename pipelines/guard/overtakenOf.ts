import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"

/**
 * Whether one of some subjects was frozen after an epoch.
 *
 * @param subjects ordinals, ascending
 */
export const overtakenOf = (subjects: Uint32Array, epoch: number) =>
  Effect.gen(function* () {
    const consent = yield* Consent
    const frozen = yield* (yield* Records).read((db) => consent.frozenSince(db, epoch))
    return frozen.some((subj) => holds(subjects, subj))
  })

function holds(ascending: Uint32Array, wanted: number): boolean {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return ascending[low] === wanted
}
