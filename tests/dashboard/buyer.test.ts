import { createHash, verify } from "node:crypto"
import { readFileSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { tell } from "#catalog/notice/tell.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { BuyerAccess } from "#dashboard/api/buyer/BuyerAccess.ts"
import type { BuyerNotice } from "#dashboard/api/buyer/BuyerNotice.ts"
import type { Credential } from "#dashboard/api/buyer/Credential.ts"
import type { OwnScenario } from "#dashboard/api/buyer/OwnScenario.ts"
import type { RecallReceipt } from "#dashboard/api/buyer/RecallReceipt.ts"
import type { ScenarioMatch } from "#dashboard/api/buyer/ScenarioMatch.ts"
import type { UsageLine } from "#dashboard/api/buyer/UsageLine.ts"
import type { Order } from "#dashboard/api/Order.ts"
import type { Quote } from "#dashboard/api/Quote.ts"
import type { ProductAttack } from "#dashboard/api/product/ProductAttack.ts"
import type { ProductRecord } from "#dashboard/api/product/ProductRecord.ts"
import type { UsageTotal } from "#dashboard/api/UsageTotal.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { buyerCatalogWords } from "#dashboard/web/face/buyer/buyerCatalogWords.ts"
import { buyerWords } from "#dashboard/web/face/buyer/buyerWords.ts"
import { listVersion } from "../catalog/listVersion.ts"
import { sampleVersion } from "../catalog/sampleVersion.ts"
import { buildWeb } from "./buildWeb.ts"
import { callHouse } from "./callHouse.ts"
import { startJourney } from "./journey.ts"
import { openBrowser } from "./openBrowser.ts"
import { openHouse } from "./openHouse.ts"
import { sampleCertificate } from "./sampleCertificate.ts"
import { walks } from "./walks.ts"

const pictures =
  process.env["ASSAY_SCREENSHOTS"] === undefined ? undefined : join(import.meta.dirname, "../../docs/screenshots")

const scenario = {
  name: "market_entry",
  purpose: "dpv:MarketResearch",
  required: ["state"],
  optional: ["orders"],
  threshold: 50
}

const column = (name: string, part: "key" | "measure", unit: string) => ({
  name,
  label: { zh: `${name} 列`, en: name },
  type: part === "key" ? "VARCHAR" : "BIGINT",
  part,
  unit,
  note: { zh: "", en: "" }
})

/** A second product, whose certificate is whole, so that its page can be shown. */
const listPairs = Effect.gen(function* () {
  const { shelf } = yield* Home
  const fresh = join(shelf, "pairs.parquet")
  const rows = `select role, stage, (r * 100 + s * 10)::bigint as accounts
    from (values ('甲', 1), ('乙', 2), ('丙', 3)) a(role, r), (values ('一', 1), ('二', 2), ('三', 3)) b(stage, s)`
  yield* (yield* Warehouse).run(`copy (${rows}) to ${quoteText(fresh)} (format parquet)`)
  const artefact = createHash("sha256").update(readFileSync(fresh)).digest("hex")
  renameSync(fresh, join(shelf, `${artefact}.parquet`))
  const catalog = yield* Catalog
  const columns = [column("role", "key", ""), column("stage", "key", ""), column("accounts", "measure", "subject")]
  yield* (yield* Records).write((db) =>
    listVersion(
      db,
      catalog,
      sampleVersion({ product: "role_stage", release: "rel_2", artefact, certificate: sampleCertificate, columns })
    )
  )
})

describe("the buyer's face", () => {
  let web: string
  let house: Awaited<ReturnType<typeof openHouse>>
  let browser: Browser
  let mine: string
  let theirs: string
  let steward: string
  beforeAll(async () => {
    web = await buildWeb()
    house = await openHouse(web)
    await house.run(listPairs)
    browser = await openBrowser()
    mine = await house.signIn("buyer")
    theirs = await house.signIn("buyer", "another-buyer")
    steward = await house.signIn("steward")
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await house.close()
    rmSync(web, { recursive: true, force: true })
  })

  const call = callHouse(() => house.base)
  type Failure = { readonly error: { readonly code: string } }
  const buy = async (): Promise<Order> => {
    const quote = await call<Quote>("/api/quotes", mine, { product: "orders_by_state" })
    const order = await call<Order>("/api/orders", mine, { quote: quote.id })
    return call<Order>(`/api/orders/${order.id}/pay`, steward, "post")
  }

  it("ranks what is on sale by Fit, says what is missing, and quotes the smallest part that is enough", async () => {
    const matches = await call<ReadonlyArray<ScenarioMatch>>("/api/buyer/scenarios", mine, scenario)
    expect(matches.map(({ product }) => product)).toEqual(["orders_by_state", "role_stage"])
    const [match] = matches
    expect(match).toMatchObject({ product: "orders_by_state", gate: true, missing: [], forbidden: [] })
    expect(match!.fields.map(({ field, how }) => [field, how])).toEqual([
      ["state", "exact"],
      ["orders", "none"]
    ])
    const asked = { ...scenario, required: ["blood_type"], purpose: "dpv:Marketing" }
    const [none] = await call<ReadonlyArray<ScenarioMatch>>("/api/buyer/scenarios", mine, asked)
    expect(none).toMatchObject({ fit: 0, gate: false, missing: ["blood_type"], forbidden: ["dpv:Marketing"] })
    // Another buyer's scenario of the same name is another scenario: mine is not replaced by it.
    await call("/api/buyer/scenarios", theirs, { ...scenario, required: ["spend"] })
    const own = await call<ReadonlyArray<OwnScenario>>("/api/buyer/scenarios", mine)
    expect(own.map(({ name, purpose }) => [name, purpose])).toEqual([["market_entry", "dpv:Marketing"]])
    expect(own[0]!.fits.map(({ product }) => product).toSorted()).toEqual(["orders_by_state", "role_stage"])
    expect(await call("/api/buyer/scenarios", steward)).toMatchObject({ error: { code: "role.refused" } })
    for (const bad of [
      { ...scenario, name: "../x" },
      { ...scenario, required: [] },
      { ...scenario, freshness: "soon" }
    ]) {
      expect((await call<Failure>("/api/buyer/scenarios", mine, bad)).error.code).toMatch(/^(request|scenario)\./)
    }
  })

  it("hands out keys and sharing profiles for what was paid, to the buyer alone, and ends them at once", async () => {
    const order = await buy()
    expect((await call<Failure>("/api/buyer/keys", theirs, { holder: order.id })).error.code).toBe("access.unknown")
    expect((await call<Failure>("/api/buyer/shares", theirs, { holder: order.id })).error.code).toBe("access.unknown")
    const key = await call<Credential>("/api/buyer/keys", mine, { holder: order.id })
    const rows = () =>
      fetch(`${house.base}/api/v1/lookup/orders_by_state?state=state%201`, {
        headers: { authorization: `Bearer ${key.secret}` }
      })
    expect((await rows()).status).toBe(200)
    const share = await call<Credential>("/api/buyer/shares", mine, { holder: order.id })
    const profile = JSON.parse(share.secret) as { readonly endpoint: string; readonly bearerToken: string }
    const tables = () =>
      fetch(`${profile.endpoint}/shares`, { headers: { authorization: `Bearer ${profile.bearerToken}` } })
    expect((await tables()).status).toBe(200)
    const access = await call<BuyerAccess>("/api/buyer/access", mine)
    expect(access.keys.map(({ id }) => id)).toEqual([key.id])
    expect(JSON.stringify(access)).not.toContain(key.secret)
    expect((await call<BuyerAccess>("/api/buyer/access", theirs)).keys).toEqual([])
    expect((await call<Failure>(`/api/buyer/keys/${key.id}/revoke`, theirs, "post")).error.code).toBe("access.unknown")
    await call(`/api/buyer/keys/${key.id}/revoke`, mine, "post")
    await call(`/api/buyer/shares/${share.id}/revoke`, mine, "post")
    expect((await rows()).status).toBeGreaterThanOrEqual(400)
    expect((await tables()).status).toBeGreaterThanOrEqual(400)
  })

  it("attacks every offer of a product with all others, and says how", async () => {
    const attack = await call<ProductAttack>("/api/products/orders_by_state/attack", mine)
    expect(attack.searched).toMatchObject({ versions: 1, calls: false })
    expect(attack.offers[0]).toMatchObject({ id: "full", slice: null, accuracy: 1, verdict: "safe" })
    expect(attack.offers.every(({ verdict }) => verdict !== "beaten")).toBe(true)
    expect((await call<Failure>("/api/products/no_such/attack", mine)).error.code).toMatch(/unknown|version/)
  })

  it("tells what a product was assessed on, but for what stewards keep", async () => {
    const before = await call<ProductRecord>("/api/products/orders_by_state/record", mine)
    expect(before).toMatchObject({ assessment: null, versions: [{ contract: "1.0.0", level: "first" }] })
    const item = (id: string, score: number) => ({
      id,
      name: { zh: id, en: id },
      score,
      state: "measured",
      evidence: [{ note: `of ${id}`, when: "2026-11-01T00:00:00.000Z", signer: "demo-steward-1", isDemo: true }]
    })
    const index = {
      index: 91,
      profileName: { zh: "a", en: "a" },
      method: { zh: "b", en: "b" },
      gates: [{ id: "G1", name: { zh: "c", en: "c" }, passed: true, evidence: [{ note: "a secret of the gate" }] }],
      domains: [
        {
          id: "security",
          name: { zh: "d", en: "d" },
          weight: 16,
          score: 0.8,
          items: [item("budget_headroom", 0.123), item("attack_results", 0.456), item("access_log", 0.9)]
        }
      ]
    }
    const document = JSON.stringify({ digest: "abc", at: "2026-11-01T00:00:00.000Z", version: "2026-11.1", index })
    await house.run(
      Records.use((records) =>
        records.write((db) =>
          db.run(
            "insert into assessment select 'abc', product, id, '2026-11-01', $document from product_version where product = 'orders_by_state'",
            { document }
          )
        )
      )
    )
    const told = await call<ProductRecord>("/api/products/orders_by_state/record", mine)
    expect(told.assessment?.domains[0]?.items.map(({ id, score }) => [id, score])).toEqual([
      ["budget_headroom", null],
      ["attack_results", null],
      ["access_log", 0.9]
    ])
    expect(JSON.stringify(told)).not.toMatch(/0\.123|0\.456|of budget|of attack|secret|demo-steward/)
  })

  it("has an inbox of its own, where a notice that is another's is unknown", async () => {
    expect(await call<ReadonlyArray<object>>("/api/buyer/inbox", mine)).toEqual([])
    expect((await call<Failure>("/api/buyer/inbox/ntc_none/read", mine, "post")).error.code).toBe("notice.unknown")
  })

  it("takes down that nothing of a recalled version is left, once, and only from who was told", async () => {
    const order = await buy()
    const at = "2026-11-20T00:00:00.000Z"
    const recall = "rcl_test"
    await house.run(
      Records.use((records) =>
        records.write((db) => {
          const document = JSON.stringify({ artefact: house.artefact })
          db.run(
            `insert into recall_notice (id, order_id, version_id, document, signature, at)
             select $recall, $order, id, $document, 'x', $at from product_version where product = 'orders_by_state'`,
            { recall, order: order.id, document, at }
          )
          tell(db, order.buyer, {
            kind: "recall",
            product: "orders_by_state",
            version: "2026-11.1",
            at,
            text: { zh: "已召回", en: "Called back" },
            facts: { recall, order: order.id }
          })
        })
      )
    )
    const inbox = () => call<ReadonlyArray<BuyerNotice>>("/api/buyer/inbox", mine)
    expect((await inbox())[0]).toMatchObject({
      kind: "recall",
      recall: { id: recall, order: order.id, attestedAt: null }
    })
    expect((await call<Failure>(`/api/buyer/recalls/${recall}/attest`, theirs, "post")).error.code).toBe(
      "recall.unknown"
    )
    expect((await call<Failure>(`/api/buyer/recalls/${recall}/attest`, steward, "post")).error.code).toBe(
      "role.refused"
    )
    const receipt = await call<RecallReceipt>(`/api/buyer/recalls/${recall}/attest`, mine, "post")
    const { publicKey } = await house.run(Home)
    expect(verify(null, Buffer.from(receipt.document), publicKey, Buffer.from(receipt.signature, "base64url"))).toBe(
      true
    )
    expect(JSON.parse(receipt.document)).toMatchObject({ notice: recall, order: order.id, declares: "nothing-is-left" })
    expect(await call(`/api/buyer/recalls/${recall}/attest`, mine, "post")).toEqual(receipt)
    expect((await inbox())[0]!.recall!.attestedAt).toBe(receipt.at)
  })

  it("opens a total of use to its single uses, of the buyer alone", async () => {
    const order = await buy()
    const key = await call<Credential>("/api/buyer/keys", mine, { holder: order.id })
    for (const state of ["1", "2"])
      await fetch(`${house.base}/api/v1/lookup/orders_by_state?state=state%20${state}`, {
        headers: { authorization: `Bearer ${key.secret}` }
      })
    const totals = await call<ReadonlyArray<UsageTotal>>("/api/usage", mine)
    const { period, product, version, meter, quantity, events } = totals[0]!
    const query = new URLSearchParams({ period, product, version, meter })
    const lines = await call<ReadonlyArray<UsageLine>>(`/api/buyer/usage?${query}`, mine)
    expect(lines).toHaveLength(events)
    expect(lines.reduce((sum, line) => sum + line.quantity, 0)).toBe(quantity)
    expect(await call(`/api/buyer/usage?${query}`, theirs)).toEqual([])
    expect((await call<Failure>("/api/buyer/usage?period=2026-11", mine)).error.code).toMatch(/^request\./)
  })

  for (const [language, theme, width] of walks(pictures)) {
    it(`can be walked in ${language}, ${theme}, ${width} px wide: scenario, Fit, quote, compare, my data`, async () => {
      const link = await house.run(mintLink("buyer", Number(new URL(house.base).port)))
      const journey = await startJourney(browser, link, { language, theme, width, pictures })
      const words = buyerWords(language)
      const { page } = journey
      // The catalogue is narrowed by a facet, says so in its address, and two products are taken to be compared.
      const shop = buyerCatalogWords(language)
      await journey.open("/")
      await page.getByRole("button", { name: shop.kinds.dp_aggregate }).click()
      await page.waitForURL(/kind=dp_aggregate/)
      await page.getByRole("combobox", { name: shop.sort }).selectOption("tradability")
      await page.waitForURL(/sort=tradability/)
      for (const box of await page.getByRole("checkbox").all()) await box.check()
      await journey.look("buyer-catalog")
      await page.reload()
      const compare = await page.getByRole("link", { name: shop.compareNow }).getAttribute("href")
      expect(compare?.split("?")[1]?.split("&").toSorted()).toEqual(["p=orders_by_state", "p=role_stage"])
      await journey.open("/buyer/compare?p=role_stage")
      await page.getByRole("table").waitFor()
      await journey.look("buyer-compare")
      await journey.open("/buyer")
      await page
        .getByRole("button", { name: /ord_.*(API key|接口密钥)|API key for ord_/ })
        .first()
        .click()
      await page.getByText(/ak_/).first().waitFor()
      await page.getByRole("button", { name: words.mine.hide }).click()
      await journey.look("buyer-my-data")
      await journey.open("/buyer/scenario")
      await page.getByLabel(words.scenario.required).fill("role")
      await page.getByLabel(words.scenario.optional).fill("stage, accounts")
      await page.getByLabel(words.scenario.threshold).fill("50")
      await page.getByRole("button", { name: words.scenario.search }).click()
      await page.locator("assay-fit").first().waitFor()
      await journey.look("buyer-scenario")
      const quote = page.getByRole("button", {
        name: new RegExp(words.scenario.quotePart("").replace(/[:：]\s*$/, ""))
      })
      const whole = page.getByRole("button", { name: words.scenario.quoteWhole })
      await quote.or(whole).first().click()
      await page.waitForURL(/\/quotes\//)
      await journey.look("buyer-quote")
      journey.expectNone()
    }, 120_000)
  }
})
