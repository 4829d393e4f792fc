import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it, layer } from "@effect/vitest"
import { INTEGER, VARCHAR } from "@duckdb/node-api"
import { Effect, Fiber } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

layer(Warehouse.memory)("Warehouse", (it) => {
  it.effect("gives whole numbers as numbers while they are safe, then as bigint, and instants as ISO text", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      const rows = yield* warehouse.query(
        "select 7::bigint a, 9007199254740993::bigint b, timestamp '2026-01-02 03:04:05' t, date '2026-01-02' d, null n"
      )
      assert.deepStrictEqual(rows, [
        { a: 7, b: 9007199254740993n, t: "2026-01-02T03:04:05Z", d: "2026-01-02", n: null }
      ])
    })
  )

  it.effect("binds values, so that text is never read as SQL", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      const rows = yield* warehouse.query<{ t: string }>("select $t as t", { t: "'; drop table x; --" })
      assert.strictEqual(rows[0]?.t, "'; drop table x; --")
    })
  )

  it.effect("keeps nothing of a transaction whose body fails", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* warehouse.run("create table core.kept (i integer)")
      const failed = yield* Effect.result(
        warehouse.transaction((session) =>
          Effect.andThen(session.run("insert into core.kept values (1)"), Effect.fail("stop"))
        )
      )
      assert.strictEqual(failed._tag, "Failure")
      assert.deepStrictEqual(yield* warehouse.query("select count(*) n from core.kept"), [{ n: 0 }])
    })
  )

  it.effect("appends chunks of columns", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* warehouse.run("create table core.appended (i integer, t varchar)")
      const appended = yield* warehouse.append(
        { schema: "core", name: "appended" },
        [INTEGER, VARCHAR],
        [
          [
            [1, 2],
            ["a", null]
          ],
          [[3], ["c"]]
        ]
      )
      assert.strictEqual(appended, 3)
      assert.deepStrictEqual(yield* warehouse.query("select sum(i) s, count(t) n from core.appended"), [{ s: 6, n: 2 }])
    })
  )

  it.effect("shows no raw value in an error", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      const error = yield* Effect.flip(warehouse.query("select 'secret-value'::integer"))
      assert.strictEqual(error.kind, "value")
      assert.notInclude(error.message, "secret-value")
    })
  )

  it.effect("refuses files, extensions and settings outside of what it was opened with", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      for (const sql of [
        "copy (select 1) to '/tmp/assay-outside.csv'",
        "select * from read_csv('/etc/hostname')",
        "select * from glob('/etc/*')",
        "attach '/tmp/assay-outside.duckdb'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set allowed_directories = ['/']"
      ]) {
        const error = yield* Effect.flip(warehouse.run(sql))
        assert.notStrictEqual(error.kind, "conflict", sql)
      }
    })
  )
})

describe("Warehouse on a file", () => {
  it.live("stops the engine when the fiber is interrupted", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      const begun = Date.now()
      const fiber = yield* Effect.forkChild(
        warehouse.query("select count(*) n from range(100000000000) a where a.range % 7 = 3")
      )
      yield* Effect.yieldNow
      yield* Fiber.interrupt(fiber)
      assert.isBelow(Date.now() - begun, 20_000)
      assert.deepStrictEqual(yield* warehouse.query("select 1 one"), [{ one: 1 }])
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("is refused a second time while it is open, and keeps what it committed", () =>
    Effect.gen(function* () {
      const path = join(mkdtempSync(join(tmpdir(), "assay-")), "w.duckdb")
      const options = { path, spill: "", directories: [] }
      yield* Effect.scoped(
        Effect.gen(function* () {
          const warehouse = yield* Warehouse
          yield* warehouse.run("create table core.t as select 42 as v")
          const second = yield* Effect.flip(
            Effect.gen(function* () {
              yield* Warehouse
            }).pipe(Effect.provide(Warehouse.layer(options), { local: true }))
          )
          assert.strictEqual(second.kind, "locked")
        }).pipe(Effect.provide(Warehouse.layer(options), { local: true }))
      )
      const rows = yield* Effect.gen(function* () {
        const warehouse = yield* Warehouse
        return yield* warehouse.query("select v from core.t")
      }).pipe(Effect.provide(Warehouse.layer(options), { local: true }))
      assert.deepStrictEqual(rows, [{ v: 42 }])
    })
  )
})
