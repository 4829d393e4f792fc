import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { Records } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import type { BudgetState } from "#privacy/budget/BudgetState.ts"
import type { LedgerEntry } from "#privacy/budget/LedgerEntry.ts"
import { deltaUnits } from "#privacy/budget/deltaUnits.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { adaptiveCharge, ledgerHouse } from "./ledgerHouse.ts"

const CAP = rhoUnits.limitOfDecimal("1.0907857")
const DELTA_CAP = deltaUnits.charge(1e-4)
const SUB_CAPS = [
  { scope: "buyer", name: "buy_1", rhoUnits: CAP / 5n },
  { scope: "product", name: "stages", rhoUnits: CAP / 7n }
] as const

const limitAll = Effect.gen(function* () {
  const budget = yield* Budget
  for (const sub of SUB_CAPS) yield* budget.limit(sub)
})

type Balance = { rho: bigint; delta: bigint; releases: number }

/** Balances by folding the entries alone, in exact units: an account of its own, beside the engine's sums. */
function balances(ledger: ReadonlyArray<LedgerEntry>) {
  const by = (of: (entry: LedgerEntry) => string | null): ReadonlyMap<string, Balance> => {
    const found = new Map<string, Balance>()
    for (const entry of ledger) {
      const name = of(entry)
      if (name === null) continue
      const own = found.get(name) ?? { rho: 0n, delta: 0n, releases: 0 }
      own.rho += BigInt(entry.rhoUnits)
      own.delta += BigInt(entry.deltaUnits)
      own.releases += entry.kind === "release" ? 1 : 0
      found.set(name, own)
    }
    return found
  }
  const months = by(({ month }) => month)
  const whole = by(({ month }) => (month === null ? "all" : null)).get("all") ?? { rho: 0n, delta: 0n, releases: 0 }
  const fullest = (part: "rho" | "delta"): bigint =>
    [...months.values()].reduce((most, own) => (own[part] > most ? own[part] : most), 0n)
  return {
    spent: { rho: whole.rho + fullest("rho"), delta: whole.delta + fullest("delta") },
    months,
    products: by(({ product }) => product),
    buyers: by(({ buyer }) => buyer),
    periods: by(({ period }) => period)
  }
}

/** The state that the budget tells is that of its ledger, to the unit, and within every cap. */
function agree(state: BudgetState, ledger: ReadonlyArray<LedgerEntry>): ReturnType<typeof balances> {
  const own = balances(ledger)
  assert.strictEqual(state.spentUnits, own.spent.rho)
  assert.strictEqual(state.spentUnits + state.leftUnits, CAP)
  assert.isTrue(own.spent.rho <= CAP && own.spent.delta <= DELTA_CAP)
  if (own.spent.rho > 0n) assert.closeTo(state.spent.delta - 1e-9, deltaUnits.toDelta(own.spent.delta), 1e-18)
  assert.deepStrictEqual(
    state.months.map(({ month, units }) => [month, units]),
    [...own.months].map(([month, { rho }]) => [month, rho]).sort(([a], [b]) => (a! < b! ? -1 : 1))
  )
  for (const [told, folded] of [
    [state.products.map(({ product, ...rest }) => ({ name: product, ...rest })), own.products],
    [state.buyers.map(({ buyer, ...rest }) => ({ name: buyer, ...rest })), own.buyers]
  ] as const) {
    assert.sameMembers(
      told.map(({ name }) => name),
      [...folded.keys()]
    )
    for (const { name, releases, spent } of told) {
      const { rho, delta, releases: counted } = folded.get(name)!
      assert.deepStrictEqual([releases, spent.rho], [counted, rhoUnits.toRho(rho)])
      assert.closeTo(spent.delta - 1e-9, deltaUnits.toDelta(delta), 1e-18)
    }
  }
  for (const { scope, name, rhoUnits: cap } of SUB_CAPS)
    assert.isTrue(((scope === "buyer" ? own.buyers : own.products).get(name)?.rho ?? 0n) <= cap)
  return own
}

/** Charges the entries of a ledger again, one after the other, to a new home. */
const replay = (ledger: ReadonlyArray<LedgerEntry>) =>
  Effect.gen(function* () {
    const budget = yield* Budget
    const { write } = yield* Records
    yield* limitAll
    for (const entry of ledger) {
      const { releaseId } = yield* budget.reserve({
        kind: entry.kind,
        period: entry.period,
        planHash: entry.planHash,
        purpose: entry.purpose,
        buyer: entry.buyer,
        product: entry.product,
        rhoUnits: BigInt(entry.rhoUnits),
        delta: deltaUnits.toDelta(entry.deltaUnits),
        ...(entry.month === null ? {} : { month: entry.month })
      })
      const at = entry.committedAt
      if (at !== null) yield* write((db) => budget.commit(db, releaseId, at))
    }
    return { state: yield* budget.spent, open: (yield* budget.open).length }
  }).pipe(Effect.provide(ledgerHouse(), { local: true }))

describe("the filter (T9)", () => {
  it.effect("under 300 random adaptive charges at once spends monotonely, within every cap, and replays", () =>
    Effect.gen(function* () {
      const budget = yield* Budget
      const { write } = yield* Records
      const bits = seededBits("adaptive and at once")
      yield* limitAll
      let before = 0n
      const [accepted, refused]: [Array<string>, Set<string>] = [[], new Set()]
      yield* Effect.forEach(
        Array.from({ length: 300 }, (_, i) => `plan ${i}`),
        Effect.fnUntraced(function* (name) {
          const ask = yield* adaptiveCharge(bits, name)
          // What the charge was chosen by may be old by now: others run in between.
          yield* Effect.yieldNow
          const outcome = yield* Effect.result(budget.reserve(ask))
          if (outcome._tag === "Success") {
            const { releaseId } = outcome.success
            accepted.push(releaseId)
            if (uniformInt(bits, 2) === 0)
              yield* write((db) => budget.commit(db, releaseId, "2026-11-22T00:00:00.000Z"))
          } else refused.add((outcome.failure as { readonly code: string }).code)
          const { spentUnits } = yield* budget.spent
          assert.isTrue(spentUnits >= before && spentUnits <= CAP)
          before = spentUnits
        }),
        { concurrency: 16 }
      )
      const ledger = yield* budget.ledger
      assert.sameMembers(
        ledger.map(({ releaseId }) => releaseId),
        accepted
      )
      assert.sameMembers([...refused], ["budget.exhausted", "budget.sub_cap"])
      const state = yield* budget.spent
      const { periods } = agree(state, ledger)
      assert.strictEqual(periods.size, 3)
      const again = yield* replay(ledger)
      assert.deepStrictEqual(again.state, state)
      assert.strictEqual(again.open, (yield* budget.open).length)
    }).pipe(Effect.provide(ledgerHouse()))
  )

  it.effect(
    "leaves in the log one commitment for each charge, of the entry as it was made, and one for each release",
    () =>
      Effect.gen(function* () {
        const budget = yield* Budget
        const { write } = yield* Records
        const log = yield* Log
        const bits = seededBits("log")
        const expected: Array<string> = []
        for (let i = 0; i < 60; i++) {
          const outcome = yield* Effect.result(budget.reserve(yield* adaptiveCharge(bits, `plan ${i}`)))
          if (outcome._tag === "Failure") continue
          const entry = outcome.success
          expected.push(sha256Hex(canonicalJson(entry)))
          if (i % 3 > 0) continue
          yield* write((db) => budget.commit(db, entry.releaseId, "2026-11-22T00:00:00.000Z"))
          expected.push(sha256Hex(canonicalJson({ releaseId: entry.releaseId, version: undefined })))
        }
        const { size } = yield* log.drain
        const leaves = yield* log.entries(0, size)
        const commitments = leaves.map((leaf) => JSON.parse(new TextDecoder().decode(leaf)).commitment as string)
        assert.deepStrictEqual(commitments, expected)
        assert.isAtLeast(expected.length, 20)
        // From the ledger alone the same commitments follow: an entry that was changed or left out would be missed here.
        const made = (yield* budget.ledger).map((entry) => sha256Hex(canonicalJson({ ...entry, committedAt: null })))
        assert.deepStrictEqual(
          commitments.filter((own) => made.includes(own)),
          made
        )
      }).pipe(Effect.provide(ledgerHouse()))
  )
})

interface Told {
  readonly reserved: Set<string>
  readonly committed: Set<string>
}

/** Runs a process that spends, and kills it after it has said so many lines: between two writes or in one. */
function spendAndKill(file: string, name: string, lines: number): Promise<Told> {
  const child = spawn(
    process.execPath,
    ["--no-warnings", fileURLToPath(new URL("spendForever.ts", import.meta.url)), file, name],
    { stdio: ["ignore", "pipe", "inherit"] }
  )
  const told: Told = { reserved: new Set(), committed: new Set() }
  let seen = 0
  const reader = createInterface({ input: child.stdout })
  reader.on("line", (line) => {
    const [what, id] = line.split(" ")
    if (what === "reserved") told.reserved.add(id!)
    if (what === "committed") told.committed.add(id!)
    if (++seen === lines) child.kill("SIGKILL")
  })
  return new Promise((done) => reader.on("close", () => done(told)))
}

describe("the ledger after crashes (T9)", () => {
  it.live("holds every charge and release that was acknowledged, within the cap, and replays to the same state", () =>
    Effect.gen(function* () {
      const folder = mkdtempSync(join(tmpdir(), "assay-ledger-"))
      const file = join(folder, "records.sqlite")
      const bits = seededBits("crashes")
      const opened = <A, E>(body: Effect.Effect<A, E, Budget | Records>) =>
        body.pipe(Effect.provide(ledgerHouse(file), { local: true }))
      yield* opened(limitAll)
      let before = 0n
      for (let round = 0; round < 3; round++) {
        // Two processes at once, killed at different moments; the second is often waiting for the first.
        const told = yield* Effect.promise(() =>
          Promise.all([
            spendAndKill(file, `a ${round}`, 10 + uniformInt(bits, 30)),
            spendAndKill(file, `b ${round}`, 10 + uniformInt(bits, 30))
          ])
        )
        yield* opened(
          Effect.gen(function* () {
            const budget = yield* Budget
            const ledger = yield* budget.ledger
            const state = yield* budget.spent
            agree(state, ledger)
            assert.isTrue(state.spentUnits >= before)
            before = state.spentUnits
            const byId = new Map(ledger.map((entry) => [entry.releaseId, entry]))
            for (const { reserved, committed } of told) {
              assert.isAbove(reserved.size, 0)
              for (const id of reserved) assert.isDefined(byId.get(id), "an acknowledged charge is lost")
              for (const id of committed) assert.isNotNull(byId.get(id)!.committedAt)
            }
            const again = yield* replay(ledger)
            assert.deepStrictEqual(again.state, state)
            // What was reserved and not committed is open still, counts as spent, and is resumed under the same charge.
            const [open] = yield* budget.open
            const { planHash, period, kind, purpose, buyer, product } = open!
            const resumed = yield* budget.reserve({
              planHash,
              period,
              kind,
              purpose,
              buyer,
              product,
              rhoUnits: BigInt(open!.rhoUnits),
              delta: deltaUnits.toDelta(open!.deltaUnits)
            })
            assert.deepStrictEqual(resumed, open)
            assert.strictEqual((yield* budget.spent).spentUnits, state.spentUnits)
          })
        )
      }
      rmSync(folder, { recursive: true })
    })
  )
})
