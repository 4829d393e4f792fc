import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { PersonalCaps } from "#privacy/budget/PersonalCaps.ts"
import type { LedgerEntry } from "#privacy/budget/LedgerEntry.ts"
import type { AggregatePlan } from "#privacy/dp/aggregate/AggregatePlan.ts"
import { monthSql } from "#privacy/dp/month/monthSql.ts"
import { onlyRows } from "./onlyRows.ts"

/**
 * Gives a release the rows that it may read: of its month alone, where the unit is a subject's month, and without the subjects whose
 * personal cap it would pass.
 *
 * @param relation  schema and name of the table to protect
 */
export const withRows = Effect.fn("withRows")(function* <A, E, R>(
  entry: LedgerEntry,
  plan: AggregatePlan,
  relation: ReadonlyArray<string>,
  use: (relation: ReadonlyArray<string>) => Effect.Effect<A, E, R>
) {
  const warehouse = yield* Warehouse
  const personal = yield* PersonalCaps
  const source = quoteIdentifier(...relation)
  const { time } = plan.shape
  const within = time === undefined ? "true" : monthSql(time.column, entry.month!)
  const capped = yield* personal.capped
  const present =
    capped.length === 0
      ? []
      : yield* warehouse.query<{ subject: string }>(
          `select distinct cast(subject_id as varchar) as subject from ${source}
           where ${within} and list_contains($capped, cast(subject_id as varchar))`,
          { capped }
        )
  const out =
    capped.length === 0
      ? []
      : yield* personal.charge(
          entry,
          present.map(({ subject }) => subject)
        )
  return yield* onlyRows(entry.releaseId, relation, within, out, use)
})
