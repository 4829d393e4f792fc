import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { onlyRows } from "#pipelines/release/onlyRows.ts"

layer(Warehouse.memory)("the rows that a release may read", (it) => {
  it.effect(
    "leave out the subjects they are told to and what is outside, and leave nothing behind, also after a failure",
    () =>
      Effect.gen(function* () {
        const { query, script } = yield* Warehouse
        yield* script(`create schema if not exists _stage;
        create table core.visit as select * from (values ('a', 1), ('b', 2), ('b', 3), (null, 4), ('o''x', 5)) v(subject_id, n)`)
        const sum = (relation: ReadonlyArray<string>) =>
          Effect.map(
            query<{ n: number }>(`select sum(n)::int as n from ${quoteIdentifier(...relation)}`),
            ([row]) => row!.n
          )
        const of = (within: string, out: ReadonlyArray<string>) => onlyRows("r1", ["core", "visit"], within, out, sum)
        assert.strictEqual(yield* of("true", []), 15)
        assert.strictEqual(yield* of("true", ["b", "nobody"]), 10)
        assert.strictEqual(yield* of("n > 1", ["o'x"]), 9)
        yield* Effect.exit(onlyRows("r1", ["core", "visit"], "n > 1", ["a"], () => Effect.die("interrupted")))
        const left = yield* query<{ n: number }>(
          "select count(*)::int as n from duckdb_tables() where schema_name = '_stage'"
        )
        const views = yield* query<{ n: number }>(
          "select count(*)::int as n from duckdb_views() where schema_name = '_stage'"
        )
        assert.deepStrictEqual([left[0]!.n, views[0]!.n], [0, 0])
      })
  )
})
