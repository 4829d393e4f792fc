import { rmSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import type { EmbedMade } from "#dashboard/api/embed/EmbedMade.ts"
import type { EmbedToken } from "#dashboard/api/embed/EmbedToken.ts"
import type { PublicPrice } from "#dashboard/api/embed/PublicPrice.ts"
import type { ProductCard } from "#dashboard/api/ProductCard.ts"
import { judgeEmbed } from "#dashboard/server/embed/judgeEmbed.ts"
import { originOf } from "#dashboard/server/embed/originOf.ts"
import { lineageOf } from "#dashboard/server/view/lineageOf.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { embedWords } from "#dashboard/web/face/embed/embedWords.ts"
import { snippetOf } from "#dashboard/web/face/embed/snippetOf.ts"
import { formatMoney } from "#dashboard/web/format/formatMoney.ts"
import { buildWeb } from "./buildWeb.ts"
import { callHouse } from "./callHouse.ts"
import { startJourney } from "./journey.ts"
import { openBrowser } from "./openBrowser.ts"
import { openHouse } from "./openHouse.ts"
import { walks } from "./walks.ts"

const pictures =
  process.env["ASSAY_SCREENSHOTS"] === undefined ? undefined : join(import.meta.dirname, "../../docs/screenshots")
const partner = "https://erp.example.com"

describe("a token for pages of others", () => {
  let house: Awaited<ReturnType<typeof openHouse>>
  let steward: string
  let buyer: string
  let made: EmbedMade
  let web: string
  let browser: Browser
  beforeAll(async () => {
    web = await buildWeb()
    house = await openHouse(web)
    browser = await openBrowser()
    steward = await house.signIn("steward")
    buyer = await house.signIn("buyer")
    made = await call<EmbedMade>("/api/embeds", steward, request)
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await house.close()
    rmSync(web, { recursive: true, force: true })
  })

  const request = { kind: "product", target: "orders_by_state", origins: [partner], days: 30 }
  const call = callHouse(() => house.base)
  type Failure = { readonly error: { readonly code: string } }
  const price = "/api/embed/v1/products/orders_by_state/price"

  /** As a page of that origin would have its browser ask. */
  const ask = async (path: string, headers: Readonly<Record<string, string>>, method = "GET") => {
    const answer = await fetch(`${house.base}${path}`, { method, headers })
    const text = await answer.text()
    return {
      status: answer.status,
      allows: answer.headers.get("access-control-allow-origin"),
      code: answer.ok ? undefined : (JSON.parse(text) as Failure).error.code,
      text,
      headers: answer.headers
    }
  }
  const with_ = (secret: string, origin: string = partner) => ({ origin, authorization: `Bearer ${secret}` })

  it("shows the price that buyers see, to the page that it is for and to no other", async () => {
    const told = await ask(price, with_(made.secret))
    expect([told.status, told.allows, told.headers.get("vary")]).toEqual([
      200,
      partner,
      expect.stringMatching(/origin/i)
    ])
    expect(told.headers.get("access-control-allow-credentials")).toBeNull()
    const shown = JSON.parse(told.text) as PublicPrice
    const [card] = await call<ReadonlyArray<ProductCard>>("/api/products", buyer)
    expect(shown).toMatchObject({ product: "orders_by_state", price: card!.price, version: card!.version })
    expect(shown.priceTree).toMatchObject({ value: card!.price.minor, unit: "minor" })
    for (const other of ["https://evil.example.com", `${partner}:8443`, "null"])
      expect(await ask(price, with_(made.secret, other))).toMatchObject({
        status: 403,
        allows: null,
        code: "embed.origin"
      })
    // Nobody who names no page at all is answered either.
    expect(await ask(price, { authorization: `Bearer ${made.secret}` })).toMatchObject({
      status: 403,
      code: "embed.origin"
    })
  })

  it("opens nothing else: no other product, no asset, no route that a session opens, and no cookie helps", async () => {
    for (const path of ["/api/embed/v1/products/role_stage/price", "/api/embed/v1/assets/raw.sample__orders/lineage"])
      expect(await ask(path, with_(made.secret))).toMatchObject({ status: 403, code: "embed.scope" })
    const { origin: _, ...bearer } = with_(made.secret)
    for (const path of ["/api/products/orders_by_state", "/api/embeds", "/api/v1/lookup/orders_by_state?state=x"])
      expect((await ask(path, bearer)).status).toBe(401)
    expect(await ask("/api/products", with_(made.secret))).toMatchObject({
      status: 403,
      code: "request.origin",
      allows: null
    })
    expect(await ask(price, { ...with_(made.secret), cookie: buyer })).toMatchObject({
      status: 403,
      code: "embed.cookie"
    })
    expect(await ask(price, { origin: partner, cookie: buyer })).toMatchObject({ status: 403, code: "embed.cookie" })
    for (const secret of ["", "emb_", `emb_${"A".repeat(43)}`, `${made.secret}A`])
      expect(await ask(price, with_(secret))).toMatchObject({ status: 401, code: "session.embed", allows: null })
  })

  it("is announced to browsers only for origins that some token is for", async () => {
    const preflight = (origin: string) => ask(price, { origin, "access-control-request-method": "GET" }, "OPTIONS")
    const admitted = await preflight(partner)
    expect([admitted.status, admitted.allows]).toEqual([204, partner])
    expect(admitted.headers.get("access-control-allow-methods")).toBe("GET")
    expect(await preflight("https://evil.example.com")).toMatchObject({ status: 403, allows: null })
  })

  it("is kept as a hash, made and taken back by stewards and admins alone, and logged with what it was used for", async () => {
    expect((await call<Failure>("/api/embeds", buyer, request)).error.code).toBe("role.refused")
    const admin = await house.signIn("admin")
    const second = await call<EmbedMade>("/api/embeds", admin, request)
    const kept = await house.run(Records.use((records) => records.read((db) => db.all("select * from embed_token"))))
    expect(JSON.stringify(kept)).not.toContain(second.secret)
    expect((await ask(price, with_(second.secret))).status).toBe(200)
    const ended = await call<EmbedToken>(`/api/embeds/${second.token.id}/revoke`, steward, "post")
    expect(ended).toMatchObject({ state: "revoked", revokedBy: expect.any(String) })
    // Its own page may read why.
    expect(await ask(price, with_(second.secret))).toMatchObject({
      status: 401,
      code: "session.embed-ended",
      allows: partner
    })
    expect(await call<EmbedToken>(`/api/embeds/${second.token.id}/revoke`, steward, "post")).toEqual(ended)
    expect((await call<Failure>("/api/embeds/emb_none/revoke", steward, "post")).error.code).toBe("embed.unknown")
    const list = () => call<ReadonlyArray<EmbedToken>>("/api/embeds", steward)
    await expect
      .poll(async () => (await list()).find(({ id }) => id === second.token.id), { timeout: 5000 })
      .toMatchObject({
        shown: 1,
        refused: 1
      })
    const decisions = await house.run(
      Records.use((records) => records.read((db) => db.all("select * from access_decision where action = 'embed'")))
    )
    expect(decisions).toContainEqual(
      expect.objectContaining({
        name: second.token.id,
        allowed: 0,
        because: "ended",
        resource: `product orders_by_state on ${partner}`
      })
    )
    await house.run(Log.use((log) => log.drain))
    expect((await house.run(Log.use((log) => log.verify))).sound).toBe(true)
  })

  it("ends by itself", async () => {
    const past = new Date(Date.now() - 1000).toISOString()
    const brief = await call<EmbedMade>("/api/embeds", steward, request)
    await house.run(
      Records.use((records) =>
        records.write((db) =>
          db.run("update embed_token set expires_at = $past where id = $id", { past, id: brief.token.id })
        )
      )
    )
    expect(await ask(price, with_(brief.secret))).toMatchObject({ status: 401, code: "session.embed-ended" })
  })

  it("shows the price in a browser on the page that it is for, and says why not on another", async () => {
    const [page, close] = await servePage()
    const [other, closeOther] = await servePage()
    try {
      const { secret, token } = await call<EmbedMade>("/api/embeds", steward, { ...request, origins: [page.origin] })
      const snippet = snippetOf(house.base, token, secret, "en")
      const window = await browser.newContext({ locale: "zh-CN" })
      const show = async (where: { origin: string; body: string }) => {
        where.body = `<!doctype html><html lang="fr"><title>ERP</title><h1>ERP</h1>${snippet}`
        const tab = await window.newPage()
        await tab.goto(where.origin)
        return tab
      }
      const shown = await show(page)
      await shown.locator("assay-price svg").first().waitFor()
      const [card] = await call<ReadonlyArray<ProductCard>>("/api/products", buyer)
      await shown.locator("assay-price").getByText(formatMoney(card!.price, "en"), { exact: true }).first().waitFor()
      await shown.locator("assay-price").getByText("List price on").waitFor()
      // What is not known says so; the page around is left as it was.
      await shown.getByText("Nothing is known of where this comes from.").waitFor()
      expect(await shown.evaluate(() => [document.documentElement.lang, Object.keys(localStorage).length])).toEqual([
        "fr",
        0
      ])
      const refused = await show(other)
      await refused.locator("assay-price").getByText("its token is not for this page").waitFor()
      await call(`/api/embeds/${token.id}/revoke`, steward, "post")
      await shown.reload()
      await shown.locator("assay-price").getByText("The token has expired or was taken back.").waitFor()
      await window.close()
    } finally {
      close()
      closeOther()
    }
  }, 60_000)

  for (const [language, theme, width] of walks(pictures)) {
    it(`is made, tried and taken back by a steward in ${language}, ${theme}, ${width} px wide`, async () => {
      const link = await house.run(mintLink("steward", Number(new URL(house.base).port)))
      const journey = await startJourney(browser, link, { language, theme, width, pictures })
      const { page } = journey
      const own = embedWords(language).page
      await journey.open("/embeds")
      await page.getByLabel(own.product, { exact: true }).fill("orders_by_state")
      await page.getByLabel(own.origins).fill(partner)
      await page.getByRole("button", { name: own.submit }).click()
      await page.locator("#snippet").getByText("/embed.js").waitFor()
      await page.locator("embedded-price svg").first().waitFor()
      await journey.look("embed")
      await page.getByRole("button", { name: own.hide }).click()
      await page
        .getByRole("button", { name: own.revokeOne("orders_by_state") })
        .first()
        .click()
      await page.getByRole("button", { name: own.sure("orders_by_state") }).click()
      await page.getByText(own.states.revoked).first().waitFor()
      journey.expectNone()
    }, 60_000)
  }

  it("is made for nothing that is not for sale or is not there", async () => {
    const codes = async (more: object) =>
      (await call<Failure>("/api/embeds", steward, { ...request, ...more })).error.code
    expect(await codes({ target: "no_such" })).toMatch(/^product\./)
    expect(await codes({ kind: "asset", target: "core.none" })).toBe("asset.unknown")
    expect(await codes({ origins: ["http://erp.example.com"] })).toBe("embed.origin-form")
    expect(await codes({ target: "../x" })).toMatch(/^request\./)
    expect(await codes({ days: 0 })).toMatch(/^request\./)
    expect(await codes({ origins: [] })).toMatch(/^request\./)
  })
})

/** A page of another origin on this machine, with the body that it is given. */
async function servePage() {
  const page = { origin: "", body: "" }
  const server = createServer((_request, response) =>
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page.body)
  )
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  page.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return [page, () => void server.close()] as const
}

describe("what an asset is made from", () => {
  const facts = [
    ["raw.a", []],
    ["raw.b", []],
    ["core.a", ["raw.a"]],
    ["release.p", ["core.a"]]
  ].map(([key, deps]) => ({
    asset: { key, deps, group: String(key).split(".")[0], kind: key === "release.p" ? "release" : "table" },
    made: { rows: 12345, madeAt: "2026-11-01" }
  }))
  const engine = Layer.mock(Engine)({ facts: Effect.succeed(facts as never) })

  it("is told by names alone, back to the sources, without a count or a time", async () => {
    const told = await Effect.runPromise(Effect.provide(lineageOf("release.p"), engine))
    expect(told.nodes.map(({ key, barrier }) => [key, barrier])).toEqual([
      ["release.p", true],
      ["core.a", false],
      ["raw.a", false]
    ])
    expect(told.edges).toEqual([
      { from: "core.a", to: "release.p" },
      { from: "raw.a", to: "core.a" }
    ])
    expect(JSON.stringify(told)).not.toMatch(/12345|2026/)
    await expect(Effect.runPromise(Effect.provide(lineageOf("raw.none"), engine))).rejects.toThrow("no such asset")
  })
})

describe("judging a request by a token", () => {
  const grant = {
    kind: "product",
    target: "a",
    origins: [partner],
    expiresAt: "2026-12-01T00:00:00.000Z",
    revokedAt: null
  } as const
  const asked = {
    origin: partner,
    own: "http://localhost:1",
    kind: "product",
    target: "a",
    now: "2026-11-01T00:00:00.000Z"
  } as const

  it("tells a page that the token is not for nothing else of it", () => {
    expect(judgeEmbed(undefined, asked)).toBe("unknown")
    expect(judgeEmbed(grant, asked)).toBeUndefined()
    expect(judgeEmbed(grant, { ...asked, origin: asked.own })).toBeUndefined()
    expect(judgeEmbed({ ...grant, revokedAt: "2026-10-01" }, { ...asked, origin: "https://x.example" })).toBe("origin")
    expect(judgeEmbed(grant, { ...asked, origin: undefined })).toBe("origin")
    expect(judgeEmbed(grant, { ...asked, now: grant.expiresAt })).toBe("ended")
    expect(judgeEmbed(grant, { ...asked, kind: "asset" })).toBe("scope")
  })

  it("takes origins as browsers send them, with encryption but on the own machine", () => {
    expect(originOf("https://erp.example.com/")).toBe(partner)
    expect(originOf("http://localhost:9000")).toBe("http://localhost:9000")
    for (const bad of [
      "erp.example.com",
      "http://erp.example.com",
      "https://a.example/path",
      "https://u:p@a.example",
      "null",
      "*",
      "javascript:1",
      ""
    ])
      expect(() => originOf(bad), bad).toThrow(/origin/)
  })
})
