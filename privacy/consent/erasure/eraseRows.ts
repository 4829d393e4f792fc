import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

/** How many rows went, of how many tables. */
export interface ErasedRows {
  readonly rows: number
  readonly tables: number
}

/**
 * Takes every row of a subject out of the warehouse: raw and made tables, stages, quarantine and failing rows, and the name itself. What was
 * made of several subjects goes with them, and comes back without them at the next run. What was freed in the file is written over.
 *
 * @param subj ordinal of the subject
 */
export const eraseRows = Effect.fn("eraseRows")(function* (subj: number) {
  const warehouse = yield* Warehouse
  const [person] = yield* warehouse.query<{ id: string }>("select id from _base.subject where subj = $subj", { subj })
  const found = yield* warehouse.query<{ schema: string; name: string; columns: ReadonlyArray<string> }>(
    `select t.schema_name as schema, t.table_name as name, list(c.column_name) as columns
     from duckdb_tables() t join duckdb_columns() c using (database_name, schema_name, table_name)
     where not t.internal and t.schema_name not in ('_base', '_guard', 'release')
       and c.column_name in ('_lic', '_subj', 'subject_id', '_event_id')
     group by all order by 1, 2`
  )
  const erased = yield* warehouse.transaction((session) =>
    Effect.gen(function* () {
      yield* session.run(
        `create temp table gone as select l.lic from _base.licence l where l.subj = $subj
         or list_has_any(coalesce(l.parts, []), (select list(lic) from _base.licence where subj = $subj and parts is null))`,
        { subj }
      )
      yield* session.script("create temp table gone_event (id uuid)")
      let [rows, tables] = [0, 0]
      for (const { schema, name, columns } of found) {
        const whose = [
          ...(columns.includes("_lic") ? ["_lic in (select lic from gone)"] : []),
          ...(columns.includes("_subj") ? ["_subj = $subj"] : []),
          ...(columns.includes("subject_id") && person !== undefined ? ["subject_id = $id"] : [])
        ]
        if (whose.length === 0) continue
        const table = quoteIdentifier(schema, name)
        const where = whose.join(" or ")
        const params = { subj, id: person?.id ?? "" }
        const used = Object.fromEntries(Object.entries(params).filter(([key]) => where.includes(`$${key}`)))
        if (schema === "raw" && columns.includes("_event_id")) {
          yield* session.run(`insert into gone_event select _event_id from ${table} where ${where}`, used)
        }
        const gone = yield* session.run(`delete from ${table} where ${where}`, used)
        rows += gone
        if (gone > 0) tables++
      }
      rows += yield* session.run("delete from _assay.failing where event_id in (select id from gone_event)")
      if (person !== undefined && person.id !== "") {
        rows += yield* session.run("delete from raw.quarantine where contains(bytes::varchar, encode($id)::varchar)", {
          id: person.id
        })
        yield* session.run("update _base.subject set id = 'erased:' || subj where subj = $subj", { subj })
      }
      yield* session.script("drop table gone; drop table gone_event")
      return { rows, tables } satisfies ErasedRows as ErasedRows
    })
  )
  yield* overwriteFree()
  return erased
})

const blockBytes = 262_144

/** Fills the blocks that deleting has freed with random ids, and frees them again: a file is not searched for what it no longer lists. */
const overwriteFree = Effect.fnUntraced(function* () {
  const warehouse = yield* Warehouse
  yield* warehouse.run("checkpoint")
  const [size] = yield* warehouse.query<{ free_blocks: number }>(
    "select free_blocks from pragma_database_size() limit 1"
  )
  const rows = Math.ceil(((size?.free_blocks ?? 0) + 1) * (blockBytes / 32))
  yield* warehouse.run(
    `create or replace table _assay.filler as
     select unnest([uuid(), uuid()]) as a from range(${rows})`
  )
  yield* warehouse.run("checkpoint")
  yield* warehouse.run("drop table _assay.filler")
  yield* warehouse.run("checkpoint")
})
