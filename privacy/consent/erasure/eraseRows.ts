import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Params, Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { overwriteFree } from "./overwriteFree.ts"

/** How many rows went, of how many tables. */
export interface ErasedRows {
  readonly rows: number
  readonly tables: number
}

interface Found {
  readonly table: string
  /** Finds the rows of the subject. */
  readonly where: string
  readonly params: Params
}

const licences = "(select lic from erased_licence)"

/**
 * Takes every row of a subject out of the warehouse: raw and made tables, stages, quarantine and failing rows, and the name itself. What was
 * made of several subjects goes with them, and comes back without them at the next run.
 *
 * The engine only marks rows as deleted, and keeps a block as long as one column in it is in use. So every table that held the subject is
 * written anew, and what is freed by that is written over.
 *
 * @param subj ordinal of the subject
 */
export const eraseRows = Effect.fn("eraseRows")(function* (subj: number) {
  const warehouse = yield* Warehouse
  const erased = yield* warehouse.transaction((session) =>
    Effect.gen(function* () {
      const found = yield* rowsOf(session, subj)
      let [rows, tables] = [0, 0]
      for (const one of found) {
        const gone = yield* writeWithout(session, one)
        rows += gone
        if (gone > 0) tables++
      }
      yield* session.run("update _base.subject set id = 'erased:' || subj where subj = $subj", { subj })
      yield* rewrite(session, "_base.subject", "true", {})
      yield* session.script("drop table erased_licence; drop table erased_event")
      return { rows, tables } satisfies ErasedRows as ErasedRows
    })
  )
  yield* overwriteFree()
  return erased
})

const writeWithout = Effect.fnUntraced(function* (session: Session, { table, where, params }: Found) {
  const [held] = yield* session.query<{ n: number }>(`select count(*) as n from ${table} where ${where}`, params)
  if (held!.n > 0) yield* rewrite(session, table, `not coalesce(${where}, false)`, params)
  return held!.n
})

const rewrite = Effect.fnUntraced(function* (session: Session, table: string, which: string, params: Params) {
  yield* session.run(`create temp table kept as select * from ${table} where ${which}`, params)
  yield* session.run(`delete from ${table}`)
  yield* session.run(`insert into ${table} select * from kept`)
  yield* session.run("drop table kept")
})

/** By licence; failing rows by their event; quarantine, which was never read, by its bytes. Assessed before anything goes. */
const rowsOf = Effect.fnUntraced(function* (session: Session, subj: number) {
  const tables = yield* session.query<{ schema: string; name: string; columns: ReadonlyArray<string> }>(
    `select t.schema_name as schema, t.table_name as name, list(c.column_name) as columns
     from duckdb_tables() t join duckdb_columns() c using (database_name, schema_name, table_name)
     where not t.internal and not t.temporary and t.schema_name not in ('_base', '_guard', 'release') group by all order by 1, 2`
  )
  yield* session.run(
    `create temp table erased_licence as select l.lic from _base.licence l
     where l.subj = $subj or list_has_any(coalesce(l.parts, []), (select list(lic) from _base.licence where subj = $subj and parts is null))`,
    { subj }
  )
  const events = tables
    .filter(({ schema, columns }) => schema === "raw" && columns.includes("_lic") && columns.includes("_event_id"))
    .map(({ schema, name }) => `select _event_id as id from ${quoteIdentifier(schema, name)} where _lic in ${licences}`)
  yield* session.run(
    `create temp table erased_event as ${events.join(" union all ") || "select null::uuid as id where false"}`
  )
  const [person] = yield* session.query<{ id: string }>("select id from _base.subject where subj = $subj", { subj })
  return tables.flatMap(({ schema, name, columns }): ReadonlyArray<Found> => {
    const table = quoteIdentifier(schema, name)
    if (columns.includes("_lic")) return [{ table, where: `_lic in ${licences}`, params: {} }]
    if (schema === "_assay" && columns.includes("event_id")) {
      return [{ table, where: "event_id in (select id from erased_event)", params: {} }]
    }
    if (schema === "raw" && name === "quarantine" && person !== undefined && person.id !== "") {
      return [{ table, where: "contains(bytes::varchar, encode($id)::varchar)", params: { id: person.id } }]
    }
    return []
  })
})
