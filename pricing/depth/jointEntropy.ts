import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { CodedSample } from "./codedSample.ts"

/**
 * Measures H(S), the joint Shannon entropy in bits of a set of columns on the coded sample, by one GROUP BY.
 *
 * Exact on the sample, hence monotone and submodular over the sets; a key-like column adds nothing. Only the histogram of cell sizes
 * comes back, and it is summed in a fixed order, so the same sample gives the same bits to the last digit.
 *
 * @param session  the one that drew the sample
 * @param set      column names; key-like ones are left out
 * @source         pricing.md, Depth
 */
export const jointEntropy = Effect.fn("jointEntropy")(function* (
  session: Session,
  sample: CodedSample,
  set: ReadonlyArray<string>
) {
  const columns = sample.columns.filter((name) => set.includes(name)).map((name) => quoteIdentifier(name))
  if (columns.length === 0 || sample.rows === 0) return 0
  const sizes = yield* session.query<{ size: number; cells: number }>(
    `select size, count(*) as cells from (select count(*) as size from depth_code group by ${packed(columns).join(", ")})
     group by size order by size`
  )
  let bits = 0
  for (const { size, cells } of sizes) {
    const share = size / sample.rows
    bits -= cells * share * Math.log2(share)
  }
  return Math.max(0, bits)
})

/** A code is below 32, so twelve of them fit into one 64-bit key: grouping by few wide keys is several times as fast as by many narrow ones. */
const codesPerKey = 12

function packed(columns: ReadonlyArray<string>): ReadonlyArray<string> {
  const keys: Array<string> = []
  for (let from = 0; from < columns.length; from += codesPerKey) {
    keys.push(
      columns
        .slice(from, from + codesPerKey)
        .map((column, i) => (i === 0 ? column : `${column} * ${32 ** i}`))
        .join(" + ")
    )
  }
  return keys
}
