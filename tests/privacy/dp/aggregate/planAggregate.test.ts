import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { zcdpRho } from "#privacy/dp/accounting/zcdpRho.ts"
import { chargeOf } from "#privacy/dp/aggregate/chargeOf.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { ordersByState, ordersFacts } from "./orders.ts"

const refusal = (spec: ReleaseSpec, facts = ordersFacts) => Effect.flip(planAggregate(spec, facts))
const number = ({ num, den }: { num: bigint; den: bigint }) => Number(num) / Number(den)

describe("the split of a release's loss", () => {
  it.effect("charges rho(epsilon, delta/2), gives selection a third and the two measures a third each", () =>
    Effect.gen(function* () {
      const { noise } = yield* planAggregate(ordersByState, ordersFacts)
      const rho = zcdpRho(1, 5e-7)
      assert.strictEqual(noise.chargeUnits, rhoUnits.limit(rho))
      assert.closeTo(rhoUnits.toRho(noise.selection!.rhoUnits), rho / 3, 1e-11)
      assert.strictEqual(noise.selection!.delta, 5e-7)
      for (const [i, linf] of [1, 50_000].entries()) {
        assert.closeTo(rhoUnits.toRho(noise.measures[i]!.rhoUnits), rho / 3, 1e-11)
        const exact = linf ** 2 / (2 * (rho / 3))
        assert.isAtLeast(number(noise.measures[i]!.variance), exact * (1 - 1e-9))
        assert.isAtMost(number(noise.measures[i]!.variance), exact * 1.00001)
      }
      const parts = noise.measures.reduce((sum, own) => sum + own.rhoUnits, noise.selection!.rhoUnits)
      assert.isTrue(parts <= noise.chargeUnits)
    })
  )

  it.effect("leaves selection nothing where no key is selected, and follows weights", () =>
    Effect.gen(function* () {
      const plan = yield* planAggregate(
        {
          ...ordersByState,
          keys: { state: ["A", "B", "C"] },
          measures: [
            { name: "orders", count: "rows", weight: 3 },
            { name: "buyers", count: "subjects" }
          ],
          population: { subjects: 20_000 }
        },
        ordersFacts
      )
      assert.isUndefined(plan.noise.selection)
      assert.deepStrictEqual(chargeOf(plan), { rhoUnits: plan.noise.chargeUnits, delta: 0 })
      assert.closeTo(Number(plan.noise.measures[0]!.rhoUnits) / Number(plan.noise.measures[1]!.rhoUnits), 3, 1e-6)
    })
  )

  it.effect("takes L2 = sqrt(groups per subject) times the bound as sensitivity", () =>
    Effect.gen(function* () {
      const one = yield* planAggregate(ordersByState, ordersFacts)
      const four = yield* planAggregate(
        { ...ordersByState, bounds: { groups_per_subject: 4, rows_per_group: 3 }, population: { subjects: 900_000 } },
        ordersFacts
      )
      const ratio = (i: number) => number(four.noise.measures[i]!.variance) / number(one.noise.measures[i]!.variance)
      assert.closeTo(ratio(0), 4 * 9, 0.001)
      assert.closeTo(ratio(1), 4, 0.001)
      assert.closeTo(number(four.noise.selection!.variance) / number(one.noise.selection!.variance), 4, 0.001)
    })
  )
})

describe("the plan hash", () => {
  it.effect("changes with what is asked and not with public knowledge", () =>
    Effect.gen(function* () {
      const { population: _, ...bare } = ordersByState
      const hashes = yield* Effect.forEach(
        [
          ordersByState,
          bare,
          { ...ordersByState, epsilon: 2 },
          { ...ordersByState, bounds: { groups_per_subject: 1, rows_per_group: 2 } }
        ],
        (spec) => Effect.map(planAggregate(spec, ordersFacts), (plan) => plan.hash)
      )
      assert.strictEqual(hashes[0], hashes[1])
      assert.strictEqual(new Set(hashes).size, 3)
      assert.match(hashes[0]!, /^[0-9a-f]{64}$/)
    })
  )

  it.effect("changes with the statement that makes the table", () =>
    Effect.gen(function* () {
      const plain = yield* planAggregate(ordersByState, ordersFacts)
      const made = yield* planAggregate(ordersByState, { ...ordersFacts, statement: "ab" })
      assert.notStrictEqual(plain.hash, made.hash)
    })
  )

  it.effect("comes without a prediction while nothing is known about the population", () =>
    Effect.gen(function* () {
      const { population: _, ...bare } = ordersByState
      assert.isUndefined((yield* planAggregate(bare, ordersFacts)).prediction)
      const paid = yield* planAggregate(bare, ordersFacts, { subjects: 20_000, source: "paid" })
      assert.strictEqual(paid.prediction!.source, "paid")
    })
  )

  it.effect("splits only what a census has left", () =>
    Effect.gen(function* () {
      const { population: _, ...bare } = ordersByState
      const draft = yield* planAggregate(bare, ordersFacts)
      const censusUnits = draft.noise.chargeUnits / 50n
      const plan = yield* planAggregate(bare, ordersFacts, { subjects: 20_000, source: "census", censusUnits })
      assert.strictEqual(plan.hash, draft.hash)
      assert.strictEqual(chargeOf(plan).rhoUnits + censusUnits, plan.noise.chargeUnits)
      assert.isTrue(plan.noise.measures[0]!.rhoUnits < draft.noise.measures[0]!.rhoUnits)
    })
  )
})

describe("refuses what cannot be bounded, and names rule, field and way out", () => {
  const cases: ReadonlyArray<readonly [string, ReleaseSpec, string]> = [
    ["a public key without a list", { ...ordersByState, keys: { state: "public" } }, "release.key_values"],
    ["a key without a rule", { ...ordersByState, keys: {} }, "release.key_values"],
    ["no bound on groups per subject", { ...ordersByState, bounds: { rows_per_group: 1 } }, "release.unbounded"],
    ["no bound on rows per group", { ...ordersByState, bounds: { groups_per_subject: 1 } }, "release.unbounded"],
    [
      "a sum without bounds",
      { ...ordersByState, measures: [{ name: "spend", sum: "amount_minor", lower: 0 }] },
      "release.unbounded"
    ],
    ["another unit than the subject", { ...ordersByState, unit: "_event_id" }, "release.unit"],
    ["subjects as keys", { ...ordersByState, by: ["subject_id"], keys: { subject_id: "dp" } }, "release.identifier"],
    ["record ids as keys", { ...ordersByState, by: [{ e: "_event_id" }], keys: { e: "dp" } }, "release.identifier"],
    ["a cast", { ...ordersByState, by: [{ s: "state::int" }], keys: { s: "dp" } }, "release.expression"],
    [
      "a function off the list",
      { ...ordersByState, by: [{ s: "sqrt(items)" }], keys: { s: "dp" } },
      "release.expression"
    ],
    [
      "SQL in an expression",
      { ...ordersByState, by: [{ s: "lower(state), (select 1)" }], keys: { s: "dp" } },
      "release.expression"
    ],
    [
      "a word off the list",
      { ...ordersByState, by: [{ m: "date_trunc('century', ordered_at)" }], keys: { m: "dp" } },
      "release.expression"
    ],
    [
      "instants as selected keys",
      { ...ordersByState, by: ["ordered_at"], keys: { ordered_at: "dp" } },
      "release.key_type"
    ],
    ["more delta than one in the population", { ...ordersByState, delta: 0.001 }, "release.delta"],
    [
      "a total beyond the exact integers",
      {
        ...ordersByState,
        measures: [{ name: "spend", sum: "amount_minor", lower: 0, upper: 2 ** 40 }],
        population: { subjects: 900_000 }
      },
      "release.overflow"
    ]
  ]
  it.effect.each(cases)("%s", ([, spec, code]) =>
    Effect.gen(function* () {
      const error = yield* refusal(spec)
      assert.strictEqual(error._tag, "Refused")
      assert.strictEqual(error.code, code)
      assert.isDefined(error.where?.field)
      assert.isAbove(error.fix.length, 20)
    })
  )

  it.effect("a sum that could mix currencies, unless one is declared or only one exists", () =>
    Effect.gen(function* () {
      const facts = { ...ordersFacts, currencies: ["CNY", "USD"] }
      const error = yield* refusal(ordersByState, facts)
      assert.strictEqual(error.code, "release.currency")
      const declared = {
        ...ordersByState,
        measures: [{ name: "spend", sum: "amount_minor", lower: 0, upper: 50_000, currency: "USD" }]
      }
      const plan = yield* planAggregate(declared, facts)
      assert.strictEqual(plan.shape.measures[0]!.currency, "USD")
      assert.strictEqual((yield* planAggregate(ordersByState, ordersFacts)).shape.measures[1]!.currency, "CNY")
    })
  )

  it.effect.each([
    ["an unknown column", { ...ordersByState, by: ["city"], keys: { city: "dp" } }],
    ["a rule for no key", { ...ordersByState, keys: { state: "dp", city: "dp" } }],
    ["one name for two columns", { ...ordersByState, measures: [{ name: "state", count: "subjects" }] }],
    ["a float sum without a grid", { ...ordersByState, measures: [{ name: "w", sum: "weight", lower: 0, upper: 10 }] }],
    ["groups of no key", { ...ordersByState, population: { subjects: 20_000, groups: { city: 3 } } }],
    ["bounds in the wrong order", { ...ordersByState, measures: [{ name: "w", sum: "items", lower: 5, upper: 1 }] }],
    ["numbers listed for a text", { ...ordersByState, keys: { state: [1, 2] } }],
    [
      "a range of days for a text",
      { ...ordersByState, keys: { state: { from: "2026-01", to: "2026-02", step: "month" } } }
    ]
  ] as ReadonlyArray<readonly [string, ReleaseSpec]>)("tells bad input from a refusal: %s", ([, spec]) =>
    Effect.gen(function* () {
      assert.strictEqual((yield* refusal(spec))._tag, "BadInput")
    })
  )
})

describe("refuses useless releases with what would do", () => {
  it.effect("85 accounts by 10 states", () =>
    Effect.gen(function* () {
      const error = yield* refusal({ ...ordersByState, population: { subjects: 85, groups: { state: 10 } } })
      assert.strictEqual(error.code, "release.useless")
      assert.match(error.fix, /about [\d,]+ subjects/)
    })
  )

  it.effect("of several keys, names one to leave out", () =>
    Effect.gen(function* () {
      const fine: ReleaseSpec = {
        ...ordersByState,
        by: ["state", "channel"],
        keys: { state: "dp", channel: "dp" },
        measures: [{ name: "orders", count: "rows" }],
        population: { subjects: 800, groups: { state: 8, channel: 12 } }
      }
      const error = yield* refusal(fine)
      const spare = /leaving out (\w+)/.exec(error.fix)![1]!
      const rest = spare === "state" ? "channel" : "state"
      const population = { subjects: 800, groups: { [rest]: fine.population!.groups![rest]! } }
      yield* planAggregate({ ...fine, by: [rest], keys: { [rest]: "dp" }, population }, ordersFacts)
    })
  )

  it.effect("and what it names does", () =>
    Effect.gen(function* () {
      const tight: ReleaseSpec = { ...ordersByState, population: { subjects: 900, groups: { state: 25 } } }
      const error = yield* refusal(tight)
      const epsilon = Number(/epsilon ([\d.]+)/.exec(error.fix)![1])
      const subjects = Number(/about (\d+) subjects/.exec(error.fix)![1])
      const groups = Number(/at most (\d+) values/.exec(error.fix)?.[1] ?? 0)
      assert.isDefined((yield* planAggregate({ ...tight, epsilon }, ordersFacts)).prediction)
      assert.isDefined(
        (yield* planAggregate({ ...tight, population: { subjects, groups: { state: 25 } } }, ordersFacts)).prediction
      )
      if (groups > 0)
        yield* planAggregate({ ...tight, population: { subjects: 900, groups: { state: groups } } }, ordersFacts)
      assert.isAbove(epsilon, 1)
      assert.isAbove(subjects, 900)
    })
  )
})
