import { spawnSync } from "node:child_process"
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import { memoryFiles } from "#core/log/LogFiles.ts"
import { logKeyOf } from "#core/log/LogKey.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { exitCodes, policyOfKey, Unsound, verifyGrants } from "#core/log/verifier/assay-verify.mjs"
import type { GrantBundle } from "#core/log/verifier/assay-verify.mjs"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { bundleGrants } from "#privacy/consent/grant/bundleGrants.ts"
import { signGrant } from "#privacy/consent/grant/grantToken.ts"
import { Passkeys } from "#privacy/consent/grant/Passkeys.ts"
import { consentMigrations } from "#privacy/consent/migrations.ts"
import { grantOf, testHome } from "./consentLayer.ts"

/** Grants and a log under one key, as in a home. */
const layer = Layer.suspend(() =>
  Consent.layer.pipe(
    Layer.provideMerge(
      Layer.mergeAll(Log.over(memoryFiles(), logKeyOf(testHome)), Passkeys.none, Layer.succeed(Home, testHome))
    ),
    Layer.provideMerge(Records.memory([...logMigrations, ...consentMigrations]))
  )
)
const now = 60

/** Three grants of one subject and one of another. */
const granted = Effect.gen(function* () {
  yield* TestClock.setTime(now * 1000)
  const consent = yield* Consent
  yield* consent.enrol([
    { subj: 1, id: "ada" },
    { subj: 2, id: "bob" }
  ])
  for (const subj of [1, 2, 1, 1]) {
    yield* consent.accept(signGrant(testHome, grantOf(yield* consent.draft(subj), now, { id: `g${subj}` })))
  }
  return { mine: yield* bundleGrants(1), other: yield* bundleGrants(2), key: logKeyOf(testHome).verifier }
})

const reasonOf = (bundle: GrantBundle, key: string): string => {
  try {
    verifyGrants(bundle, policyOfKey(key))
    return "sound"
  } catch (cause) {
    if (cause instanceof Unsound) return cause.reason
    throw cause
  }
}

describe("a subject's grants, checked by the single-file verifier", () => {
  it.effect("hold from the first on, and not when one is left out, slipped in, reordered, altered or respelled", () =>
    Effect.gen(function* () {
      const { mine, other, key } = yield* granted
      const found = verifyGrants(mine, policyOfKey(key))
      assert.deepStrictEqual(
        found.map(({ seq }) => seq),
        [1, 2, 3]
      )
      assert.isTrue(found.every(({ index, epoch }, i) => i === 0 || (index > found[i - 1]!.index && epoch > i)))
      const [first, second, third] = mine.grants as [
        GrantBundle["grants"][0],
        GrantBundle["grants"][0],
        GrantBundle["grants"][0]
      ]
      const of = (...grants: GrantBundle["grants"]): GrantBundle => ({ ...mine, grants })
      const [h, p, s] = second.token.split(".") as [string, string, string]
      const coded = (text: string): string => Buffer.from(text).toString("base64url")
      const text = Buffer.from(p, "base64url").toString()
      const signed = (payload: string): string => `${h}.${payload}.${testHome.sign(`${h}.${payload}`)}`
      const instead = (token: string): GrantBundle => of(first, { ...second, token }, third)
      const cases: ReadonlyArray<readonly [GrantBundle, string]> = [
        [of(), "sound"],
        [of(first), "sound"],
        [of(second, third), "grant"],
        [of(first, third), "grant"],
        [of(first, third, second), "grant"],
        [of(first, first, second), "grant"],
        [of(first, other.grants[0]!, second), "grant"],
        [{ ...mine, salt: other.salt }, "grant"],
        [{ ...mine, salt: "no" }, "malformed"],
        [of(first, { ...second, proof: third.proof }), "document"],
        [of(first, { ...second, proof: second.proof.replace(/index \d+/, "index 0") }), "inclusion"],
        [instead(`${h}.${p}`), "malformed"],
        [instead(`${second.token}=`), "malformed"],
        [instead(` ${second.token}`), "malformed"],
        [instead("a".repeat(70_000)), "malformed"],
        [instead(`${h}.${p}.${s.startsWith("A") ? "B" : "A"}${s.slice(1)}`), "signature"],
        [instead(`${h}.${coded(text.replace("shop", "shoq"))}.${s}`), "signature"],
        [instead(`${coded('{"alg":"none"}')}.${p}.`), "malformed"],
        [instead(`${coded('{"alg":"none"}')}.${p}.${s}`), "signature"],
        [instead(signed(coded(JSON.stringify(JSON.parse(text), null, 1)))), "grant"],
        [instead(signed(coded(text.replace('"v":1', '"v":1.0')))), "grant"],
        [instead(signed(coded(`\uFEFF${text}`))), "malformed"],
        [instead(signed(coded(canonicalJson({ ...JSON.parse(text), more: 1 })))), "grant"],
        [instead(signed(coded(canonicalJson({ ...JSON.parse(text), exp: 1.5 })))), "grant"],
        [instead(signed(coded("null"))), "grant"],
        [instead(signed(coded('{"__proto__":{"seq":2}}'))), "grant"],
        // Well made and well signed, but not what the log holds in its place.
        [of(first, { ...second, token: signed(coded(canonicalJson({ ...JSON.parse(text), id: "x" }))) }), "document"]
      ]
      for (const [i, [bundle, reason]] of cases.entries())
        assert.strictEqual(reasonOf(bundle, key), reason, `case ${i}`)
    }).pipe(Effect.provide(layer))
  )

  it.effect("are checked by the file alone, which ends with a code of their own when the chain is broken", () =>
    Effect.gen(function* () {
      const { mine, key } = yield* granted
      const folder = mkdtempSync(join(tmpdir(), "assay-grants-"))
      const at = (name: string): string => join(folder, name)
      const file = fileURLToPath(new URL("../../../core/log/verifier/assay-verify.mjs", import.meta.url))
      copyFileSync(file, at("verify.mjs"))
      const run = (bundle: GrantBundle) => {
        writeFileSync(at("grants.json"), JSON.stringify(bundle))
        const args = [at("verify.mjs"), "grants", "grants.json", "--key", key]
        const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" })
        return [status, JSON.parse(stdout).sound] as const
      }
      assert.deepStrictEqual(run(mine), [0, true])
      assert.deepStrictEqual(run({ ...mine, grants: mine.grants.slice(1) }), [exitCodes.grant, false])
    }).pipe(Effect.provide(layer))
  )

  it.effect("are never one of Wycheproof's 401 JWS cases", () =>
    Effect.gen(function* () {
      const { mine, key } = yield* granted
      const { tests } = JSON.parse(readFileSync(new URL("wycheproof-jws.json", import.meta.url), "utf8")) as {
        tests: ReadonlyArray<readonly [id: number, comment: string, jws: string]>
      }
      assert.strictEqual(tests.length, 401)
      for (const [id, comment, token] of tests) {
        const reason = reasonOf({ ...mine, grants: [{ ...mine.grants[0]!, token }] }, key)
        assert.include(["malformed", "signature"], reason, `${id} ${comment}`)
      }
    }).pipe(Effect.provide(layer))
  )
})
