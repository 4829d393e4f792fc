import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import type { CodedSample } from "./codedSample.ts"
import { jointEntropy } from "./jointEntropy.ts"

/**
 * Answers H(S) for many sets of columns of one sample, asking the engine once per set. A set that contains one which already tells every
 * row from every other cannot tell more, so it is not asked about at all.
 *
 * @param session  the one that drew the sample
 * @returns        bits of a set
 */
export function entropyOracle(session: Session, sample: CodedSample) {
  const known = new Map<string, number>()
  const saturated: Array<ReadonlyArray<string>> = []
  // Every cell holds one row: the largest entropy that so many rows can have, up to the rounding of its sum.
  const most = Math.log2(Math.max(1, sample.rows)) - 1e-9
  return Effect.fnUntraced(function* (set: ReadonlyArray<string>) {
    const columns = sample.columns.filter((name) => set.includes(name))
    const key = JSON.stringify(columns)
    const before = known.get(key)
    if (before !== undefined) return before
    if (saturated.some((full) => full.every((name) => columns.includes(name)))) return Math.log2(sample.rows)
    const bits = yield* jointEntropy(session, sample, columns)
    known.set(key, bits)
    if (bits >= most) saturated.push(columns)
    return bits
  })
}
