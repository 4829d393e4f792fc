import { mkdtempSync, rmSync } from "node:fs"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

const threads = Effect.flatMap(Warehouse, (warehouse) =>
  Effect.map(warehouse.query<{ n: number }>("select current_setting('threads') as n"), ([row]) => row!.n)
)

describe("the threads of a warehouse", () => {
  it.effect("are one while all is small, and all of the machine's after the first statement that works long", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* warehouse.run("create table core.a as select i from range(1000) as t (i)")
      assert.strictEqual(yield* threads, 1)
      const sum = (rows: number) =>
        warehouse.transaction((tx) => tx.query(`select sum(hash(i)) as s from range(${rows}) as t (i)`))
      for (let rows = 20_000_000; rows < 5_000_000_000 && (yield* threads) === 1; rows *= 2) {
        yield* sum(rows)
        if (availableParallelism() === 1) break
      }
      assert.strictEqual(yield* threads, availableParallelism())
      yield* warehouse.transaction((tx) => tx.run("insert into core.a values (1000)"))
      assert.deepStrictEqual(yield* warehouse.query("select count(*) as n from core.a"), [{ n: 1001 }])
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("are all from the start where the file is large, and what the options say where they say it", () =>
    Effect.gen(function* () {
      const folder = mkdtempSync(join(tmpdir(), "assay-threads-"))
      const options = { path: join(folder, "w.duckdb"), spill: folder, directories: [folder] }
      const on = <A, E>(work: Effect.Effect<A, E, Warehouse>, more: object = {}) =>
        Effect.provide(work, Warehouse.layer({ ...options, ...more }), { local: true })
      const fill = Effect.flatMap(Warehouse, (warehouse) =>
        Effect.andThen(
          warehouse.run("create table core.a as select uuid() as a, uuid() as b from range(600000)"),
          warehouse.script("checkpoint")
        )
      )
      yield* on(fill)
      assert.strictEqual(yield* on(threads), availableParallelism())
      assert.strictEqual(yield* on(threads, { threads: 3 }), 3)
      rmSync(folder, { recursive: true })
    })
  )

  it.effect("are the only thing that may still be set", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      for (const change of [
        "set memory_limit = '1GB'",
        "set allowed_configs = ['memory_limit']",
        "set lock_configuration = false",
        "set enable_external_access = true"
      ]) {
        assert.strictEqual((yield* Effect.exit(warehouse.script(change)))._tag, "Failure", change)
      }
    }).pipe(Effect.provide(Warehouse.memory))
  )
})
