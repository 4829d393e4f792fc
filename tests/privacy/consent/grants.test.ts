import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import type { Grant } from "#privacy/consent/grant/Grant.ts"
import { signGrant } from "#privacy/consent/grant/grantToken.ts"
import { consentLayer, grantOf, permission, testHome } from "./consentLayer.ts"

// Small, since the log looks at its outbox four times in every second that the test clock passes.
const now = 60
const enrolled = Effect.gen(function* () {
  yield* TestClock.setTime(now * 1000)
  const consent = yield* Consent
  yield* consent.enrol([{ subj: 1, id: "ada" }])
  return { consent, draft: yield* consent.draft(1) }
})
const begun = Effect.map(enrolled, ({ consent, draft }) => ({
  consent,
  draft,
  make: (changes: Partial<Grant> = {}) => signGrant(testHome, grantOf(draft, now, changes))
}))
const refusal = (token: string) =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* Consent).accept(token))
    assert.instanceOf(error, Refused)
    return error.code
  })
const codes = Effect.flatMap(Records, (records) =>
  records.read((db) =>
    db.all<{ reason: string }>("select reason from consent_refusal order by seq").map(({ reason }) => reason)
  )
)

describe("grants", () => {
  it.effect("take effect, raise the epoch and stand in the log", () =>
    Effect.gen(function* () {
      const { consent, make } = yield* begun
      const before = yield* consent.epoch
      const { seq, epoch, subj } = yield* consent.accept(make())
      assert.deepStrictEqual([seq, epoch, subj], [1, before + 1, 1])
      const [change] = yield* consent.changesSince(before)
      assert.deepStrictEqual(change!.terms!.terms.rules[0]!.purposes, ["dpv:ServiceProvision"])
      assert.strictEqual(change!.terms!.terms.evidence, 2)
      assert.isTrue((yield* (yield* Log).drain).size >= 2)
      assert.deepStrictEqual(yield* codes, [])
    }).pipe(Effect.provide(consentLayer))
  )

  it.effect("form a chain: replayed, reordered and branching ones are refused, and each refusal is logged", () =>
    Effect.gen(function* () {
      const { consent, make, draft } = yield* begun
      const token = make()
      assert.strictEqual(yield* refusal(make({ seq: 2 })), "grant.order")
      assert.strictEqual(yield* refusal(make({ prev: "f".repeat(64) })), "grant.chain")
      const { digest } = yield* consent.accept(token)
      assert.strictEqual(yield* refusal(token), "grant.replayed")
      const next = yield* consent.draft(1)
      assert.deepStrictEqual([next.seq, next.prev], [2, digest])
      assert.strictEqual(
        yield* refusal(signGrant(testHome, grantOf({ ...next, nonce: draft.nonce }, now))),
        "grant.nonce"
      )
      const before = yield* (yield* Log).drain
      assert.strictEqual(yield* refusal(signGrant(testHome, grantOf({ ...next, prev: null }, now))), "grant.chain")
      assert.strictEqual((yield* (yield* Log).drain).size, before.size + 1)
      yield* consent.accept(signGrant(testHome, grantOf(next, now)))
      assert.deepStrictEqual(yield* codes, [
        "grant.order",
        "grant.chain",
        "grant.replayed",
        "grant.nonce",
        "grant.chain"
      ])
    }).pipe(Effect.provide(consentLayer))
  )

  it.effect("hold to the second: accepted one second before their end, refused at it", () =>
    Effect.gen(function* () {
      const { consent, make } = yield* begun
      const token = make({ exp: now + 10 })
      yield* TestClock.setTime((now + 9) * 1000 + 999)
      assert.strictEqual((yield* consent.accept(token)).seq, 1)
      const next = signGrant(testHome, grantOf(yield* consent.draft(1), now, { exp: now + 10 }))
      yield* TestClock.setTime((now + 10) * 1000)
      assert.strictEqual(yield* refusal(next), "grant.expired")
    }).pipe(Effect.provide(consentLayer))
  )

  it.effect("are drafts of ten minutes", () =>
    Effect.gen(function* () {
      const { make } = yield* begun
      yield* TestClock.setTime((now + 600) * 1000)
      assert.strictEqual(yield* refusal(make()), "grant.nonce")
    }).pipe(Effect.provide(consentLayer))
  )

  it.effect("are refused when forged, of another kind, or spelled in any other way", () =>
    Effect.gen(function* () {
      const { make, draft } = yield* begun
      const token = make()
      const [header, payload, signature] = token.split(".") as [string, string, string]
      const text = (part: string): string => Buffer.from(part, "base64url").toString()
      const coded = (words: string): string => Buffer.from(words).toString("base64url")
      const signed = (head: string, body: string): string => `${head}.${body}.${testHome.sign(`${head}.${body}`)}`
      const flipped = Buffer.from(signature, "base64url")
      flipped[0]! ^= 1
      const loose = JSON.stringify({ ...JSON.parse(text(payload)), v: 1 }, null, 1)
      const cases: ReadonlyArray<readonly [string, string]> = [
        [`${header}.${payload}.${flipped.toString("base64url")}`, "grant.signature"],
        [`${header}.${coded(text(payload).replace("shop", "shoq"))}.${signature}`, "grant.signature"],
        [`${token}=`, "grant.encoding"],
        [`${header}.${payload} .${signature}`, "grant.encoding"],
        [`${header}.${payload}`, "grant.encoding"],
        ["", "grant.encoding"],
        ["a".repeat(70_000), "grant.encoding"],
        [signed(coded('{"alg":"none"}'), payload), "grant.header"],
        [signed(coded(text(header).replace("EdDSA", "HS256")), payload), "grant.header"],
        [signed(coded(text(header).replace("assay-grant", "assay-other")), payload), "grant.header"],
        [signed(coded(` ${text(header)}`), payload), "grant.canonical"],
        [signed(header, coded(loose)), "grant.canonical"],
        [signed(header, coded(`${text(payload).slice(0, -1)},"v":1}`)), "grant.canonical"],
        [signed(header, coded(text(payload).replace('"v":1', '"v":1.0'))), "grant.canonical"],
        [signed(header, coded("\uFEFF" + text(payload))), "grant.canonical"],
        [signed(header, coded(canonicalJson({ ...JSON.parse(text(payload)), more: 1 }))), "grant.schema"],
        [signed(header, coded(canonicalJson({ ...JSON.parse(text(payload)), exp: 1.5 }))), "grant.schema"],
        [signed(header, coded(canonicalJson({ ...JSON.parse(text(payload)), exp: 2 ** 53 }))), "grant.schema"],
        [signed(header, coded('{"__proto__":{"v":1}}')), "grant.schema"],
        [make({ subject: "e".repeat(64) }), "grant.subject"],
        [make({ rules: [{ ...permission, purposes: ["dpv:Nonsense"] }] }), "grant.terms"],
        [make({ separateConsent: false }), "grant.separate_consent"],
        [make({ evidence: { kind: "E1", digest: "0".repeat(64) } }), "grant.evidence"],
        [make({ evidence: { kind: "E3", digest: "0".repeat(64) } }), "grant.passkey"],
        [make({ nbf: now + 50, exp: now + 50 }), "grant.period"]
      ]
      for (const [given, expected] of cases) assert.strictEqual(yield* refusal(given), expected, given.slice(0, 80))
      assert.lengthOf(yield* codes, cases.length)
      assert.strictEqual(draft.seq, 1)
    }).pipe(Effect.provide(consentLayer))
  )

  it.effect("of evidence E3 need the passkey's signature over their digest", () =>
    Effect.gen(function* () {
      const { consent, make } = yield* begun
      const token = make({ evidence: { kind: "E3", digest: "0".repeat(64) } })
      const assertion = { credential: "c", authenticatorData: "a", clientData: "d", signature: "signed" }
      assert.strictEqual((yield* consent.accept(token, assertion)).seq, 1)
    }).pipe(Effect.provide(consentLayer))
  )
})
