import { createHmac } from "node:crypto"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { landingTables } from "#pipelines/sources/landing/landingTables.ts"
import { landStream } from "#pipelines/sources/landing/landStream.ts"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"

const key = Buffer.alloc(32, 7)
const columns = ["b", "a"].map((name) => ({ name, original: name }))

/** Lands a staging table of the warehouse, as the generated sample does. */
const land = (values: string, batch: string) =>
  Effect.gen(function* () {
    const warehouse = yield* Warehouse
    yield* warehouse.script(
      `${landingTables}; create or replace table _stage.s__t as select * from (values ${values}) as t (b, a)`
    )
    return yield* warehouse.transaction((session) =>
      landStream(session, {
        source: "s",
        stream: "t",
        columns,
        from: { kind: "table", schema: "_stage", name: "s__t" },
        subject: "null::varchar",
        terms: { ordinal: 1, nbf: 0, exp: 1, evidence: 1 },
        batch,
        key
      })
    )
  })
const ids = Effect.flatMap(Warehouse, (warehouse) =>
  warehouse.query<{ id: string }>("select replace(_event_id::varchar, '-', '') as id from raw.s__t order by a, id")
)
const expected = (text: string): string => createHmac("sha256", key).update(text).digest("hex").slice(0, 32)

describe("landStream", () => {
  it.effect("names an event by HMAC-SHA256 of its texts in order of column name, and of its count", () =>
    Effect.gen(function* () {
      const landed = yield* land(`('x"é', '1'), (null, '2'), (null, '2')`, "b1")
      assert.deepStrictEqual(landed, { rows: 3, rowsNew: 3, rowsKnown: 0, newColumns: [] })
      const found = (yield* ids).map((row) => row.id)
      assert.strictEqual(found[0], expected('["1","x\\"é"]1'))
      assert.deepStrictEqual(new Set(found.slice(1)), new Set([expected('["2",null]1'), expected('["2",null]2')]))
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("adds only the events that are not there yet", () =>
    Effect.gen(function* () {
      yield* land("('x', '1'), ('x', '1')", "b1")
      assert.deepStrictEqual(yield* land("('x', '1'), ('y', '2'), ('x', '1'), ('x', '1')", "b2"), {
        rows: 4,
        rowsNew: 2,
        rowsKnown: 2,
        newColumns: []
      })
      assert.strictEqual(new Set((yield* ids).map((row) => row.id)).size, 4)
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("does not confuse rows whose texts run together", () =>
    Effect.gen(function* () {
      const landed = yield* land(
        `('a', 'b","c'), ('a","b', 'c'), ('', null), (null, ''), ('null', 'x'), (null, 'x')`,
        "b1"
      )
      assert.strictEqual(landed.rowsNew, 6)
      assert.strictEqual(new Set((yield* ids).map((row) => row.id)).size, 6)
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("leaves no trace of a landing that was rolled back", () =>
    Effect.gen(function* () {
      yield* land("('x', '1')", "b1")
      const warehouse = yield* Warehouse
      const failed = yield* Effect.flip(
        warehouse.transaction((session) =>
          Effect.andThen(
            landStream(session, {
              source: "s",
              stream: "t",
              columns: [...columns, { name: "c", original: "c" }],
              from: { kind: "table", schema: "_stage", name: "missing" },
              subject: "null::varchar",
              terms: { ordinal: 1, nbf: 0, exp: 1, evidence: 1 },
              batch: "b2",
              key
            }),
            Effect.void
          )
        )
      )
      assert.strictEqual(failed.kind, "sql")
      assert.strictEqual((yield* warehouse.query("select * from _assay.raw_column")).length, 2)
      assert.strictEqual((yield* land("('x', '1')", "b3")).rowsNew, 0)
    }).pipe(Effect.provide(Warehouse.memory))
  )
})
