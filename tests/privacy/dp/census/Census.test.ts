import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { budgetMigrations } from "#privacy/budget/migrations.ts"
import { chargeOf } from "#privacy/dp/aggregate/chargeOf.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { Census } from "#privacy/dp/census/Census.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { ordersByState, ordersFacts, ordersTable } from "../aggregate/orders.ts"

const house = () =>
  Census.layer.pipe(
    Layer.provideMerge(Budget.layer),
    Layer.provideMerge(Log.memory),
    Layer.provideMerge(Records.memory([...logMigrations, ...budgetMigrations])),
    Layer.provideMerge(Warehouse.memory),
    Layer.provideMerge(Noise.layerOver(seededBits("census")))
  )
const relation = ["core", "order"]
const occasion = { period: "2026-11", purpose: "dpv:MarketResearch", buyer: "public", product: "orders_by_state" }
const { population: _, ...unknown } = ordersByState

const fill = (subjects: number) =>
  Effect.gen(function* () {
    const { script } = yield* Warehouse
    yield* script(ordersTable)
    yield* script(`insert into core."order" select 's' || (i % ${subjects}), 'e', 'A', 'web', 1, 'CNY', 1, true, 1, null
      from range(${3 * subjects}) t(i)`)
  })

describe("a census", () => {
  it.effect(
    "is noisy, within 6 sigma of the truth, drawn once, and paid out of the release: together exactly its rho",
    () =>
      Effect.gen(function* () {
        yield* fill(20_000)
        const census = yield* Census
        const budget = yield* Budget
        const draft = yield* planAggregate(unknown, ordersFacts)
        assert.isUndefined(yield* census.find(draft, "2026-11"))
        const info = yield* census.draw(draft, relation, occasion)
        const sigma = Math.sqrt(2 ** 39 / Number(info.censusUnits))
        assert.isBelow(Math.abs(info.subjects - 20_000), 6 * sigma)
        assert.notStrictEqual(info.subjects, 20_000)
        assert.deepStrictEqual(yield* census.draw(draft, relation, occasion), info)
        assert.strictEqual((yield* budget.spent).spentUnits, info.censusUnits)

        const plan = yield* planAggregate(unknown, ordersFacts, info)
        yield* budget.reserve({ kind: "release", ...occasion, planHash: plan.hash, ...chargeOf(plan) })
        assert.strictEqual((yield* budget.spent).spentUnits, draft.noise.chargeUnits)
      }).pipe(Effect.provide(house()))
  )

  it.effect("serves later periods and other releases over the asset for nothing", () =>
    Effect.gen(function* () {
      yield* fill(20_000)
      const census = yield* Census
      const draft = yield* planAggregate(unknown, ordersFacts)
      const { subjects } = yield* census.draw(draft, relation, occasion)
      assert.deepStrictEqual(yield* census.find(draft, "2026-12"), { subjects, source: "paid" })
      const other = yield* planAggregate({ ...unknown, epsilon: 2 }, ordersFacts)
      assert.deepStrictEqual(yield* census.find(other, "2026-11"), { subjects, source: "paid" })
      const elsewhere = yield* planAggregate(unknown, { ...ordersFacts, asset: "core.ticket" })
      assert.isUndefined(yield* census.find(elsewhere, "2026-11"))
    }).pipe(Effect.provide(house()))
  )

  it.effect("of 85 subjects leads to the refusal of a useless release, and only the census is charged", () =>
    Effect.gen(function* () {
      yield* fill(85)
      const census = yield* Census
      const draft = yield* planAggregate(unknown, ordersFacts)
      const info = yield* census.draw(draft, relation, occasion)
      const error = yield* Effect.flip(planAggregate(unknown, ordersFacts, info))
      assert.strictEqual(error.code, "release.useless")
      assert.strictEqual((yield* (yield* Budget).spent).spentUnits, draft.noise.chargeUnits / 50n)
    }).pipe(Effect.provide(house()))
  )

  it.effect("does not read the table when the whole release would not fit the budget", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const { leftUnits } = yield* budget.spent
      yield* budget.reserve({ kind: "release", ...occasion, planHash: "x", rhoUnits: leftUnits - 10n, delta: 0 })
      const draft = yield* planAggregate(unknown, ordersFacts)
      // The table does not exist: reading it would fail otherwise than by the budget.
      const error = yield* Effect.flip((yield* Census).draw(draft, relation, occasion))
      assert.strictEqual("code" in error ? error.code : error._tag, "budget.exhausted")
    }).pipe(Effect.provide(house()))
  )
})
