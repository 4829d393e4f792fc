import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { uniformInt } from "#core/random/uniformInt.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import type { Grant } from "#privacy/consent/grant/Grant.ts"
import { grantTerms } from "#privacy/consent/grant/grantTerms.ts"
import { signGrant } from "#privacy/consent/grant/grantToken.ts"
import { declaredTerms } from "#privacy/consent/guard/declaredTerms.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import { internParts } from "#privacy/consent/guard/internParts.ts"
import { actions, denials } from "#privacy/consent/Operation.ts"
import type { Denial, Operation } from "#privacy/consent/Operation.ts"
import { raiseEpoch } from "#privacy/consent/raiseEpoch.ts"
import { grantOf, permission, testHome } from "./consentLayer.ts"
import { declared, guardLayer, landSubjects } from "./guardLayer.ts"
import { naiveDenial } from "./naiveEvaluator.ts"
import type { NaiveLicence } from "./naiveEvaluator.ts"

const operation: Operation = {
  actions: ["share"],
  purpose: "dpv:ServiceProvision",
  recipient: "third-party",
  categories: [],
  evidence: 1,
  asOf: 100
}

/** The ids that an operation lets through. */
const allowed = Effect.fnUntraced(function* (asked: Operation, table = "t") {
  const guard = yield* Guard
  const permit = yield* guard.decide(asked)
  const [schema, view] = yield* guard.scan(permit, ["core", table])
  const { values } = yield* (yield* Warehouse).columns(`select id from "${schema}"."${view}" order by id`)
  return { ids: values["id"] as ReadonlyArray<string>, count: yield* guard.count(permit, ["core", table]) }
}, Effect.scoped)

const accept = Effect.fnUntraced(function* (subj: number, changes: Partial<Grant>) {
  const consent = yield* Consent
  const grant = grantOf(yield* consent.draft(subj), 0, changes)
  yield* consent.accept(signGrant(testHome, grant))
  return grant
})

const freeze = Effect.fnUntraced(function* (subj: number) {
  yield* (yield* Records).write((db) => {
    db.run("update subject set state = 'FROZEN' where subj = $subj", { subj })
    db.run("insert into consent_change values ($epoch, $subj, 'FROZEN', null, 0)", { epoch: raiseEpoch(db), subj })
  })
})

describe("the guarded scan", () => {
  // Seeded, so it never fails by chance.
  it.effect(
    "lets through exactly the records that a naive evaluator lets through, and denies for the same reasons",
    () =>
      Effect.gen(function* () {
        const bits = seededBits("oracle")
        const below = (n: number): number => uniformInt(bits, n)
        const some = <A>(from: ReadonlyArray<A>, most: number): ReadonlyArray<A> => [
          ...new Set(Array.from({ length: below(most + 1) }, () => from[below(from.length)]!))
        ]
        const words = {
          purposes: [
            "dpv:ServiceProvision",
            "dpv:ServiceOptimisation",
            "dpv:MarketResearch",
            "dpv:CommercialResearch",
            "dpv:Marketing"
          ],
          recipients: ["internal", "third-party", "party:garage", "party:bank"],
          categories: ["dpv-pd:Financial", "dpv-pd:Transactional", "dpv-pd:Location", "dpv-pd:Country", "dpv-pd:Name"]
        }
        yield* landSubjects("a", 1, declared, 40)
        yield* landSubjects(
          "b",
          2,
          { ...declared, purposes: ["dpv:ResearchAndDevelopment"], recipients: ["internal", "party:bank"] },
          40
        )
        yield* landSubjects("c", 0, null, 6)
        const guard = yield* Guard
        yield* guard.sync
        const consent = yield* Consent
        for (const party of ["party:garage", "party:bank"]) yield* consent.nameRecipient(party)
        const granted = new Map<number, Grant>()
        const frozen = new Set<number>()
        for (let subj = 1; subj <= 40; subj++) {
          for (let n = below(3); n > 0; n--) {
            const rules = Array.from({ length: below(4) }, () => ({
              effect: below(3) === 0 ? ("prohibit" as const) : ("permit" as const),
              actions: some(actions, 6),
              purposes: some(words.purposes, 3),
              recipientClass: some(words.recipients, 3),
              categories: below(4) === 0 ? ["*"] : some(words.categories, 3),
              onward: false
            }))
            // A permission of every category is no term of the registry; it is written out.
            const closed = rules.map((rule) =>
              rule.effect === "permit" ? rule : { ...rule, categories: rule.categories.filter((one) => one !== "*") }
            )
            const changes = {
              rules: closed,
              nbf: below(200),
              exp: 200 + below(100),
              evidence: { kind: "E2", digest: "0".repeat(64) }
            } as const
            granted.set(subj, yield* accept(subj, changes))
            frozen.delete(subj)
          }
          if (below(6) === 0) {
            yield* freeze(subj)
            frozen.add(subj)
          }
        }
        const warehouse = yield* Warehouse
        // Pairs and triples of records, as joins make them, one part of some of them without a licence.
        const combinations = `
        select a.id || '-' || b.id as id, list_sort(list_distinct([a._lic, b._lic])) as parts from core.a a join core.b b on (a._subj + b._subj) % 7 = 0 and b._subj < a._subj + 9
        union all select a.id || '+' || c.id, list_sort([a._lic, c._lic]) from core.a a join core.c c on a._subj = c._subj`
        yield* guard.sync
        yield* warehouse.transaction((session) => internParts(session, `select parts from (${combinations})`))
        yield* warehouse.script(`
        create table core.t as
        select 'a' || id as id, _lic from core.a union all select 'b' || id, _lic from core.b union all select 'c' || id, _lic from core.c
        union all select x.id, l.lic from (${combinations}) x join _base.licence l on l.parts = x.parts
        union all select 'none', null`)
        const rows = yield* warehouse.query<{ id: string; parts: ReadonlyArray<number> }>(
          "select t.id, coalesce(l.parts, [t._lic]) as parts from core.t t left join _base.licence l on l.lic = t._lic order by t.id"
        )
        const licences = yield* warehouse.query<{ lic: number; subj: number; declared: number }>(
          "select lic, subj, declared from _base.licence where declared > 0"
        )
        const terms = [
          declared,
          { ...declared, purposes: ["dpv:ResearchAndDevelopment"], recipients: ["internal", "party:bank"] }
        ].map((one) => declaredTerms(one as Parameters<typeof declaredTerms>[0]))
        const naive = new Map(
          licences.map(({ lic, subj, declared: ordinal }): [number, NaiveLicence] => {
            const grant = granted.get(subj)
            return [
              lic,
              { ...(grant === undefined ? terms[ordinal - 1]! : grantTerms(grant)), frozen: frozen.has(subj) }
            ]
          })
        )
        let through = 0
        const seen = new Set<Denial>()
        for (let i = 0; i < 120; i++) {
          const asked: Operation = {
            actions: [actions[2 + below(6)]!, ...(below(3) === 0 ? ["share" as const] : [])],
            purpose: words.purposes[below(5)]!,
            recipient: words.recipients[below(4)]!,
            categories: some(words.categories, 2),
            evidence: below(3) === 0 ? 2 : 1,
            asOf: below(320)
          }
          const { ids, count } = yield* allowed(asked)
          const verdicts = rows.map(({ id, parts }) => ({
            id,
            why: naiveDenial(
              asked,
              parts.map((part) => naive.get(part))
            )
          }))
          assert.deepStrictEqual(
            ids,
            verdicts.filter(({ why }) => why === undefined).map(({ id }) => id),
            JSON.stringify(asked)
          )
          through += ids.length
          assert.strictEqual(count.rowsIn, rows.length)
          assert.strictEqual(count.rowsOut, ids.length)
          const single = (id: string): boolean => !/[-+]/.test(id)
          for (const { id, why } of verdicts) if (why !== undefined && single(id)) seen.add(why)
          assert.strictEqual(
            Object.values(count.denied).reduce((sum, n) => sum + n, 0),
            rows.length - ids.length
          )
        }
        assert.isAbove(through, 300)
        assert.deepStrictEqual([...seen].sort(), [...denials].sort())
      }).pipe(Effect.provide(guardLayer))
  )

  it.effect("names why records were denied, each once, in the order of the questions", () =>
    Effect.gen(function* () {
      yield* landSubjects("t", 1, declared, 10)
      const { denied, ...rest } = (yield* allowed(operation)).count
      assert.deepStrictEqual([rest, denied], [{ rowsIn: 10, rowsOut: 10 }, {}])
      yield* freeze(1)
      yield* accept(2, { rules: [] })
      yield* accept(3, {
        rules: [
          { ...permission, actions: ["share"], categories: [] },
          { ...permission, effect: "prohibit", categories: [] }
        ]
      })
      yield* accept(4, { nbf: 101 })
      yield* accept(5, { rules: [{ ...permission, recipientClass: ["internal"] }] })
      const { count } = yield* allowed(operation)
      assert.deepStrictEqual(count, {
        rowsIn: 10,
        rowsOut: 5,
        denied: { expired: 1, purpose: 1, recipient: 1, category: 1, frozen: 1 }
      })
      assert.deepStrictEqual((yield* allowed({ ...operation, evidence: 2 })).count.denied.evidence, 6)
    }).pipe(Effect.provide(guardLayer))
  )

  it.effect("never gains a row by a prohibition", () =>
    Effect.gen(function* () {
      const bits = seededBits("prohibition")
      yield* landSubjects("t", 1, declared, 12)
      yield* (yield* Guard).sync
      const asked = { ...operation, categories: ["dpv-pd:Transactional"] }
      for (let i = 0; i < 20; i++) {
        const subj = 1 + uniformInt(bits, 12)
        const rules = [{ ...permission, actions: ["share" as const] }]
        yield* accept(subj, { rules })
        const before = yield* allowed(asked)
        const prohibition = {
          ...permission,
          effect: "prohibit" as const,
          actions: uniformInt(bits, 2) === 0 ? [] : ["share" as const, "sell" as const],
          purposes: uniformInt(bits, 2) === 0 ? [] : ["dpv:ServiceProvision"],
          categories: uniformInt(bits, 2) === 0 ? [] : ["dpv-pd:Financial"]
        }
        yield* accept(subj, { rules: [...rules, prohibition] })
        const after = yield* allowed(asked)
        assert.isTrue(after.ids.every((id) => before.ids.includes(id)))
        assert.notInclude(after.ids, `s${String(subj).padStart(3, "0")}`)
      }
    }).pipe(Effect.provide(guardLayer))
  )

  it.effect("holds a licence to the second: in force from its first, not at its end", () =>
    Effect.gen(function* () {
      yield* landSubjects("t", 1, declared, 1)
      yield* (yield* Guard).sync
      yield* accept(1, { nbf: 150, exp: 250, rules: [{ ...permission, actions: ["share"] }] })
      const at = (asOf: number) => Effect.map(allowed({ ...operation, asOf }), ({ ids }) => ids.length)
      for (const [asOf, n] of [
        [149, 0],
        [150, 1],
        [151, 1],
        [249, 1],
        [250, 0],
        [251, 0]
      ] as const)
        assert.strictEqual(yield* at(asOf), n, String(asOf))
    }).pipe(Effect.provide(guardLayer))
  )

  it.effect("denies every record for a purpose, recipient or category that nobody registered", () =>
    Effect.gen(function* () {
      yield* landSubjects("t", 1, declared, 5)
      assert.deepStrictEqual((yield* allowed({ ...operation, purpose: "dpv:Nonsense" })).count.denied, { purpose: 5 })
      assert.deepStrictEqual((yield* allowed({ ...operation, recipient: "party:stranger" })).count.denied, {})
      assert.deepStrictEqual((yield* allowed({ ...operation, recipient: "aliens" })).count.denied, { recipient: 5 })
      assert.deepStrictEqual((yield* allowed({ ...operation, categories: ["dpv-pd:Nonsense"] })).count.denied, {
        category: 5
      })
    }).pipe(Effect.provide(guardLayer))
  )

  it.effect("lets nothing through when deciding fails, or when its permit is older than 60 s", () =>
    Effect.gen(function* () {
      yield* landSubjects("t", 1, declared, 5)
      const guard = yield* Guard
      const warehouse = yield* Warehouse
      yield* Effect.scoped(
        Effect.gen(function* () {
          const permit = yield* guard.decide(operation)
          yield* TestClock.adjust("61 seconds")
          const late = yield* Effect.flip(guard.scan(permit, ["core", "t"]))
          assert.strictEqual(late._tag === "Refused" ? late.code : late._tag, "permit.expired")
        })
      )
      // A licence that the decision did not know of: the scan fails rather than guess.
      yield* warehouse.run("insert into core.t values ('s6', 6, 99)")
      assert.strictEqual((yield* Effect.flip(allowed(operation)))._tag, "WarehouseError")
      yield* warehouse.run("drop table _base.rule")
      assert.strictEqual((yield* Effect.flip(allowed(operation)))._tag, "WarehouseError")
    }).pipe(Effect.provide(guardLayer))
  )
})
