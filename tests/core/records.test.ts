import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"

const migrations = [{ id: "t-0001", sql: "create table t (i integer not null) strict" }]
const within = <A, E>(path: string, list: typeof migrations, body: Effect.Effect<A, E, Records>) =>
  body.pipe(Effect.provide(Records.layer(path, list), { local: true }))

describe("Records", () => {
  it.effect("rolls back and fails with the refusal that a body throws", () =>
    within(
      ":memory:",
      migrations,
      Effect.gen(function* () {
        const records = yield* Records
        const refusal = new Refused({ code: "test.rule", message: "No.", fix: "Do not." })
        const failed = yield* Effect.flip(
          records.write((db) => {
            db.run("insert into t values (1)")
            throw refusal
          })
        )
        assert.strictEqual(failed, refusal)
        assert.deepStrictEqual(yield* records.read((db) => db.all("select * from t")), [])
      })
    )
  )

  it.effect("keeps what it committed and applies each migration once", () =>
    Effect.gen(function* () {
      const path = join(mkdtempSync(join(tmpdir(), "assay-")), "r.sqlite")
      yield* within(
        path,
        migrations,
        Effect.flatMap(Records, (records) => records.write((db) => db.run("insert into t values (9007199254740993)")))
      )
      const more = [...migrations, { id: "t-0002", sql: "insert into t values (2)" }]
      const rows = yield* within(
        path,
        more,
        Effect.flatMap(Records, (records) => records.read((db) => db.all("select i from t order by i")))
      )
      assert.deepStrictEqual(rows, [{ i: 2 }, { i: 9007199254740993n }])
    })
  )

  it.effect("refuses a home that a newer program wrote", () =>
    Effect.gen(function* () {
      const path = join(mkdtempSync(join(tmpdir(), "assay-")), "r.sqlite")
      const touch = Effect.flatMap(Records, (records) => records.read(() => 1))
      yield* within(path, [...migrations, { id: "t-0002", sql: "select 1" }], touch)
      const error = yield* Effect.flip(within(path, migrations, touch))
      assert.strictEqual(error._tag, "Unavailable")
      assert.strictEqual(error.code, "records.newer")
    })
  )
})
