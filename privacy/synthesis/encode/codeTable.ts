import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { MarginalSource } from "../mechanism/MarginalSource.ts"
import { cellsOf } from "../model/cellsOf.ts"
import type { Clique } from "../model/Clique.ts"
import type { Potential } from "../model/Potential.ts"
import type { CodedColumn } from "./CodedColumn.ts"
import { codeSql } from "./codeSql.ts"

/**
 * Codes a table once, and answers its marginals by grouping. Rows with a value that has no code, and rows that break a rule, are
 * left out: no model could say anything about them.
 * @param rules     tables of forbidden cells
 * @param relation  SQL of the table, at most `cap` rows for each unit of privacy
 * @param target    schema and name of the table of codes, made here; whoever calls drops it
 */
export const codeTable = Effect.fn("codeTable")(function* (
  columns: ReadonlyArray<CodedColumn>,
  rules: ReadonlyArray<Potential>,
  relation: string,
  target: ReadonlyArray<string>,
  cap: number
): Effect.fn.Return<MarginalSource, WarehouseError, Warehouse> {
  const warehouse = yield* Warehouse
  const coded = quoteIdentifier(...target)
  const codes = columns.map((column, c) => `${codeSql(column)} as c${c}`)
  const places = columns.map((_, c) => `cast(c${c} as usmallint) as c${c}`)
  const complete = columns.map((_, c) => `c${c} is not null`)
  const sizes = columns.map(({ size }) => size)
  const kept = rules.map(({ clique, logs }) => {
    const bits = Array.from(logs, (log) => (log === 0 ? "1" : "0")).join("")
    return `get_bit('${bits}'::bit, cast(${cellSql(sizes, clique)} as integer)) = 1`
  })
  yield* warehouse.run(
    `create or replace table ${coded} as select ${places.join(", ")} from (select ${codes.join(", ")} from ${relation})
     where ${[...complete, ...kept].join(" and ")}`
  )
  return {
    sizes,
    cap,
    counts: Effect.fnUntraced(function* (clique) {
      const { values } = yield* warehouse.columns(
        `select ${cellSql(sizes, clique)} as cell, count(*) as n from ${coded} group by 1`
      )
      const table = new Float64Array(cellsOf(sizes, clique))
      const [cells, counts] = [(values["cell"] ?? []) as ReadonlyArray<number>, values["n"] as ReadonlyArray<number>]
      for (let i = 0; i < cells.length; i++) table[cells[i]!] = counts[i]!
      return table
    })
  }
})

/** The place of a row's cell in the table of a clique. */
const cellSql = (sizes: ReadonlyArray<number>, clique: Clique): string =>
  clique.reduce((sql, c) => (sql === "0" ? `c${c}::bigint` : `(${sql}) * ${sizes[c]} + c${c}`), "0")
