import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { eraseRows } from "./eraseRows.ts"

/** Takes out again whom a source has brought back after their erasure: their ordinal is ERASED from the start, but their rows are there. */
export const eraseReturned = Effect.fn("eraseReturned")(function* () {
  const records = yield* Records
  const warehouse = yield* Warehouse
  const erased = yield* records.read((db) =>
    db.all<{ subj: number }>("select subj from subject where state = 'ERASED'")
  )
  if (erased.length === 0) return 0
  const back = yield* warehouse.query<{ subj: number }>(
    "select subj from _base.subject where list_contains($subjects::uinteger[], subj) and not starts_with(id, 'erased:')",
    { subjects: erased.map(({ subj }) => subj) }
  )
  yield* Effect.forEach(back, ({ subj }) => eraseRows(subj), { discard: true })
  return back.length
})
