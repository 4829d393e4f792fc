import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import { internParts } from "./internParts.ts"

/**
 * Turns the column `_lics` of a staged table, the licences that each row was made under, to one licence `_lic`. A table that tells of none
 * gets an empty `_lic`: nobody may read its rows any further.
 *
 * @param table quoted name
 */
export const settleLicences = Effect.fn("settleLicences")(function* (warehouse: Warehouse["Service"], table: string) {
  const columns = yield* warehouse.query<{ column_name: string }>(`describe ${table}`)
  const has = (name: string): boolean => columns.some(({ column_name }) => column_name === name)
  if (has("_lic")) return
  yield* warehouse.run(`alter table ${table} add column _lic uinteger`)
  if (!has("_lics")) return
  const combined = quoteIdentifier("_guard", `combined_${table.replaceAll(/\W/g, "")}`)
  yield* warehouse.transaction((session) =>
    Effect.gen(function* () {
      // A licence that is itself a combination counts by its parts.
      yield* session.run(
        `create or replace table ${combined} as
         select lics, list_sort(list_distinct(flatten(list(coalesce(l.parts, [part]))))) as parts
         from (select distinct _lics as lics, unnest(_lics) as part from ${table}) c left join _base.licence l on l.lic = c.part group by lics`
      )
      yield* internParts(session, `select parts from ${combined}`)
      yield* session.run(
        `update ${table} as t set _lic = case when len(c.parts) = 1 then c.parts[1] else l.lic end
         from ${combined} c left join _base.licence l on l.parts = c.parts where t._lics = c.lics`
      )
      yield* session.run(`drop table ${combined}`)
    })
  )
  yield* warehouse.run(`alter table ${table} drop column _lics`)
})
