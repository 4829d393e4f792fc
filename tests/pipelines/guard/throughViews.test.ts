import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { tablesIn, throughViews } from "#pipelines/guard/throughViews.ts"
import { parseStatement } from "#pipelines/lineage/parseStatement.ts"
import { printStatement } from "#pipelines/lineage/printStatement.ts"

const parse = (sql: string) =>
  Effect.flatMap(Warehouse, (warehouse) => parseStatement(warehouse, sql, new Set(["core"])))
const refusal = (sql: string) =>
  Effect.map(parse(sql), (tree) => {
    try {
      return [...tablesIn("feature.p", tree)].join()
    } catch (cause) {
      assert.instanceOf(cause, BadInput)
      return cause.code
    }
  })

describe("what a statement reads", () => {
  it.effect("is its tables, also in subqueries, joins, set operations and common table expressions", () =>
    Effect.gen(function* () {
      const sql = `with o as (select * from core."order") select a.x, (select max(y) from core.b) as m from o
        join core.a as a using (id) where exists (from core.c) and id in (select id from core.d union all select id from core.e)`
      assert.deepStrictEqual((yield* refusal(sql)).split(",").sort(), [
        "core.a",
        "core.b",
        "core.c",
        "core.d",
        "core.e",
        "core.order"
      ])
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("is refused where it could be rows that no licence was asked for", () =>
    Effect.gen(function* () {
      for (const sql of [
        "from query_table('_stage.x')",
        "from query('select 1')",
        "from duckdb_tables()",
        "from read_csv('/etc/passwd')",
        "from read_parquet('shelf/x.parquet')",
        "from glob('*')",
        "from '/etc/passwd'",
        "from sqlite_master",
        "from licence",
        "select * from other.core.account",
        "select (select count(*) from pragma_table_info('core.account')) as n"
      ]) {
        assert.strictEqual(yield* refusal(sql), "asset.reads", sql)
      }
      for (const sql of ["from unnest([1, 2])", "from range(3)", "with a as (select 1 as x) from a"]) {
        assert.strictEqual(yield* refusal(sql), "", sql)
      }
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("is read through views under the names that the statement uses", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* warehouse.script(
        "create table core.a as select 1 as id, 2 as x; create schema _guard; create view _guard.v as select * from core.a where false"
      )
      const views = new Map([["core.a", ["_guard", "v"] as const]])
      for (const sql of [
        "select core.a.x from core.a",
        "select a.x from core.a",
        "select b.x from core.a as b",
        "select x from (from core.a)"
      ]) {
        assert.lengthOf(yield* warehouse.query(sql), 1)
        const guarded = yield* printStatement(warehouse, throughViews(yield* parse(sql), views))
        assert.lengthOf(yield* warehouse.query(guarded), 0, guarded)
      }
    }).pipe(Effect.provide(Warehouse.memory))
  )
})
