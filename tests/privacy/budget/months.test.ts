import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { Records } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { forgetSubject } from "#privacy/budget/forgetSubject.ts"
import type { Charge } from "#privacy/budget/Charge.ts"
import { budgetMigrations } from "#privacy/budget/migrations.ts"
import { PersonalCaps } from "#privacy/budget/PersonalCaps.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { closedMonth } from "#privacy/dp/month/closedMonth.ts"

const CAP = rhoUnits.limitOfDecimal("1.0907857")
const memory = () =>
  Layer.mergeAll(Budget.layer, PersonalCaps.layer).pipe(
    Layer.provideMerge(Log.memory),
    Layer.provideMerge(Layer.orDie(Records.memory([...logMigrations, ...budgetMigrations])))
  )
let plans = 0
const charge = (units: bigint, more: Partial<Charge> = {}): Charge => ({
  kind: "release",
  period: "2026-11",
  planHash: `plan ${plans++}`,
  purpose: "dpv:MarketResearch",
  buyer: "public",
  product: "orders",
  rhoUnits: units,
  delta: 0,
  ...more
})

describe("charges to single months", () => {
  it.effect(
    "have the whole cap for each month, beside what touches every month, and no subject's month passes it",
    () =>
      Effect.gen(function* () {
        const budget = yield* Budget
        const half = CAP / 2n
        for (const month of ["2026-08", "2026-09", "2026-10"]) yield* budget.reserve(charge(half, { month }))
        const state = yield* budget.spent
        assert.strictEqual(state.spentUnits, half)
        assert.strictEqual(state.leftUnits, CAP - half)
        assert.strictEqual(state.wholeUnits, 0n)
        assert.deepStrictEqual(
          state.months.map(({ month, units }) => [month, units]),
          [
            ["2026-08", half],
            ["2026-09", half],
            ["2026-10", half]
          ]
        )
        // A subject that was there in all of them has lost all of it, and the budget says so.
        assert.closeTo(state.allMonths.rho, 3 * rhoUnits.toRho(half), 1e-9)
        // What touches every month must fit beside the fullest; then so much is gone of every month.
        assert.strictEqual((yield* Effect.flip(budget.reserve(charge(CAP - half + 1n)))).code, "budget.exhausted")
        yield* budget.reserve(charge(CAP / 4n))
        const month = "2026-10"
        assert.strictEqual(
          (yield* Effect.flip(budget.reserve(charge(CAP / 4n + 2n, { month })))).code,
          "budget.exhausted"
        )
        yield* budget.reserve(charge(CAP - half - CAP / 4n, { month }))
        assert.strictEqual((yield* budget.spent).leftUnits, 0n)
        yield* budget.reserve(charge(CAP - CAP / 4n, { month: "2026-11" }))
      }).pipe(Effect.provide(memory()))
  )

  it.effect("never pass the cap of any month under random charges, and show exactly what was charged", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const bits = seededBits("months")
      let whole = 0n
      const months = new Map<string, bigint>()
      for (let i = 0; i < 200; i++) {
        const month = uniformInt(bits, 3) === 0 ? undefined : `2026-0${1 + uniformInt(bits, 5)}`
        const units = BigInt(1 + uniformInt(bits, Number(CAP / 12n)))
        const outcome = yield* Effect.exit(budget.reserve(charge(units, month === undefined ? {} : { month })))
        const fullest = [...months.values()].reduce((most, own) => (own > most ? own : most), 0n)
        const before = whole + (month === undefined ? fullest : (months.get(month) ?? 0n))
        assert.strictEqual(outcome._tag, before + units <= CAP ? "Success" : "Failure")
        if (outcome._tag === "Failure") continue
        if (month === undefined) whole += units
        else months.set(month, (months.get(month) ?? 0n) + units)
      }
      const state = yield* budget.spent
      assert.strictEqual(state.wholeUnits, whole)
      assert.deepStrictEqual(
        new Map(state.months.map(({ month, units }) => [month, units])),
        new Map([...months].sort())
      )
    }).pipe(Effect.provide(memory()))
  )

  it("go to the month that is over", () => {
    assert.deepStrictEqual(closedMonth("2026-11-22"), { id: "2026-10", from: "2026-10-01", to: "2026-11-01" })
    assert.strictEqual(closedMonth("2026-01-01").id, "2025-12")
  })
})

describe("the budget by buyer and sub-cap", () => {
  it.effect("shows what each buyer was charged and what each sub-cap leaves, neither more nor less", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      yield* budget.reserve(charge(60n, { buyer: "buy_1" }))
      yield* budget.reserve(charge(5n, { buyer: "buy_2", product: "other" }))
      yield* budget.limit({ scope: "buyer", name: "buy_1", rhoUnits: 100n })
      yield* budget.limit({ scope: "product", name: "unsold", rhoUnits: 7n })
      const { buyers, subCaps } = yield* budget.spent
      const units = ({ rho }: { readonly rho: number }): number => Math.round(rho * 2 ** 40)
      assert.deepStrictEqual(
        buyers.map(({ buyer, spent }) => [buyer, units(spent)]),
        [
          ["buy_1", 60],
          ["buy_2", 5]
        ]
      )
      assert.deepStrictEqual(
        subCaps.map(({ name, cap, spent, left }) => [name, units(cap), units(spent), units(left)]),
        [
          ["buy_1", 100, 60, 40],
          ["unsold", 7, 0, 7]
        ]
      )
    }).pipe(Effect.provide(memory()))
  )
})

describe("a subject's own cap", () => {
  it.effect(
    "leaves the subject out of the release that would pass it, and of no other, and counts only where it was",
    () =>
      Effect.gen(function* () {
        const budget = yield* Budget
        const personal = yield* PersonalCaps
        yield* personal.set("s1", 100n)
        yield* personal.set("s2", 1_000n)
        const round = Effect.fnUntraced(function* (units: bigint, present: ReadonlyArray<string>) {
          const entry = yield* budget.reserve(charge(units))
          return { entry, out: yield* personal.charge(entry, present) }
        })
        assert.deepStrictEqual((yield* round(60n, ["s1", "s2"])).out, [])
        assert.deepStrictEqual((yield* round(30n, ["s2"])).out, [])
        const { entry, out } = yield* round(50n, ["s1", "s2"])
        assert.deepStrictEqual(out, ["s1"])
        // Gone on with after a crash, the answer is the same, and nothing is charged twice.
        assert.deepStrictEqual(yield* personal.charge(entry, ["s1", "s2"]), ["s1"])
        assert.deepStrictEqual((yield* round(40n, ["s1"])).out, [])
        assert.deepStrictEqual(yield* personal.spentOf("s1"), { spentUnits: 100n, capUnits: 100n, releases: 2 })
        assert.deepStrictEqual(yield* personal.spentOf("s2"), { spentUnits: 140n, capUnits: 1_000n, releases: 3 })
        assert.deepStrictEqual(yield* personal.without(1n), ["s1"])
      }).pipe(Effect.provide(memory()))
  )

  it.effect("counts what came before it in full, also for a second subject that sets one later", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const personal = yield* PersonalCaps
      yield* budget.reserve(charge(10n))
      assert.deepStrictEqual(yield* personal.spentOf("s1"), { spentUnits: 10n, capUnits: undefined, releases: 1 })
      yield* personal.set("s1", 25n)
      const second = yield* budget.reserve(charge(10n))
      assert.deepStrictEqual(yield* personal.charge(second, []), [])
      assert.strictEqual((yield* personal.spentOf("s1")).spentUnits, 10n)
      yield* personal.set("s2", 25n)
      assert.strictEqual((yield* personal.spentOf("s2")).spentUnits, 20n)
      const third = yield* budget.reserve(charge(10n))
      assert.deepStrictEqual(yield* personal.charge(third, ["s1", "s2"]), ["s2"])
    }).pipe(Effect.provide(memory()))
  )

  it.effect("is forgotten with the subject, and what was charged to all is not", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const personal = yield* PersonalCaps
      const { write, read } = yield* Records
      yield* personal.set("s1", 25n)
      yield* personal.charge(yield* budget.reserve(charge(10n)), ["s1"])
      yield* write((db) => forgetSubject(db, "s1"))
      assert.deepStrictEqual(yield* personal.capped, [])
      const left = yield* read((db) => db.all("select * from personal_spend where subject = 's1'"))
      assert.isEmpty(left)
      assert.strictEqual((yield* budget.spent).spentUnits, 10n)
    }).pipe(Effect.provide(memory()))
  )

  it.effect("is never passed under random releases, whoever takes part", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const personal = yield* PersonalCaps
      const bits = seededBits("personal")
      const names = ["a", "b", "c", "d"]
      const spent = new Map(names.map((name) => [name, 0n]))
      for (const [i, name] of names.entries()) yield* personal.set(name, BigInt(50 * (i + 1)))
      for (let i = 0; i < 60; i++) {
        const units = BigInt(1 + uniformInt(bits, 40))
        const entry = yield* budget.reserve(charge(units))
        const present = names.filter(() => uniformInt(bits, 2) === 0)
        const out = yield* personal.charge(entry, present)
        for (const name of present) if (!out.includes(name)) spent.set(name, spent.get(name)! + units)
      }
      for (const [i, name] of names.entries()) {
        const own = yield* personal.spentOf(name)
        assert.strictEqual(own.spentUnits, spent.get(name))
        assert.isTrue(own.spentUnits <= BigInt(50 * (i + 1)))
      }
    }).pipe(Effect.provide(memory()))
  )
})
