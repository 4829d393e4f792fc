import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { Server } from "node:http"
import type { AddressInfo } from "node:net"
import { stripTypeScriptTypes } from "node:module"
import { fileURLToPath } from "node:url"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Browser, Page } from "playwright-core"
import { Log } from "#core/log/Log.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { policyOfKey, Unsound, verifyReceipt, verifyUses } from "#core/log/verifier/assay-verify.mjs"
import type { ReceiptProof } from "#core/log/verifier/assay-verify.mjs"
import * as inBrowser from "#core/log/verifier/inBrowser.ts"
import { Unproven } from "#core/log/verifier/webProofs.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import type { UseBundle } from "#privacy/consent/use/UseBundle.ts"
import { openBrowser } from "../../dashboard/openBrowser.ts"
import { enrolMany, revocationLayer, useOf } from "./revocationHouse.ts"

interface Case {
  readonly name: string
  readonly bundle: UseBundle
  readonly key: string
  readonly receipt?: ReceiptProof
}

/** Bundles that hold and bundles that do not, one for each thing that can be wrong. */
const makeCases = Effect.gen(function* () {
  yield* enrolMany(40)
  const log = yield* Log
  const uses = yield* Uses
  for (let i = 0; i < 6; i++)
    yield* useOf(
      `use_${i}`,
      Array.from({ length: 10 + i }, (_, k) => k + 1)
    )
  const receipt = yield* (yield* Revocations).revoke(3)
  const mine = yield* uses.of(3)
  const theirs = yield* uses.of(4)
  const absent = yield* uses.one(40, "use_2")
  const key = log.key.verifier
  const first = mine.uses[0]!
  const wrong = (change: Partial<typeof first>): UseBundle => ({ ...mine, uses: [{ ...first, ...change }] })
  const flipped = first.proof.replace(
    /\n([A-Za-z0-9+/]{43}=)\n/,
    (_, hash: string) =>
      `\n${Buffer.from(Buffer.from(hash, "base64").map((byte, i) => (i === 0 ? byte ^ 1 : byte))).toString("base64")}\n`
  )
  const path = first.member.neighbours[0]!.path
  yield* useOf("use_late", [3, 4])
  const late = yield* uses.of(3)
  const theirReceipt = yield* (yield* Revocations).revoke(4)
  const other = (name: string): string => `${name}${key.slice(key.indexOf("+"))}`
  return [
    { name: "all uses of a subject", bundle: mine, key },
    { name: "no uses", bundle: { ...mine, uses: [] }, key },
    { name: "an absence", bundle: absent, key },
    { name: "a receipt that nothing came after", bundle: mine, key, receipt },
    { name: "a use after the receipt", bundle: late, key, receipt },
    { name: "a receipt of another place", bundle: mine, key, receipt: { ...receipt, index: receipt.index + 1 } },
    { name: "a receipt with another's salt", bundle: mine, key, receipt: { ...receipt, salt: theirReceipt.salt } },
    { name: "a receipt with another's proof", bundle: mine, key, receipt: { ...receipt, proof: theirReceipt.proof } },
    {
      name: "an altered receipt",
      bundle: mine,
      key,
      receipt: { ...receipt, document: receipt.document.replace(`"epoch":${receipt.epoch}`, '"epoch":1') }
    },
    { name: "somebody else's salt", bundle: { ...mine, salt: theirs.salt }, key },
    { name: "another document", bundle: wrong({ document: first.document.replace("share", "store") }), key },
    { name: "another proof", bundle: wrong({ proof: mine.uses[1]!.proof }), key },
    { name: "a flipped bit in a path", bundle: wrong({ proof: flipped }), key },
    { name: "another index", bundle: wrong({ proof: first.proof.replace(/index (\d+)/, "index 3") }), key },
    {
      name: "a checkpoint of another size",
      bundle: wrong({
        proof: first.proof.replace(
          /\n(\d+)\n(\S{44}\n\n)/,
          (_, n: string, rest: string) => `\n${Number(n) + 1}\n${rest}`
        )
      }),
      key
    },
    { name: "another set", bundle: wrong({ member: theirs.uses[0]!.member }), key },
    {
      name: "a neighbour elsewhere",
      bundle: wrong({
        member: { ...first.member, neighbours: [{ ...first.member.neighbours[0]!, path: path.toReversed() }] }
      }),
      key
    },
    { name: "padding in base64", bundle: wrong({ proof: first.proof.replace("extra ", "extra  ") }), key },
    { name: "a renamed key", bundle: mine, key: other("elsewhere") }
  ] satisfies ReadonlyArray<Case> as ReadonlyArray<Case>
})

/** What the single-file verifier makes of a case: the members found, or that it does not hold. */
const inNode = ({ bundle, key, receipt }: Case): string => {
  try {
    if (receipt !== undefined) verifyReceipt(receipt, policyOfKey(key))
    return verifyUses(bundle, policyOfKey(key), receipt)
      .map(({ member }) => member)
      .join(" ")
  } catch (cause) {
    if (cause instanceof Unsound) return "unproven"
    throw cause
  }
}

describe("the check of a subject's uses in a browser", () => {
  let browser: Browser
  let page: Page
  let server: Server
  beforeAll(async () => {
    const source = (name: string): string =>
      stripTypeScriptTypes(
        readFileSync(fileURLToPath(new URL(`../../../core/log/verifier/${name}`, import.meta.url)), "utf8")
      )
    server = createServer((request, response) => {
      const [, script] = /^\/(\w+\.ts)$/.exec(request.url ?? "") ?? []
      response.writeHead(200, { "content-type": script === undefined ? "text/html" : "text/javascript" })
      response.end(script === undefined ? "<!doctype html><title>check</title>" : source(script))
    })
    await new Promise<void>((resolve) => server.listen(0, "localhost", resolve))
    browser = await openBrowser()
    page = await browser.newPage()
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    server.close()
  })

  /** As text, since the test runner rewrites imports. */
  const inChromium = ({ bundle, key, receipt }: Case): Promise<readonly [string, number | undefined]> =>
    page.evaluate<readonly [string, number | undefined]>(`(async () => {
      const { verifyReceipt, verifyUses } = await import("/inBrowser.ts")
      const { Unproven } = await import("/webProofs.ts")
      const [bundle, key, receipt] = ${JSON.stringify([bundle, key, receipt ?? null])}
      try {
        if (receipt !== null) await verifyReceipt(receipt, key)
        const found = await verifyUses(bundle, key, receipt ?? undefined)
        return [found.map(({ member }) => member).join(" "), undefined]
      } catch (cause) {
        if (cause instanceof Unproven) return ["unproven", cause.entry]
        throw cause
      }
    })()`)

  it.live(
    "decides in a real Chromium, and in Node, as the single-file verifier does, case by case",
    () =>
      Effect.gen(function* () {
        const cases = yield* makeCases
        const expected = cases.map(inNode)
        assert.strictEqual(expected[0], "present present present present present present")
        assert.deepStrictEqual(expected.slice(1, 4), ["", "absent", Array(6).fill("present").join(" ")])
        for (const [i, { name }] of cases.entries()) if (i > 3) assert.strictEqual(expected[i], "unproven", name)
        for (const [i, one] of cases.entries()) {
          assert.strictEqual((yield* Effect.promise(() => inChromium(one)))[0], expected[i], one.name)
          const twin = yield* Effect.promise(() =>
            inBrowser.verifyUses(one.bundle, one.key, one.receipt).then(
              (found) => found.map(({ member }) => member).join(" "),
              (cause: unknown) => (cause instanceof Unproven ? "unproven" : Promise.reject(cause))
            )
          )
          assert.strictEqual(twin, expected[i], one.name)
        }
      }).pipe(Effect.provide(revocationLayer)),
    60_000
  )

  it.live(
    "names in Chromium the first entry that does not hold, whichever byte of its document or proof is another one",
    () =>
      Effect.gen(function* () {
        const [{ bundle, key }] = (yield* makeCases) as [Case, ...ReadonlyArray<Case>]
        const places = (yield* Effect.promise(() => inBrowser.verifyUses(bundle, key))).map(({ index }) => index)
        const bits = seededBits("one byte")
        const changed = (text: string): string => {
          // Any byte but those of the line that says which entry is spoken of.
          const { index, 0: line } = /\nindex \d+\n/.exec(text) ?? { index: 0, 0: "" }
          const free = uniformInt(bits, text.length - line.length)
          const at = free < index ? free : free + line.length
          return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1)
        }
        for (let trial = 0; trial < 60; trial++) {
          const bad = uniformInt(bits, bundle.uses.length)
          const part = (["document", "proof"] as const)[trial % 2]!
          const uses = bundle.uses.map((use, i) => (i === bad ? { ...use, [part]: changed(use[part]) } : use))
          const [found, entry] = yield* Effect.promise(() => inChromium({ name: "", bundle: { ...bundle, uses }, key }))
          assert.deepStrictEqual([found, entry], ["unproven", places[bad]], `${part} of use ${bad}, trial ${trial}`)
        }
      }).pipe(Effect.provide(revocationLayer)),
    60_000
  )
})
