import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { model } from "#pipelines/assets/core/model.ts"
import { conformSelect } from "#pipelines/sources/conform/conformSelect.ts"
import { failedCasts } from "#pipelines/sources/conform/failedCasts.ts"
import type { StreamSpec } from "#pipelines/sources/SourceSpec.ts"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"

/** Conforms rows of text given as SQL values; returns the typed rows by `id` and how many casts failed per column. */
const conform = (stream: StreamSpec, columns: ReadonlyArray<string>, values: string) =>
  Effect.gen(function* () {
    const warehouse = yield* Warehouse
    const names = columns.map((name) => quoteIdentifier(name)).join(", ")
    yield* warehouse.script(
      `create or replace table raw.s__t as select v.*, uuid() as _event_id, 'b' as _batch, now()::timestamp as _ingested_at, ` +
        `3::uinteger as _lic, 2::uinteger as _subj, 0::uinteger as _file from (values ${values}) as v (${names})`
    )
    const rows = yield* warehouse.query<Record<string, unknown>>(conformSelect("s", stream, columns))
    const failed: Record<string, number> = {}
    for (const { column, breaks } of failedCasts(stream, columns)) {
      const [count] = yield* warehouse.query<{ n: number }>(`select count(*) as n from raw.s__t where ${breaks}`)
      if (count!.n > 0) failed[column] = count!.n
    }
    return { rows, failed }
  }).pipe(Effect.provide(Warehouse.memory))

describe("conformSelect", () => {
  it.effect("yields exactly the canonical columns and types, whatever is mapped", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* warehouse.script(
        "create table raw.s__t as select 'x' as id, uuid() as _event_id, 1::uinteger as _lic, 0::uinteger as _subj, 'b' as _batch"
      )
      for (const [as, { columns, key }] of Object.entries(model)) {
        const fields = Object.fromEntries(key.map((name) => [name, "id"]))
        const stream = { stream: "t", path: "t.csv", as: as as keyof typeof model, fields }
        const found = yield* warehouse.query<{ column_name: string; column_type: string }>(
          `describe ${conformSelect("s", stream, ["id"])}`
        )
        assert.deepStrictEqual(
          found.map((column) => [column.column_name, column.column_type]),
          [
            ...columns.map(({ name, type }) => [name, type as string]),
            ["_source", "VARCHAR"],
            ["_lic", "UINTEGER"],
            ["_subj", "UINTEGER"],
            ["_event_id", "UUID"]
          ]
        )
      }
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("turns amounts to minor units of their currency and counts what is none", () =>
    Effect.gen(function* () {
      const stream: StreamSpec = {
        stream: "t",
        path: "t.csv",
        as: "order",
        subject: "who",
        options: { null: ["?"] },
        fields: { order_id: "id", amount: "paid", currency: "money" }
      }
      const { rows, failed } = yield* conform(
        stream,
        ["id", "who", "paid", "money"],
        `('1', ' a ', '12.5', 'CNY'), ('2', '?', '1234', 'JPY'), ('3', '', '0.0045', 'KWD'), ('4', null, '?', 'CNY'),
         ('5', 'b', '1,234.00', 'CNY'), ('6', 'b', '-0.015', 'USD'), ('7', 'b', '1e300', 'CNY'), ('8', 'b', '99999999999999.99', 'CNY')`
      )
      const paid = Object.fromEntries(rows.map((row) => [row["order_id"], row["amount_minor"]]))
      assert.deepStrictEqual(paid, {
        1: 1250,
        2: 1234,
        3: 5,
        4: null,
        5: null,
        6: -2,
        7: null,
        8: 9999999999999999n
      })
      assert.deepStrictEqual(failed, { amount_minor: 2 })
      const subjects = rows.map((row) => row["subject_id"])
      assert.deepStrictEqual(subjects.slice(0, 4), ["a", null, null, null])
    })
  )

  it.effect("reads times by the declared format and never guesses another", () =>
    Effect.gen(function* () {
      const stream: StreamSpec = {
        stream: "t",
        path: "t.csv",
        as: "ticket",
        time: { field: "opened", format: "%d/%m/%Y %H:%M" },
        fields: { ticket_id: "id", opened_at: "opened", closed_at: "closed" }
      }
      const { rows, failed } = yield* conform(
        stream,
        ["id", "opened", "closed"],
        "('1', '5/3/2016 12:00', '2016-03-05 12:00:00'), ('2', '2016-03-05', 'soon'), ('3', '31/2/2016 00:00', null)"
      )
      assert.deepStrictEqual(
        rows.map((row) => [row["opened_at"], row["closed_at"]]),
        [
          ["2016-03-05T12:00:00Z", "2016-03-05T12:00:00Z"],
          [null, null],
          [null, null]
        ]
      )
      assert.deepStrictEqual(failed, { opened_at: 2, closed_at: 1 })
    })
  )

  it.effect("takes whole numbers only, and does not round", () =>
    Effect.gen(function* () {
      const stream: StreamSpec = {
        stream: "t",
        path: "t.csv",
        as: "product",
        fields: { product_id: "id", weight_g: "weight" }
      }
      const { rows, failed } = yield* conform(
        stream,
        ["id", "weight"],
        "('007', '12'), ('2', '12.0'), ('3', '12.7'), ('4', 'x'), ('5', '')"
      )
      assert.deepStrictEqual(
        rows.map((row) => [row["product_id"], row["weight_g"]]),
        [
          ["007", 12],
          ["2", 12],
          ["3", null],
          ["4", null],
          ["5", null]
        ]
      )
      assert.deepStrictEqual(failed, { weight_g: 2 })
    })
  )

  it.effect("keeps a stream without a canonical name whole: typed where declared, else text", () =>
    Effect.gen(function* () {
      const stream: StreamSpec = {
        stream: "t",
        path: "t.csv",
        subject: "who",
        time: { field: "when", format: "%Y%m%d" },
        fields: { paid: { from: "value", currency: "BRL" }, parts: { from: "n", format: "integer" } }
      }
      const { rows } = yield* conform(
        stream,
        ["who", "when", "value", "n", "subject_id", 'odd "name"'],
        "('a', '20240229', '1.005', '3', 'theirs', ' x ')"
      )
      const { _event_id, ...row } = rows[0]!
      assert.isString(_event_id)
      assert.deepStrictEqual(row, {
        subject_id: "a",
        occurred_at: "2024-02-29T00:00:00Z",
        paid_minor: 101,
        paid_currency: "BRL",
        parts: 3,
        who: "a",
        when: "20240229",
        subject_id_1: "theirs",
        'odd "name"': "x",
        _source: "s",
        _lic: 3,
        _subj: 2
      })
    })
  )
})
