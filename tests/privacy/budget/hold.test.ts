import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import type { Charge } from "#privacy/budget/Charge.ts"
import type { Hold } from "#privacy/budget/Hold.ts"
import { budgetMigrations } from "#privacy/budget/migrations.ts"

const start = Date.parse("2026-11-22T00:00:00.000Z")
/** The log drains by the wall clock: under a test clock that leaps it would drain for every quarter of a second. */
const log = Layer.unwrap(TestClock.withLive(Effect.map(Layer.build(Log.memory), Layer.succeedContext)))
const house = Budget.layer.pipe(
  Layer.provideMerge(log),
  Layer.provideMerge(Layer.orDie(Records.memory([...logMigrations, ...budgetMigrations])))
)
const iso = (hours: number): string => new Date(start + hours * 3_600_000).toISOString()
const holdOf = (id: string, rhoUnits: bigint, more: Partial<Hold> = {}): Hold => ({
  id,
  purpose: "dpv:MarketResearch",
  buyer: "Acme",
  product: "orders_by_state",
  rhoUnits,
  delta: 5e-7,
  until: iso(24),
  ...more
})
const chargeOf = (planHash: string, rhoUnits: bigint, more: Partial<Charge> = {}): Charge => ({
  kind: "release",
  period: "2026-11",
  planHash,
  purpose: "dpv:MarketResearch",
  buyer: "Acme",
  product: "orders_by_state",
  rhoUnits,
  delta: 5e-7,
  ...more
})

describe("a hold on the budget", () => {
  it.effect("is spent by nobody else, is charged once by whom it is for, and is never counted twice", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const budget = yield* Budget
      const { write } = yield* Records
      const { capUnits } = yield* budget.spent
      const units = (capUnits * 3n) / 4n
      yield* write((db) => budget.hold(db, holdOf("ord_1", units), iso(0)))
      const held = yield* budget.spent
      assert.strictEqual(held.spentUnits, 0n)
      assert.strictEqual(held.leftUnits, capUnits - units)
      assert.isAbove(held.held.rho, 0)
      const refused = yield* Effect.flip(budget.reserve(chargeOf("other", units)))
      assert.strictEqual(refused.code, "budget.exhausted")
      const second = yield* Effect.flip(write((db) => budget.hold(db, holdOf("ord_2", units), iso(0))))
      assert.strictEqual(second.code, "budget.exhausted")

      yield* write((db) => budget.firm(db, "ord_1", iso(1)))
      yield* TestClock.setTime(start + 90 * 86_400_000)
      const entry = yield* budget.reserve(chargeOf("own", units, { hold: "ord_1" }))
      const after = yield* budget.spent
      assert.strictEqual(after.spentUnits, units)
      assert.strictEqual(after.leftUnits, capUnits - units)
      assert.strictEqual(after.held.rho, 0)
      // Asked again it is the same charge, and what was charged is not given back.
      assert.strictEqual((yield* budget.reserve(chargeOf("own", units, { hold: "ord_1" }))).releaseId, entry.releaseId)
      yield* write((db) => budget.letGo(db, "ord_1", iso(2)))
      assert.strictEqual((yield* budget.spent).spentUnits, units)
    }).pipe(Effect.provide(house))
  )

  it.effect("lapses by itself unless it was made firm, and is free again when it is let go", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const budget = yield* Budget
      const { write } = yield* Records
      const { capUnits } = yield* budget.spent
      yield* write((db) => budget.hold(db, holdOf("ord_1", capUnits), iso(0)))
      yield* TestClock.setTime(start + 24 * 3_600_000)
      assert.strictEqual((yield* budget.spent).leftUnits, capUnits)
      const late = yield* Effect.flip(write((db) => budget.firm(db, "ord_1", iso(24))))
      assert.strictEqual(late.code, "budget.lapsed")
      yield* write((db) => budget.hold(db, holdOf("ord_2", capUnits, { until: iso(48) }), iso(24)))
      yield* write((db) => budget.letGo(db, "ord_2", iso(25)))
      // Who was given back what was held gets no charge out of it.
      const gone = yield* Effect.flip(budget.reserve(chargeOf("late", 1n, { hold: "ord_2" })))
      assert.strictEqual(gone.code, "budget.lapsed")
      assert.strictEqual((yield* budget.spent).spentUnits, 0n)
      yield* write((db) => budget.hold(db, holdOf("ord_3", capUnits, { until: iso(48) }), iso(25)))
    }).pipe(Effect.provide(house))
  )

  it.effect("counts below the sub-cap of its buyer", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const budget = yield* Budget
      const { write } = yield* Records
      yield* budget.limit({ scope: "buyer", name: "Acme", rhoUnits: 1000n })
      yield* write((db) => budget.hold(db, holdOf("ord_1", 600n), iso(0)))
      const refused = yield* Effect.flip(write((db) => budget.hold(db, holdOf("ord_2", 600n), iso(0))))
      assert.strictEqual(refused.code, "budget.sub_cap")
      yield* write((db) => budget.hold(db, holdOf("ord_3", 600n, { buyer: "Bold" }), iso(0)))
      yield* budget.reserve(chargeOf("own", 600n, { hold: "ord_1" }))
      assert.strictEqual((yield* Effect.flip(budget.reserve(chargeOf("more", 600n)))).code, "budget.sub_cap")
    }).pipe(Effect.provide(house))
  )
})
