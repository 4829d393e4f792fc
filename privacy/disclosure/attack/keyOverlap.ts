import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Trial } from "../statistic/Trial.ts"
import type { OpenedTables } from "../table/openTables.ts"

/**
 * How many values of a column of keys stand in the release. Values that both members and controls hold do not count.
 *
 * @param column  one whose values nearly all differ, such as a number of a document
 */
export const keyOverlap = Effect.fn("keyOverlap")(function* (
  { rows }: OpenedTables,
  column: string
): Effect.fn.Return<{ readonly members: Trial; readonly controls: Trial }, WarehouseError, Warehouse> {
  const { query } = yield* Warehouse
  const cell = quoteIdentifier(column)
  const half = Math.floor(rows.synthetic / 2)
  const m = Math.min(rows.real, rows.holdout ?? half)
  const of = (table: string, where = "true"): string =>
    `select distinct ${cell} as v from core.${table} where ${cell} is not null and ${where}`
  const controls = rows.holdout === undefined ? of("synthetic", `rowid < ${half}`) : of("holdout")
  const released = rows.holdout === undefined ? of("synthetic", `rowid >= ${half}`) : of("synthetic")
  const [row] = yield* query<{ a: number; n: number; c: number; k: number }>(
    `with released as (${released}), members as (select v from (${of("real")}) order by hash(v) limit ${m}), ` +
      `controls as (select v from (${controls}) order by hash(v) limit ${m}), ` +
      `own as (select v from members where v not in (select v from controls)), other as (select v from controls where v not in (select v from members)) ` +
      `select (select count(*) from own where v in (select v from released)) as a, (select count(*) from own) as n, ` +
      `(select count(*) from other where v in (select v from released)) as c, (select count(*) from other) as k`
  )
  return { members: { hits: row!.a, n: row!.n }, controls: { hits: row!.c, n: row!.k } }
})
