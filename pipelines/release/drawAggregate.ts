import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { LedgerEntry } from "#privacy/budget/LedgerEntry.ts"
import type { AggregatePlan } from "#privacy/dp/aggregate/AggregatePlan.ts"
import type { ReleasedColumn, ReleasedTable } from "#privacy/dp/aggregate/ReleasedTable.ts"
import { runAggregate } from "#privacy/dp/aggregate/runAggregate.ts"
import { writeReleasedTable } from "#privacy/dp/aggregate/writeReleasedTable.ts"
import { settleBounds } from "#privacy/dp/range/settleBounds.ts"
import { paidBounds } from "./paidBounds.ts"
import { readDrawn, widthsOf } from "./readDrawn.ts"
import { withRows } from "./withRows.ts"

/** The drawn table and the plan with the bounds it was drawn by: what stands from before a crash, or a new draw. */
export const drawAggregate = Effect.fnUntraced(function* (
  entry: LedgerEntry,
  plan: AggregatePlan,
  relation: ReadonlyArray<string>
) {
  const warehouse = yield* Warehouse
  const name = entry.releaseId
  const standing = yield* readDrawn(warehouse, name, plan)
  if (standing !== undefined) {
    return {
      table: standing,
      bound: settleBounds(plan, yield* paidBounds(entry, plan, relation)),
      marginals: undefined
    }
  }
  return yield* withRows(
    entry,
    plan,
    relation,
    Effect.fnUntraced(function* (rows) {
      const bound = settleBounds(plan, yield* paidBounds(entry, plan, rows))
      const table = yield* runAggregate(bound, rows)
      yield* warehouse.transaction((session) =>
        Effect.andThen(
          writeReleasedTable(session, { schema: "release", name }, table),
          writeReleasedTable(session, { schema: "release", name: widthsOf(name) }, widthTable(table))
        )
      )
      return { table, bound, marginals: undefined }
    })
  )
})

const widthTable = ({ rows, columns }: ReleasedTable): ReleasedTable => ({
  rows,
  columns: columns.flatMap(({ name, halfWidths }): ReadonlyArray<ReleasedColumn> =>
    halfWidths === undefined ? [] : [{ name, type: "DOUBLE", role: "measure", values: halfWidths }]
  )
})
