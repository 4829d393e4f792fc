import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { crm20AsOf } from "../../../bench/crm20Assets.ts"
import { crm20Round } from "./crm20Round.ts"
import { openEngine, plainAsset } from "./openEngine.ts"

describe("a run", () => {
  it.effect("makes the same tables with five assets at a time as with one, each after what it reads", () => {
    const assets = crm20Round(0)
    const made = (parallel: number) =>
      openEngine(assets, ({ run, warehouse }) =>
        Effect.gen(function* () {
          const { made: keys, failed, events } = yield* run({ asOf: crm20AsOf, parallel })
          assert.deepStrictEqual(failed, [])
          const order = events.flatMap((event) => (event.type === "materialized" ? [event.asset] : []))
          for (const { key, deps } of assets) {
            for (const dep of deps) assert.isBelow(order.indexOf(dep), order.indexOf(key), `${key} before ${dep}`)
          }
          const sums = yield* warehouse.query("select asset, content_sum from _assay.made order by asset")
          return { keys: keys.toSorted(), sums }
        })
      )
    return Effect.gen(function* () {
      const one = yield* made(1)
      assert.strictEqual(one.keys.length, 20)
      assert.deepStrictEqual(yield* made(5), one)
    })
  })

  it.effect("publishes nothing that breaks its contract, and says which column", () => {
    const asset = (sql: string): Asset => ({
      ...plainAsset,
      key: "core.order",
      kind: "full",
      sql,
      contract: [
        { name: "id", type: "BIGINT" },
        { name: "amount_minor", type: "BIGINT" }
      ]
    })
    const good = "select 1::bigint as id, 2::bigint as amount_minor, 'more' as note"
    return openEngine([asset(good)], ({ run, define, warehouse }) =>
      Effect.gen(function* () {
        assert.deepStrictEqual((yield* run()).made, ["core.order"])
        yield* define([asset("select 1::bigint as id, 2.5::double as amount_minor")])
        const [failure] = (yield* run()).failed
        assert.match(String(failure?.error), /amount_minor is DOUBLE and should be BIGINT/)
        yield* define([asset("select 1::bigint as id")])
        assert.match(String((yield* run()).failed[0]?.error), /amount_minor is missing/)
        assert.deepStrictEqual(yield* warehouse.query("select id, amount_minor from core.order"), [
          { id: 1, amount_minor: 2 }
        ])
      })
    )
  })
})
