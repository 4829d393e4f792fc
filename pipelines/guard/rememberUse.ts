import { Clock, Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import type { Denial } from "#privacy/consent/Operation.ts"
import type { Permit } from "#privacy/consent/Permit.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import { fenced } from "../engine/holdFence.ts"
import { overtakenOf } from "./overtakenOf.ts"

/** What an operation read, and for what. */
export interface UseOf {
  readonly asset: string
  readonly run: string
  readonly relations: ReadonlyArray<readonly [schema: string, name: string]>
  readonly planDigest: string
}

/** Writes down what an operation read: exact counts for stewards, and for each subject a proof of having been touched or not. */
export const rememberUse = Effect.fn("rememberUse")(function* (
  permit: Permit,
  { asset, run, relations, planDigest }: UseOf
) {
  const guard = yield* Guard
  const consent = yield* Consent
  const uses = yield* Uses
  let [rowsIn, rowsOut] = [0, 0]
  const denied: Partial<Record<Denial, number>> = {}
  for (const relation of relations) {
    const scanned = yield* guard.count(permit, relation)
    rowsIn += scanned.rowsIn
    rowsOut += scanned.rowsOut
    for (const [why, n] of Object.entries(scanned.denied)) denied[why as Denial] = (denied[why as Denial] ?? 0) + n
  }
  const { id, operation, epoch } = permit
  const { actions, purpose, recipient } = operation
  const touched = yield* guard.touched(permit, relations)
  const sealed = yield* uses.seal({ operation: id, action: actions[0]!, purpose, recipient, asset, epoch }, touched)
  const at = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  yield* (yield* Records).write((db) => {
    // Who withdrew since the decision could show that this came too late; it is decided anew instead.
    if (consent.frozenSince(db, epoch).length > 0) throw fenced(asset)
    consent.record(db, { permit, asset, run, rowsIn, rowsOut, denied, planDigest }, at)
    uses.append(db, sealed)
  })
  return { rowsIn, rowsOut, denied, overtaken: overtakenOf(touched, epoch) }
})
