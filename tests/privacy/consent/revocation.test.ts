import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Log } from "#core/log/Log.ts"
import { Unsound, verifyReceipt, verifyUses } from "#core/log/verifier/assay-verify.mjs"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { signGrant } from "#privacy/consent/grant/grantToken.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import { grantOf, testHome } from "./consentLayer.ts"
import { enrolMany, revocationLayer, useOf } from "./revocationHouse.ts"

const now = Math.floor(Date.now() / 1000)
const begun = Effect.gen(function* () {
  yield* enrolMany(5)
  return { consent: yield* Consent, revocations: yield* Revocations, log: yield* Log, uses: yield* Uses }
})
const grant = (subj: number, changes: Parameters<typeof grantOf>[2] = {}) =>
  Effect.gen(function* () {
    const consent = yield* Consent
    return yield* consent.accept(signGrant(testHome, grantOf(yield* consent.draft(subj), now, changes)))
  })
const stateOf = (subj: number) =>
  Effect.flatMap(Records, (records) =>
    records.read((db) => db.get<{ state: string }>("select state from subject where subj = $subj", { subj })!.state)
  )
const reasonOf = (work: () => unknown): string => {
  try {
    work()
  } catch (cause) {
    if (cause instanceof Unsound) return cause.reason
    throw cause
  }
  return "sound"
}

describe("a revocation", () => {
  it.live("freezes the subject, raises the epoch and is in the log when its receipt comes back", () =>
    Effect.gen(function* () {
      const { consent, revocations, log } = yield* begun
      const { digest } = yield* grant(1)
      const before = yield* consent.epoch
      const receipt = yield* revocations.revoke(1)
      assert.strictEqual(receipt.epoch, before + 1)
      assert.deepStrictEqual(receipt.frozen, [{ kind: "product", name: "usage_records", effect: "suspended" }])
      assert.strictEqual(yield* stateOf(1), "FROZEN")
      assert.deepStrictEqual(yield* (yield* Records).read((db) => consent.frozenSince(db, before)), [1])
      const checked = verifyReceipt(receipt, log.key.policy)
      assert.deepStrictEqual([checked.index, checked.epoch], [receipt.index, receipt.epoch])
      assert.strictEqual(JSON.parse(receipt.document).grant, digest)
      assert.strictEqual((yield* log.drain).root, receipt.root)
    }).pipe(Effect.provide(revocationLayer))
  )

  it.live("is one revocation however often it is asked for, also after it was settled", () =>
    Effect.gen(function* () {
      const { revocations, log } = yield* begun
      const first = yield* revocations.revoke(1)
      const second = yield* revocations.revoke(1)
      assert.deepStrictEqual([second.operation, second.index], [first.operation, first.index])
      assert.strictEqual(yield* revocations.settle(first.epoch), 1)
      assert.strictEqual(yield* revocations.settle(first.epoch), 0)
      const third = yield* revocations.revoke(1)
      assert.strictEqual(third.index, first.index)
      verifyReceipt(third, log.key.policy)
    }).pipe(Effect.provide(revocationLayer))
  )

  it.live("goes ACTIVE, FROZEN, WITHDRAWN, and only a new grant leads back", () =>
    Effect.gen(function* () {
      const { revocations } = yield* begun
      yield* grant(1)
      const { epoch } = yield* revocations.revoke(1)
      assert.strictEqual(yield* revocations.settle(epoch - 1), 0)
      assert.strictEqual(yield* stateOf(1), "FROZEN")
      yield* revocations.settle(epoch)
      assert.strictEqual(yield* stateOf(1), "WITHDRAWN")
      const again = yield* grant(1)
      assert.strictEqual(again.seq, 2)
      assert.strictEqual(yield* stateOf(1), "ACTIVE")
      const later = yield* revocations.revoke(1)
      assert.isAbove(later.epoch, epoch)
    }).pipe(Effect.provide(revocationLayer))
  )

  it.live("names the grant that is in force, and refuses one that is not", () =>
    Effect.gen(function* () {
      const { revocations } = yield* begun
      const old = yield* grant(1, { id: "first" })
      yield* grant(1, { id: "second" })
      assert.strictEqual((yield* Effect.flip(revocations.revoke(1, old.digest))).code, "grant.superseded")
      assert.strictEqual((yield* Effect.flip(revocations.revoke(1, "first"))).code, "grant.superseded")
      assert.strictEqual((yield* Effect.flip(revocations.revoke(1, "nobody"))).code, "grant.unknown")
      assert.strictEqual((yield* Effect.flip(revocations.revoke(99))).code, "subject.unknown")
      assert.strictEqual(yield* stateOf(1), "ACTIVE")
      yield* revocations.revoke(1, "second")
      assert.strictEqual(yield* stateOf(1), "FROZEN")
    }).pipe(Effect.provide(revocationLayer))
  )

  it.live("is not to be passed off as another one", () =>
    Effect.gen(function* () {
      const { revocations, log } = yield* begun
      const [one, two] = [yield* revocations.revoke(1), yield* revocations.revoke(2)]
      const reason = (changes: Partial<typeof one>) =>
        reasonOf(() => verifyReceipt({ ...one, ...changes }, log.key.policy))
      assert.strictEqual(reason({}), "sound")
      assert.strictEqual(reason({ proof: two.proof }), "document")
      assert.strictEqual(reason({ salt: two.salt }), "document")
      assert.strictEqual(reason({ index: two.index }), "document")
      assert.strictEqual(
        reason({ document: one.document.replace('"effect":"suspended"', '"effect":"stays"') }),
        "document"
      )
      assert.strictEqual(reason({ document: "{" }), "malformed")
    }).pipe(Effect.provide(revocationLayer))
  )
})

describe("the uses of a subject", () => {
  it.live("are exactly those that touched them, each with a proof that holds elsewhere", () =>
    Effect.gen(function* () {
      const { uses, log } = yield* begun
      yield* useOf("use_a", [1, 2, 3])
      yield* useOf("use_b", [2])
      yield* useOf("use_c", [])
      const bundle = yield* uses.of(1)
      const checked = verifyUses(bundle, log.key.policy)
      assert.deepStrictEqual(
        checked.map(({ operation, recipient, purpose, member }) => [operation, recipient, purpose, member]),
        [["use_a", "third-party", "dpv:ServiceProvision", "present"]]
      )
      const absent = verifyUses(yield* uses.one(1, "use_b"), log.key.policy)
      assert.deepStrictEqual(
        absent.map(({ member }) => member),
        ["absent"]
      )
      assert.strictEqual((yield* Effect.flip(uses.one(1, "use_x"))).code, "consent.use")
    }).pipe(Effect.provide(revocationLayer))
  )

  it.live("cannot be shown with another document, another set, or the salt of another person", () =>
    Effect.gen(function* () {
      const { uses, log } = yield* begun
      yield* useOf("use_a", [1])
      yield* useOf("use_b", [2])
      const [mine, theirs] = [yield* uses.of(1), yield* uses.of(2)]
      const [use, other] = [mine.uses[0]!, theirs.uses[0]!]
      const reason = (changes: Partial<typeof use>, salt = mine.salt) =>
        reasonOf(() => verifyUses({ salt, uses: [{ ...use, ...changes }] }, log.key.policy))
      assert.strictEqual(reason({}), "sound")
      assert.strictEqual(reason({}, theirs.salt), "presence")
      assert.strictEqual(reason({ proof: other.proof }), "document")
      assert.strictEqual(reason({ document: use.document.replace("share", "store") }), "document")
      assert.strictEqual(reason({ member: other.member }), "presence")
      assert.strictEqual(reason({ member: { ...use.member, size: use.member.size * 2 } }), "presence")
    }).pipe(Effect.provide(revocationLayer))
  )

  it.live("show a use that came too late: decided before the revocation, or of somebody who had said no", () =>
    Effect.gen(function* () {
      const { uses, log, revocations, consent } = yield* begun
      const stale = yield* consent.epoch
      yield* useOf("use_a", [1])
      const receipt = yield* revocations.revoke(1)
      yield* useOf("use_b", [2])
      const clean = yield* uses.of(1)
      assert.strictEqual(
        reasonOf(() => verifyUses(clean, log.key.policy, receipt)),
        "sound"
      )
      assert.strictEqual(
        reasonOf(() => verifyUses({ ...clean, uses: [] }, log.key.policy, receipt)),
        "sound"
      )
      const after = yield* uses.one(1, "use_b")
      assert.strictEqual(
        reasonOf(() => verifyUses(after, log.key.policy, receipt)),
        "sound"
      )
      yield* useOf("use_c", [2], stale)
      assert.strictEqual(
        reasonOf(() => verifyUses({ ...clean, uses: [] }, log.key.policy, receipt)),
        "sound"
      )
      const late = yield* uses.one(1, "use_c")
      assert.strictEqual(
        reasonOf(() => verifyUses(late, log.key.policy, receipt)),
        "late"
      )
      yield* useOf("use_d", [1])
      const broken = yield* uses.of(1)
      assert.strictEqual(
        reasonOf(() => verifyUses(broken, log.key.policy, receipt)),
        "late"
      )
      assert.strictEqual(
        reasonOf(() => verifyUses(broken, log.key.policy)),
        "sound"
      )
    }).pipe(Effect.provide(revocationLayer))
  )
})

describe("an erasure", () => {
  it.live("leaves no salt, name, token or receipt, and nothing that could be shown of the subject", () =>
    Effect.gen(function* () {
      const { uses, revocations, consent, log } = yield* begun
      yield* grant(1)
      yield* useOf("use_a", [1, 2])
      const { salt } = yield* revocations.revoke(1)
      yield* revocations.erase(1)
      assert.strictEqual(yield* stateOf(1), "ERASED")
      assert.strictEqual((yield* Effect.flip(uses.of(1))).code, "consent.subject")
      assert.strictEqual((yield* Effect.flip(consent.subject("s1"))).code, "subject.unknown")
      assert.strictEqual((yield* Effect.flip(revocations.revoke(1))).code, "subject.unknown")
      assert.strictEqual((yield* Effect.flip(revocations.erase(1))).code, "subject.unknown")
      const left = yield* (yield* Records).read((db) =>
        JSON.stringify([
          db.all("select * from consent_grant where subj = 1"),
          db.all("select document from consent_revocation where subj = 1"),
          db.all("select hex(salt), key, pseudonym from subject where subj = 1")
        ])
      )
      assert.notInclude(left, salt)
      assert.notMatch(left, /eyJ/)
      assert.lengthOf(verifyUses(yield* uses.of(2), log.key.policy), 1)
      assert.isTrue((yield* log.verify).sound)
    }).pipe(Effect.provide(revocationLayer))
  )

  it.live("also freezes who had not revoked, and keeps a source from bringing them back", () =>
    Effect.gen(function* () {
      const { revocations, consent } = yield* begun
      const before = yield* consent.epoch
      yield* revocations.erase(2)
      yield* consent.enrol([{ subj: 6, id: "s2" }])
      assert.strictEqual(yield* stateOf(6), "ERASED")
      assert.deepStrictEqual(yield* (yield* Records).read((db) => consent.frozenSince(db, before)), [2, 6])
      yield* consent.enrol([{ subj: 7, id: "s7" }])
      assert.strictEqual(yield* stateOf(7), "ACTIVE")
    }).pipe(Effect.provide(revocationLayer))
  )
})
