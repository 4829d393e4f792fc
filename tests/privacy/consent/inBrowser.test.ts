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
import { policyOfKey, Unsound, verifyUses } from "#core/log/verifier/assay-verify.mjs"
import { Unproven, verifyUsesInBrowser } from "#core/log/verifier/inBrowser.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import type { UseBundle } from "#privacy/consent/use/UseBundle.ts"
import { openBrowser } from "../../dashboard/openBrowser.ts"
import { enrolMany, revocationLayer, useOf } from "./revocationHouse.ts"

interface Case {
  readonly name: string
  readonly bundle: UseBundle
  readonly key: string
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
  const other = (name: string): string => `${name}${key.slice(key.indexOf("+"))}`
  return [
    { name: "all uses of a subject", bundle: mine, key },
    { name: "no uses", bundle: { ...mine, uses: [] }, key },
    { name: "an absence", bundle: absent, key },
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
const inNode = ({ bundle, key }: Case): string => {
  try {
    return verifyUses(bundle, policyOfKey(key))
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
    const source = fileURLToPath(new URL("../../../core/log/verifier/inBrowser.ts", import.meta.url))
    const script = stripTypeScriptTypes(readFileSync(source, "utf8"))
    server = createServer((request, response) => {
      const isScript = request.url === "/inBrowser.js"
      response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" })
      response.end(isScript ? script : "<!doctype html><title>check</title>")
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
  const inChromium = ({ bundle, key }: Case): Promise<string> =>
    page.evaluate<string>(`(async () => {
      const { verifyUsesInBrowser, Unproven } = await import("/inBrowser.js")
      try {
        const found = await verifyUsesInBrowser(${JSON.stringify(bundle)}, ${JSON.stringify(key)})
        return found.map(({ member }) => member).join(" ")
      } catch (cause) {
        if (cause instanceof Unproven) return "unproven"
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
        assert.deepStrictEqual(expected.slice(1, 3), ["", "absent"])
        for (const [i, { name }] of cases.entries()) if (i > 2) assert.strictEqual(expected[i], "unproven", name)
        for (const [i, one] of cases.entries()) {
          assert.strictEqual(yield* Effect.promise(() => inChromium(one)), expected[i], one.name)
          const twin = yield* Effect.promise(() =>
            verifyUsesInBrowser(one.bundle, one.key).then(
              (found) => found.map(({ member }) => member).join(" "),
              (cause: unknown) => (cause instanceof Unproven ? "unproven" : Promise.reject(cause))
            )
          )
          assert.strictEqual(twin, expected[i], one.name)
        }
      }).pipe(Effect.provide(revocationLayer)),
    60_000
  )
})
