import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Records } from "#core/records/Records.ts"
import { Scans } from "#pipelines/engine/Scans.ts"
import { plainAsset } from "../engine/openEngine.ts"
import { freeze, house, landed, make } from "./scansHouse.ts"

describe("assets read through their licences", () => {
  it.effect("hand on the licence of the one record that a row is made from", () =>
    Effect.gen(function* () {
      yield* landed
      const rows = yield* make("select id, x + 1 as y, _lic from core.a where x > 0", ["core.a"])
      assert.lengthOf(rows, 10)
      assert.isTrue(rows.every(({ _lic, parts }) => _lic !== null && parts === null))
    }).pipe(Effect.provide(house))
  )

  it.effect("put what is made of several records under all of their licences, whatever the author writes", () =>
    Effect.gen(function* () {
      yield* landed
      const joined = yield* make("select a.id, 1 as _lic from core.a as a join core.b as b using (id), core.c as c", [
        "core.a",
        "core.b",
        "core.c"
      ])
      assert.lengthOf(joined, 10)
      assert.isTrue(joined.every(({ subj, parts }) => parts?.length === 3 && subj !== null && subj > 0))
      const grouped = yield* make(
        "select id, count(*) as n from (select id from core.a union all select id from core.b) group by id",
        ["core.a", "core.b"]
      )
      assert.isTrue(grouped.every(({ parts }) => parts?.length === 2))
      // Two subjects: still under both; twenty records of ten: more than a row carries, so nobody may read it any further.
      const pair = yield* make("select min(id) as id from core.a where id in ('s1', 's2')", ["core.a"])
      assert.deepStrictEqual(
        pair.map(({ parts, subj }) => [parts?.length, subj]),
        [[2, null]]
      )
      const all = yield* make("select min(a.id) as id from core.a as a, core.b as b", ["core.a", "core.b"])
      assert.deepStrictEqual(
        all.map(({ _lic }) => _lic),
        [null]
      )
    }).pipe(Effect.provide(house))
  )

  it.effect("leave a frozen subject out, also of what was made from their records before, and count why", () =>
    Effect.gen(function* () {
      yield* landed
      const sql = "select a.id from core.a as a join core.b as b using (id)"
      yield* make(sql, ["core.a", "core.b"])
      yield* (yield* Warehouse).script("create table core.pairs as from feature.made")
      const before = yield* (yield* Scans).version({ ...plainAsset, key: "core.x", kind: "full" })
      yield* freeze("s3")
      assert.notStrictEqual(yield* (yield* Scans).version({ ...plainAsset, key: "core.x", kind: "full" }), before)
      const old = yield* make("select id from core.pairs", ["core.pairs"])
      assert.deepStrictEqual([old.length, old.some(({ id }) => id === "s3")], [9, false])
      assert.lengthOf(yield* make(sql, ["core.a", "core.b"]), 9)
      const kept = yield* (yield* Records).read((db) =>
        db.all<{ rows_in: number; rows_out: number; denied: string }>(
          "select rows_in, rows_out, denied from consent_operation order by rowid"
        )
      )
      assert.deepStrictEqual(
        kept.map((row) => [row.rows_in, row.rows_out, row.denied]),
        [
          [20, 20, "{}"],
          [10, 9, '{"frozen":1}'],
          [20, 18, '{"frozen":2}']
        ]
      )
    }).pipe(Effect.provide(house))
  )

  it.effect("refuse a statement that names what is no declared asset", () =>
    Effect.gen(function* () {
      yield* landed
      for (const sql of [
        "select * from _base.subject",
        "select * from _assay.made",
        "select id from core.a where id in (select id from core.b)",
        "from query_table('core.b')"
      ]) {
        const error = yield* Effect.flip(make(sql, ["core.a"]))
        assert.include(["asset.reads", "asset.contract"], "code" in error ? error.code : error._tag, sql)
      }
    }).pipe(Effect.provide(house))
  )
})
