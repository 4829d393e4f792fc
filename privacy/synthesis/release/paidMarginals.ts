import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import type { NoisyMarginals } from "../manifest/NoisyMarginals.ts"

/** Which readings may be used again: of the same rows, bounded in the same way. */
export interface MarginalsOf {
  readonly asset: string
  readonly period: string
  readonly rowsPerSubject: number
  /** the plan that asks: its own readings, and what came after its charge, do not count */
  readonly planHash: string
}

/** The noisy marginals that releases of the same asset, period and bound on rows have paid, the oldest first. */
export const paidMarginals = Effect.fn("paidMarginals")(function* (of: MarginalsOf) {
  const found = yield* (yield* Records).read((db) =>
    db.all<{ document: string }>(
      `select document from noisy_marginals join budget_entry using (release_id)
       where noisy_marginals.asset = $asset and noisy_marginals.period = $period and rows_per_subject = $rowsPerSubject
         and plan_hash <> $planHash
         and budget_entry.rowid < coalesce((select rowid from budget_entry
           where plan_hash = $planHash and period = $period and kind = 'release'), 9223372036854775807)
       order by budget_entry.rowid`,
      { ...of }
    )
  )
  return found.map(({ document }) => JSON.parse(document) as NoisyMarginals)
})
