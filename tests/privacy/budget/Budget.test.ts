import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { Records } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import type { Charge } from "#privacy/budget/Charge.ts"
import { budgetMigrations } from "#privacy/budget/migrations.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"

const CAP = rhoUnits.limitOfDecimal("1.0907857")
const migrations = [...logMigrations, ...budgetMigrations]
const over = (records: Layer.Layer<Records, unknown>) =>
  Budget.layer.pipe(Layer.provideMerge(Log.memory), Layer.provideMerge(Layer.orDie(records)))
const memory = () => over(Records.memory(migrations))

const charge = (plan: string, units: bigint, more: Partial<Charge> = {}): Charge => ({
  kind: "release",
  period: "2026-11",
  planHash: plan,
  purpose: "dpv:MarketResearch",
  buyer: "public",
  product: "orders_by_state",
  rhoUnits: units,
  delta: 5e-7,
  ...more
})
const at = "2026-11-22T00:00:00.000Z"

describe("the budget", () => {
  it.effect("begins unspent, with eps 10 at delta 1e-9 for the one population", () =>
    Effect.gen(function* () {
      const state = yield* (yield* Budget).spent
      assert.deepStrictEqual(state.spent, { rho: 0, epsilon: 0, delta: 0 })
      assert.strictEqual(state.leftUnits, CAP)
      assert.closeTo(state.cap.epsilon, 10, 1e-6)
    }).pipe(Effect.provide(memory()))
  )

  it.effect("counts a reservation as spent at once, and neither more nor less once it is committed", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const { write } = yield* Records
      const units = rhoUnits.charge(0.02)
      const entry = yield* budget.reserve(charge("a", units))
      assert.strictEqual((yield* budget.spent).spentUnits, units)
      assert.deepStrictEqual(
        (yield* budget.open).map((open) => open.releaseId),
        [entry.releaseId]
      )
      assert.isTrue(yield* write((db) => budget.commit(db, entry.releaseId, at, { version: "v", certificate: "{}" })))
      const state = yield* budget.spent
      assert.strictEqual(state.spentUnits, units)
      assert.strictEqual(state.leftUnits + units, CAP)
      assert.closeTo(state.spent.rho, 0.02, 1e-9)
      assert.isAbove(state.spent.delta, 5e-7)
      assert.isEmpty(yield* budget.open)
      assert.strictEqual((yield* budget.find("a", "2026-11"))!.version, "v")
      assert.isUndefined(yield* budget.find("a", "2026-12"))
      assert.isUndefined(yield* budget.find("b", "2026-11"))
    }).pipe(Effect.provide(memory()))
  )

  it.effect("charges a plan once per period: asked again it returns the same entry, open or committed", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const { write } = yield* Records
      const units = rhoUnits.charge(0.02)
      const first = yield* budget.reserve(charge("a", units))
      const resumed = yield* budget.reserve(charge("a", units, { buyer: "buy_1" }))
      assert.deepStrictEqual(resumed, first)
      yield* write((db) => budget.commit(db, first.releaseId, at, { version: "v", certificate: "{}" }))
      const again = yield* budget.reserve(charge("a", units))
      assert.strictEqual(again.committedAt, at)
      assert.isFalse(yield* write((db) => budget.commit(db, first.releaseId, at, { version: "w", certificate: "{}" })))
      assert.strictEqual((yield* budget.find("a", "2026-11"))!.version, "v")
      assert.strictEqual((yield* budget.spent).spentUnits, units)
      yield* budget.reserve(charge("a", units, { period: "2026-12" }))
      assert.strictEqual((yield* budget.spent).spentUnits, 2n * units)
    }).pipe(Effect.provide(memory()))
  )

  it.effect("refuses to overdraw, says what is left and how to go on, and writes nothing", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      yield* budget.reserve(charge("a", CAP - 10n))
      const before = yield* budget.ledger
      const error = yield* Effect.flip(budget.reserve(charge("b", 11n)))
      assert.strictEqual(error._tag, "Refused")
      assert.strictEqual(error.code, "budget.exhausted")
      assert.match(error.message, /orders_by_state asks for rho .* left of the cap 1\.0908/)
      assert.match(error.fix, /Lower epsilon/)
      assert.deepStrictEqual(yield* budget.ledger, before)
      yield* budget.reserve(charge("c", 10n))
      assert.strictEqual((yield* budget.spent).leftUnits, 0n)
    }).pipe(Effect.provide(memory()))
  )

  it.effect("caps the deltas of key selections too", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      yield* budget.reserve(charge("a", 1n, { delta: 9e-5 }))
      const error = yield* Effect.flip(budget.reserve(charge("b", 1n, { delta: 2e-5 })))
      assert.strictEqual(error.where?.field, "release.delta")
    }).pipe(Effect.provide(memory()))
  )

  it.effect("refuses a census whose whole release would not fit, before anything is charged", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const error = yield* Effect.flip(
        budget.reserve(charge("a", 5n, { kind: "census", delta: 0, roomUnits: CAP + 1n }))
      )
      assert.strictEqual(error.code, "budget.exhausted")
      assert.isEmpty(yield* budget.ledger)
    }).pipe(Effect.provide(memory()))
  )

  it.effect("logs every charge and every release with a commitment", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const { write } = yield* Records
      const log = yield* Log
      const entry = yield* budget.reserve(charge("a", 5n))
      yield* budget.reserve(charge("a", 5n))
      yield* write((db) => budget.commit(db, entry.releaseId, at))
      assert.strictEqual((yield* log.drain).size, 2)
      const leaves = yield* log.entries(0, 9)
      const types = leaves.map((leaf) => JSON.parse(new TextDecoder().decode(leaf)).type)
      assert.deepStrictEqual(types, ["budget", "release"])
    }).pipe(Effect.provide(memory()))
  )

  it.effect("keeps its ledger append-only", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const { write } = yield* Records
      yield* budget.reserve(charge("a", 5n))
      for (const sql of ["update budget_entry set rho_units = 1", "delete from budget_entry"]) {
        const exit = yield* Effect.exit(write((db) => db.run(sql)))
        assert.strictEqual(exit._tag, "Failure")
      }
      assert.strictEqual((yield* budget.spent).spentUnits, 5n)
    }).pipe(Effect.provide(memory()))
  )
})

describe("a sub-cap of a buyer or a product", () => {
  it.effect("refuses what passes it, names whose it is, and leaves all others alone", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      yield* budget.reserve(charge("a", 60n, { buyer: "buy_1" }))
      yield* budget.limit({ scope: "buyer", name: "buy_1", rhoUnits: 100n })
      const error = yield* Effect.flip(budget.reserve(charge("b", 41n, { buyer: "buy_1" })))
      assert.deepStrictEqual(
        [error._tag, error.code, error.where?.field],
        ["Refused", "budget.sub_cap", "release.epsilon"]
      )
      assert.match(error.message, /buy_1/)
      yield* budget.reserve(charge("b", 40n, { buyer: "buy_1" }))
      yield* budget.reserve(charge("c", 1_000n, { buyer: "buy_2" }))
      yield* budget.limit({ scope: "product", name: "orders_by_state", rhoUnits: 1_100n })
      assert.strictEqual((yield* Effect.flip(budget.reserve(charge("d", 1n)))).code, "budget.sub_cap")
      yield* budget.reserve(charge("d", 1n, { product: "another" }))
      assert.strictEqual((yield* budget.spent).spentUnits, 1_101n)
    }).pipe(Effect.provide(memory()))
  )

  it.effect("is raised by two people, and lowered by one at once", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const cap = (rhoUnits: bigint, by?: string) => budget.limit({ scope: "buyer", name: "buy_1", rhoUnits }, by)
      const holds = Effect.map(budget.spent, ({ subCaps }) => subCaps[0]!.cap.rho)
      assert.isUndefined(yield* cap(100n))
      const first = yield* holds
      assert.strictEqual((yield* Effect.flip(cap(101n))).code, "cap.by")
      assert.strictEqual((yield* Effect.flip(cap(101n, "  "))).code, "cap.by")
      const raise = (yield* cap(200n, "Anna"))!
      assert.strictEqual(yield* holds, first)
      assert.strictEqual(
        (yield* Effect.flip(budget.reserve(charge("a", 150n, { buyer: "buy_1" })))).code,
        "budget.sub_cap"
      )
      for (const same of ["Anna", "anna ", "ＡＮＮＡ", ""])
        assert.strictEqual((yield* Effect.flip(budget.approve(raise.id, same))).code, "cap.approver")
      assert.strictEqual((yield* Effect.flip(budget.approve("cap_none", "Ben"))).code, "cap.raise")
      yield* budget.approve(raise.id, "Ben")
      assert.strictEqual(yield* holds, 2 * first)
      yield* budget.reserve(charge("a", 150n, { buyer: "buy_1" }))
      assert.strictEqual((yield* Effect.flip(budget.approve(raise.id, "Ben"))).code, "cap.raise")
      assert.isUndefined(yield* cap(160n))
      assert.strictEqual(yield* holds, 1.6 * first)
      // A later word on a cap takes the place of one that waits.
      const stale = (yield* cap(500n, "Anna"))!
      assert.isUndefined(yield* cap(155n, "Anna"))
      assert.strictEqual((yield* Effect.flip(budget.approve(stale.id, "Ben"))).code, "cap.raise")
      const [waiting, later] = [(yield* cap(300n, "Anna"))!, (yield* cap(400n, "Ben"))!]
      assert.deepStrictEqual(
        (yield* budget.raises).map(({ id }) => id),
        [later.id]
      )
      assert.strictEqual((yield* Effect.flip(budget.approve(waiting.id, "Ben"))).code, "cap.raise")
    }).pipe(Effect.provide(memory()))
  )

  it.effect("holds for charges that are made at once", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      yield* budget.limit({ scope: "buyer", name: "buy_1", rhoUnits: 70n })
      const outcomes = yield* Effect.forEach(
        Array.from({ length: 20 }, (_, i) => charge(`p${i}`, 10n, { buyer: "buy_1", delta: 0 })),
        (ask) => Effect.exit(budget.reserve(ask)),
        { concurrency: 10 }
      )
      assert.strictEqual(outcomes.filter(({ _tag }) => _tag === "Success").length, 7)
    }).pipe(Effect.provide(memory()))
  )
})

describe("under random adaptive charges (T9)", () => {
  it.effect("spends monotonely, never above the cap, and adds up to the accepted charges", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const bits = seededBits("adaptive")
      let accepted = 0n
      for (let i = 0; i < 300; i++) {
        const { leftUnits } = yield* budget.spent
        // Adaptive: the next charge depends on what is left, sometimes just above it.
        const units = BigInt(
          1 + uniformInt(bits, Math.max(2, Math.floor(Number(leftUnits) / (1 + uniformInt(bits, 20))) + 3))
        )
        const outcome = yield* Effect.exit(budget.reserve(charge(`p${i}`, units, { delta: 0 })))
        if (outcome._tag === "Success") accepted += units
        const { spentUnits } = yield* budget.spent
        assert.strictEqual(spentUnits, accepted)
        assert.isTrue(spentUnits <= CAP)
      }
      const replayed = (yield* budget.ledger).reduce((sum, entry) => sum + BigInt(entry.rhoUnits), 0n)
      assert.strictEqual(replayed, accepted)
    }).pipe(Effect.provide(memory()))
  )

  it.live("fits exactly 100 of 200 concurrent releases over two connections when the cap fits 100", () =>
    Effect.gen(function* () {
      const folder = mkdtempSync(join(tmpdir(), "assay-budget-"))
      const file = join(folder, "records.sqlite")
      const units = CAP / 100n
      const half = (name: string) =>
        Effect.gen(function* () {
          const budget = yield* Budget
          const outcomes = yield* Effect.forEach(
            Array.from({ length: 100 }, (_, i) => charge(`${name}${i}`, units, { delta: 0 })),
            (ask) => Effect.exit(budget.reserve(ask)),
            { concurrency: 20 }
          )
          return {
            accepted: outcomes.filter((outcome) => outcome._tag === "Success").length,
            state: yield* budget.spent
          }
        }).pipe(Effect.provide(over(Records.layer(file, migrations)), { local: true }))
      const both = yield* Effect.all([half("a"), half("b")], { concurrency: 2 })
      rmSync(folder, { recursive: true })
      assert.strictEqual(both[0].accepted + both[1].accepted, 100)
      const last = both[0].state.spentUnits > both[1].state.spentUnits ? both[0].state : both[1].state
      assert.strictEqual(last.spentUnits, units * 100n)
    })
  )

  it.live("survives a crash between reserve and commit: the charge stands and is resumed, not repeated", () =>
    Effect.gen(function* () {
      const folder = mkdtempSync(join(tmpdir(), "assay-budget-"))
      const file = join(folder, "records.sqlite")
      const life = <A, E>(body: Effect.Effect<A, E, Budget | Records>) =>
        body.pipe(Effect.provide(over(Records.layer(file, migrations)), { local: true }))
      const before = yield* life(Effect.flatMap(Budget, (budget) => budget.reserve(charge("a", 7n))))
      const after = yield* life(
        Effect.gen(function* () {
          const budget = yield* Budget
          const [open] = yield* budget.open
          return { open, resumed: yield* budget.reserve(charge("a", 7n)), state: yield* budget.spent }
        })
      )
      rmSync(folder, { recursive: true })
      assert.deepStrictEqual(after.open, before)
      assert.deepStrictEqual(after.resumed, before)
      assert.strictEqual(after.state.spentUnits, 7n)
    })
  )
})
