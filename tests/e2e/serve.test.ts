import { mkdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import type { ChildProcess } from "node:child_process"
import { openBrowser } from "../dashboard/openBrowser.ts"
import { stewardJourney } from "../dashboard/stewardJourney.ts"
import { walk } from "../dashboard/walk.ts"
import { walks } from "../dashboard/walks.ts"
import type { Links } from "../dashboard/walk.ts"
import { assay, assayJson, freshHome, startAssay } from "../assay.ts"
import { Role } from "#dashboard/api/Role.ts"

/** Pictures of the real demo for the README; only on request, since a test run should leave the repository as it was. */
const pictures =
  process.env["ASSAY_SCREENSHOTS"] === undefined
    ? undefined
    : fileURLToPath(new URL("../../docs/screenshots", import.meta.url))

describe("npm start on an empty home", () => {
  const home = freshHome()
  const at = ["--home", home]
  let server: ChildProcess
  let said = ""
  let url = ""
  let links: Links

  beforeAll(async () => {
    server = startAssay(["start", "--port", "0", ...at])
    server.stderr!.setEncoding("utf8").on("data", (text: string) => (said += text))
    await new Promise<void>((resolve, reject) => {
      server.stderr!.on("data", () => (said.includes("Ctrl-C stops") ? resolve() : undefined))
      server.on("close", () => reject(new Error(`the server ended:\n${said}`)))
    })
    url = /http:\/\/localhost:\d+/.exec(said)![0]
    links = await freshLinks()
  }, 180_000)
  afterAll(async () => {
    const closed = new Promise((resolve) => server.on("close", resolve))
    server.kill("SIGTERM")
    await closed
  })

  const freshLinks = async (): Promise<Links> => {
    const port = new URL(url).port
    const links: Record<string, string> = {}
    for (const role of Role.literals) {
      links[role] = (await assayJson<{ link: string }>("sign-in", role, "--port", port, ...at)).link
    }
    return links as Links
  }

  it("makes the demo with progress, then prints its address and a link for each role", () => {
    assert.match(said, /\d+\/\d+\] core\.order: [\d,]+ rows/)
    assert.match(said, /became 3 listed products/)
    for (const role of Role.literals) assert.match(said, new RegExp(`${role}\\s+http://localhost`))
  })

  for (const [language, theme, width] of walks(pictures)) {
    it(`sells a real version in the browser: ${language}, ${theme}, ${width} px`, async () => {
      if (pictures !== undefined) mkdirSync(pictures, { recursive: true })
      const fresh = await freshLinks()
      const trouble = await walk(url, fresh, {
        language,
        theme,
        width,
        ...(pictures === undefined ? {} : { pictures })
      })
      assert.deepStrictEqual(trouble, { console: [], policy: [], foreign: [], overflow: [], access: [] })
    }, 180_000)
  }

  for (const [language, theme, width] of walks(pictures)) {
    it(`shows a steward everything between source and price: ${language}, ${theme}, ${width} px`, async () => {
      const { steward } = await freshLinks()
      const browser = await openBrowser()
      try {
        await stewardJourney(browser, steward, { language, theme, width, pictures })
      } finally {
        await browser.close()
      }
    }, 120_000)
  }

  it("takes over verbs that need the warehouse it holds, and does not mind those that do not", async () => {
    const { assets } = await assayJson<{ assets: ReadonlyArray<{ key: string }> }>("ls", "group:release", ...at)
    assert.deepStrictEqual(assets.map(({ key }) => key).sort(), [
      "release.buyer_region_preference",
      "release.decision_chain",
      "release.sme_digital_maturity"
    ])
    const { products } = await assayJson<{ products: ReadonlyArray<unknown> }>("product", "list", ...at)
    assert.strictEqual(products.length, 3)
    const unknown = await assay("show", "core.nothing", ...at)
    assert.strictEqual(unknown.exit, 4)
  })

  it("answers only to its own name and origin", async () => {
    const { port } = new URL(url)
    assert.strictEqual((await fetch(`http://127.0.0.1:${port}/api/products`)).status >= 400, true)
    const foreign = await fetch(`${url}/api/sign-in`, {
      method: "POST",
      headers: { origin: "https://elsewhere.example", "content-type": "application/json" },
      body: JSON.stringify({ token: links.buyer.split("#")[1] })
    })
    assert.isAtLeast(foreign.status, 400)
    const api = (await (await fetch(`${url}/api/openapi.json`)).json()) as { openapi: string; paths: object }
    assert.match(api.openapi, /^3\.1/)
    assert.isAtLeast(Object.keys(api.paths).length, 10)
  })

  it("refuses a second server on the same home", async () => {
    const second = await assay("serve", "--port", "0", ...at)
    assert.strictEqual(second.exit, 5)
  })
})
