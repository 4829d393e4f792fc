import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { identifierSql } from "#privacy/identifier/identifierSql.ts"
import { identifiersInText } from "#privacy/identifier/identifiersInText.ts"
import { broken, dice, values } from "./corpusValues.ts"

const kinds = ["email", "resident_id", "credit_code", "bank_card", "ip_address", "plate", "url"] as const

describe("identifiers of columns", () => {
  it.effect("are recognised by the engine in whole columns, and their broken twins are not", () =>
    Effect.gen(function* () {
      const { query } = yield* Warehouse
      const die = dice(8)
      for (const kind of kinds) {
        const list = Array.from({ length: 300 }, () => values[kind](die).replaceAll(/[ ·]/g, "")).filter(
          (one) => !one.startsWith("2001:")
        )
        const [row] = yield* query<{ share: number }>(
          `select avg(case when ${identifierSql[kind]} then 1.0 else 0.0 end) as share from (select unnest($list) as t)`,
          { list }
        )
        assert.isAtLeast(Number(row!.share), 0.99, kind)
      }
      for (const [kind, make] of [
        ["resident_id", broken.residentId],
        ["credit_code", broken.creditCode],
        ["bank_card", broken.bankCard]
      ] as const) {
        const list = Array.from({ length: 300 }, () => make(die))
        const [row] = yield* query<{ n: number }>(
          `select count(*) as n from (select unnest($list) as t) where ${identifierSql[kind]}`,
          { list }
        )
        assert.strictEqual(row!.n, 0, kind)
      }
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("inside texts are counted on a sample of bounded size, without a value", () =>
    Effect.gen(function* () {
      const { script, columns } = yield* Warehouse
      yield* script(
        "create table core.note as select case when i % 10 = 0 then '请回电138' || lpad(i::varchar, 8, '0') else '天气不错 ' || i end as t from range(5000) as r(i)"
      )
      const found = yield* identifiersInText({ columns }, "core.note", "t")
      assert.strictEqual(found.sampled, 1000)
      assert.deepStrictEqual(Object.keys(found.holding), ["mobile"])
      assert.approximately(found.holding.mobile!, 100, 50)
      assert.deepStrictEqual(yield* identifiersInText({ columns }, "core.note", "t"), found)
    }).pipe(Effect.provide(Warehouse.memory))
  )
})
