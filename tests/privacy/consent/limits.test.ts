import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import type { Grant } from "#privacy/consent/grant/Grant.ts"
import { grantTerms } from "#privacy/consent/grant/grantTerms.ts"
import { signGrant } from "#privacy/consent/grant/grantToken.ts"
import { takesAway } from "#privacy/consent/grant/takesAway.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import { internParts } from "#privacy/consent/guard/internParts.ts"
import type { Operation, ProductTerms } from "#privacy/consent/Operation.ts"
import { rulesOfChoice } from "#privacy/consent/view/rulesOfChoice.ts"
import { grantOf, permission, testHome } from "./consentLayer.ts"
import { declared, guardLayer, landSubjects } from "./guardLayer.ts"

type Rule = Grant["rules"][number]

const operation: Operation = {
  actions: ["share"],
  purpose: "dpv:ServiceProvision",
  recipient: "third-party",
  categories: [],
  evidence: 1,
  asOf: 100
}
const terms: ProductTerms = { territory: ["CN"], onward: false, k: 5, epsilon: 500_000 }

/** What a licence's limits say of a product's terms, word by word. */
const allows = ({ territory, onward, minK, maxEpsilon }: Rule, asked: ProductTerms): boolean =>
  (territory === undefined || asked.territory.every((country) => territory.includes(country))) &&
  (onward || !asked.onward) &&
  (minK === undefined || asked.k >= minK) &&
  (maxEpsilon === undefined || (asked.epsilon !== undefined && asked.epsilon <= maxEpsilon))

const accept = Effect.fnUntraced(function* (subj: number, rules: ReadonlyArray<Rule>) {
  const consent = yield* Consent
  yield* consent.accept(signGrant(testHome, grantOf(yield* consent.draft(subj), 0, { rules })))
})

const passing = Effect.fnUntraced(function* (asked: Operation) {
  const guard = yield* Guard
  const permit = yield* guard.decide(asked)
  const counted = yield* guard.count(permit, ["core", "t"])
  const [schema, view] = yield* guard.scan(permit, ["core", "t"])
  const { values } = yield* (yield* Warehouse).columns(`select _subj from "${schema}"."${view}" order by 1`)
  return { subjects: (values["_subj"] as ReadonlyArray<number>).map(Number), counted }
}, Effect.scoped)

describe("the limits of a grant", () => {
  // Seeded, so it never fails by chance.
  it.effect("let products pass exactly where territory, onward use, group size and privacy loss are within them", () =>
    Effect.gen(function* () {
      const bits = seededBits("limits")
      const below = (n: number): number => uniformInt(bits, n)
      const maybe = <A>(value: A): A | undefined => (below(2) === 0 ? value : undefined)
      const countries = ["CN", "DE", "FR"]
      const some = (): ReadonlyArray<string> => countries.filter(() => below(2) === 0)
      const subjects = 24
      yield* landSubjects("t", 1, declared, subjects)
      yield* (yield* Guard).sync
      const rules = new Map<number, Rule>()
      for (let subj = 1; subj <= subjects; subj++) {
        const [territory, minK, maxEpsilon] = [maybe(some()), maybe(below(12)), maybe(below(1_000_000))]
        const rule: Rule = {
          ...permission,
          onward: below(2) === 0,
          ...(territory === undefined ? {} : { territory }),
          ...(minK === undefined ? {} : { minK }),
          ...(maxEpsilon === undefined ? {} : { maxEpsilon })
        }
        rules.set(subj, rule)
        yield* accept(subj, [rule])
      }
      let passed = 0
      for (let i = 0; i < 60; i++) {
        const epsilon = maybe(below(1_200_000))
        const asked: ProductTerms = {
          territory: [countries[below(3)]!, ...some()],
          onward: below(2) === 0,
          k: 1 + below(12),
          ...(epsilon === undefined ? {} : { epsilon })
        }
        const expected = [...rules].filter(([, rule]) => allows(rule, asked)).map(([subj]) => subj)
        const { subjects: got, counted } = yield* passing({ ...operation, terms: asked })
        assert.deepStrictEqual(got, expected, JSON.stringify(asked))
        assert.deepStrictEqual(
          counted.denied,
          expected.length === subjects ? {} : { recipient: subjects - expected.length }
        )
        passed += expected.length
      }
      assert.isAbove(passed, 100)
      // Work inside the house is not what they are about.
      assert.lengthOf((yield* passing(operation)).subjects, subjects)
    }).pipe(Effect.provide(guardLayer))
  )

  it.effect("of every licence that a row was made under hold for it", () =>
    Effect.gen(function* () {
      yield* landSubjects("t", 1, declared, 2)
      yield* (yield* Guard).sync
      yield* accept(1, [{ ...permission, territory: ["CN", "DE"], minK: 5 }])
      yield* accept(2, [{ ...permission, territory: ["DE", "FR"], maxEpsilon: 500_000 }])
      const guard = yield* Guard
      yield* guard.sync
      const warehouse = yield* Warehouse
      yield* warehouse.transaction((session) => internParts(session, "select [1, 2]::uinteger[] as parts"))
      yield* warehouse.script("update core.t set _lic = 3")
      const rows = (asked: ProductTerms) =>
        Effect.map(passing({ ...operation, terms: asked }), ({ counted }) => counted.rowsOut)
      assert.strictEqual(yield* rows({ ...terms, territory: ["DE"] }), 2)
      for (const asked of [
        { ...terms, territory: ["CN"] },
        { ...terms, territory: ["FR"] },
        { ...terms, territory: ["*"] },
        { ...terms, territory: ["DE"], k: 4 },
        { ...terms, territory: ["DE"], epsilon: 500_001 },
        { territory: ["DE"], onward: false, k: 5 },
        { ...terms, territory: ["DE"], onward: true }
      ])
        assert.strictEqual(yield* rows(asked), 0, JSON.stringify(asked))
    }).pipe(Effect.provide(guardLayer))
  )
})

describe("a change of licence", () => {
  const known = new Map(
    ["internal", "third-party"].map((id, i) => [id, { bit: 1n << BigInt(i), covers: 1n << BigInt(i) }])
  )
  const of = (rules: ReadonlyArray<Rule>, changes: Partial<Grant> = {}) =>
    grantTerms(grantOf({ subject: "5".repeat(64), seq: 1, prev: null, nonce: "n" }, 0, { rules, ...changes }))
  const takes = (before: ReadonlyArray<Rule>, after: ReadonlyArray<Rule>, changes: Partial<Grant> = {}) =>
    takesAway([of(before)], of(after, changes), known, 0)

  it("takes something away exactly when some use is no longer allowed", () => {
    const wide = { ...permission, purposes: ["dpv:ResearchAndDevelopment"], categories: ["dpv-pd:Financial"] }
    assert.isFalse(takes([wide], [wide]))
    assert.isTrue(takes([wide], []))
    assert.isTrue(takes([wide], [{ ...wide, purposes: ["dpv:MarketResearch"] }]))
    assert.isFalse(takes([{ ...wide, purposes: ["dpv:MarketResearch"] }], [wide]))
    assert.isTrue(takes([wide], [{ ...wide, categories: ["dpv-pd:Purchase"] }]))
    assert.isTrue(takes([wide], [wide, { ...wide, effect: "prohibit", purposes: ["dpv:MarketResearch"] }]))
    assert.isTrue(takes([wide], [wide], { exp: 999 }))
    assert.isFalse(takes([wide], [wide], { exp: 1001 }))
    assert.isTrue(takes([wide], [{ ...wide, minK: 2 }]))
    assert.isTrue(takes([wide], [{ ...wide, territory: ["CN"] }]))
    assert.isFalse(takes([{ ...wide, territory: ["CN"] }], [{ ...wide, territory: ["CN", "DE"] }]))
    assert.isTrue(takes([{ ...wide, onward: true }], [wide]))
  })

  it("keeps the limits and the prohibitions of categories that its table does not show, and says no to what a broad yes would bring along", () => {
    const before: ReadonlyArray<Rule> = [
      { ...permission, minK: 5, territory: ["CN"] },
      { ...permission, effect: "prohibit", categories: ["dpv-pd:HealthRecord"] }
    ]
    const cells = [{ purpose: "dpv:Marketing", recipient: "third-party" }]
    const shown = [...cells, { purpose: "dpv:DirectMarketing", recipient: "third-party" }]
    const rules = rulesOfChoice({ cells, categories: ["dpv-pd:Purchase"] }, shown, before, known)
    for (const rule of rules.filter(({ effect }) => effect === "permit")) {
      assert.deepStrictEqual([rule.minK, rule.territory, rule.onward], [5, ["CN"], false])
    }
    const prohibited = rules.filter(({ effect }) => effect === "prohibit")
    assert.deepStrictEqual(
      prohibited.map(({ purposes, categories }) => [...purposes, ...categories]),
      [["dpv:DirectMarketing"], ["dpv:ServiceProvision", "dpv-pd:HealthRecord"]]
    )
    assert.deepStrictEqual(rulesOfChoice({ cells: [], categories: [] }, shown, [], known), [])
  })
})
