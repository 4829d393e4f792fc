import { rmSync } from "node:fs"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Backups } from "#dashboard/api/admin/Backups.ts"
import type { BuyersState } from "#dashboard/api/admin/BuyersState.ts"
import type { Caps } from "#dashboard/api/admin/Caps.ts"
import type { MoneyState } from "#dashboard/api/admin/MoneyState.ts"
import type { Business } from "#dashboard/api/executive/Business.ts"
import type { Portfolio } from "#dashboard/api/executive/Portfolio.ts"
import type { Risk } from "#dashboard/api/executive/Risk.ts"
import type { Order } from "#dashboard/api/Order.ts"
import type { Quote } from "#dashboard/api/Quote.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { adminWords } from "#dashboard/web/face/admin/adminWords.ts"
import { buildWeb } from "./buildWeb.ts"
import { callHouse } from "./callHouse.ts"
import { startJourney } from "./journey.ts"
import { openBrowser } from "./openBrowser.ts"
import { openHouse } from "./openHouse.ts"
import { walks } from "./walks.ts"

const pictures =
  process.env["ASSAY_SCREENSHOTS"] === undefined ? undefined : join(import.meta.dirname, "../../docs/screenshots")

describe("the faces of admins and executives", () => {
  let web: string
  let house: Awaited<ReturnType<typeof openHouse>>
  let browser: Browser
  let admin: string
  let second: string
  let executive: string
  beforeAll(async () => {
    web = await buildWeb()
    house = await openHouse(web)
    browser = await openBrowser()
    admin = await house.signIn("admin")
    second = await house.signIn("admin", "second-admin")
    executive = await house.signIn("executive")
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await house.close()
    rmSync(web, { recursive: true, force: true })
  })

  const call = callHouse(() => house.base)
  type Failure = { readonly error: { readonly code: string } }
  const entry = {
    buyer: "demo-buyer-1",
    legalEntity: "Acme Repair Ltd",
    country: "CN",
    taxId: "91310000MA1FL0X00K",
    industry: "C",
    evidence: "Extract of the register, 2026-11"
  }

  it("let one admin check a buyer and only another one confirm it", async () => {
    const noted = await call<BuyersState>("/api/admin/buyers", admin, entry)
    expect(noted.checks[0]).toMatchObject({ ...entry, by: "demo-admin-1", confirmedBy: null })
    const own = await call<Failure>("/api/admin/buyers/demo-buyer-1/confirm", admin, "post")
    expect(own.error.code).toMatch(/^buyer\./)
    const confirmed = await call<BuyersState>("/api/admin/buyers/demo-buyer-1/confirm", second, "post")
    expect(confirmed.checks[0]).toMatchObject({ confirmedBy: "second-admin" })
    for (const bad of [{ ...entry, country: "China" }, { ...entry, legalEntity: "a\u0000b" }, { buyer: "x" }]) {
      expect((await call<Failure>("/api/admin/buyers", admin, bad)).error.code).toBe("request.body")
    }
  })

  it("let one admin bar a buyer and only another one let them in again", async () => {
    const reason = "Resold against the terms"
    const barred = await call<BuyersState>("/api/admin/buyers/demo-buyer-1/block", admin, { reason })
    expect(barred.blocks).toMatchObject([{ buyer: "demo-buyer-1", reason, by: "demo-admin-1", liftedBy: null }])
    const buyer = await house.signIn("buyer")
    const quote = await call<Quote>("/api/quotes", buyer, { product: "orders_by_state" })
    const turned = await call<Failure>("/api/orders", buyer, { quote: quote.id })
    expect(turned.error.code).toBe("buyer.blocked")
    expect(JSON.stringify(turned)).not.toContain(reason)
    const own = await call<Failure>("/api/admin/buyers/demo-buyer-1/lift", admin, "post")
    expect(own.error.code).toBe("block.same-person")
    const lifted = await call<BuyersState>("/api/admin/buyers/demo-buyer-1/lift", second, "post")
    expect(lifted.blocks).toMatchObject([{ liftedBy: "second-admin" }])
  })

  it("let one admin lower a cap and only two raise it", async () => {
    const cap = { scope: "product", name: "orders_by_state" }
    const epsilons = ({ subCaps }: Caps): ReadonlyArray<number> =>
      subCaps.map((one) => Number(one.cap.epsilon.toFixed(3)))
    expect(epsilons(await call<Caps>("/api/admin/caps", admin, { ...cap, epsilon: "2" }))).toEqual([2])
    expect(epsilons(await call<Caps>("/api/admin/caps", admin, { ...cap, epsilon: "1.5" }))).toEqual([1.5])
    const asked = await call<Caps>("/api/admin/caps", admin, { ...cap, epsilon: "3" })
    expect(epsilons(asked)).toEqual([1.5])
    const [raise] = asked.raises
    expect(raise).toMatchObject({ ...cap, askedBy: "demo-admin-1" })
    const own = await call<Failure>(`/api/admin/caps/${raise!.id}/approve`, admin, "post")
    expect(own.error.code).toBe("cap.approver")
    const raised = await call<Caps>(`/api/admin/caps/${raise!.id}/approve`, second, "post")
    expect([epsilons(raised), raised.raises]).toEqual([[3], []])
    expect(raised.keys.map(({ id, isPrivate }) => [id, isPrivate])).toEqual([
      ["home", true],
      ["signing", true],
      ["log", null]
    ])
  })

  it("take up comparables, months and tax with their sources, and say what is wrong with a file", async () => {
    const comparables = (price: string) =>
      JSON.stringify({ source: "Exchange 3", date: "2026-11-01", comparables: [{ name: "a", price, gigabytes: 2 }] })
    const product = "orders_by_state"
    const money = await call<MoneyState>("/api/admin/comparables", admin, {
      product,
      document: comparables("256000.00 CNY")
    })
    expect(money.products).toMatchObject([{ id: product, market: { source: "Exchange 3", value: 25_600_000 } }])
    const { products } = await call<Portfolio>("/api/executive/portfolio", executive)
    expect(products).toMatchObject([
      { market: { median: 25_600_000, perGigabyte: 12_800_000 }, methods: [{ method: "market", figures: 1 }] }
    ])
    const refused = async (document: string): Promise<string> =>
      (await call<Failure>("/api/admin/comparables", admin, { product, document })).error.code
    expect(await refused("{")).toBe("comparables.json")
    expect(await refused(comparables("1.00 USD"))).toBe("value.currency")
    const csv = "month,total\n2026-01,10.00 CNY\n2026-02,20.00 CNY"
    const months = await call<MoneyState>("/api/admin/revenue/import", admin, { csv, source: "Annual report" })
    expect(months.revenue.map(({ month, source }) => [month, source])).toEqual([
      ["2026-02", "Annual report"],
      ["2026-01", "Annual report"]
    ])
    const tax = { country: "DE", percent: "19", since: "2026-01-01", note: "" }
    const { taxes } = await call<MoneyState>("/api/admin/tax", admin, tax)
    expect(taxes.find(({ country }) => country === "DE")).toMatchObject({ basisPoints: 1900, holds: true })
  })

  it("back the house up from a page and restore it on trial, one at a time", async () => {
    const begun = await call<Backups>("/api/admin/backups", admin, { drill: true })
    expect(begun.job).toMatchObject({ by: "demo-admin-1", endedAt: null, withDrill: true })
    expect((await call<Failure>("/api/admin/backups", second, { drill: false })).error.code).toBe("backup.running")
    const state = async (): Promise<Backups> => call<Backups>("/api/admin/backups", admin)
    await expect.poll(async () => (await state()).job!.endedAt, { timeout: 60_000 }).not.toBe(null)
    const { job, backups, drills } = await state()
    expect(job).toMatchObject({ step: "done", problem: null })
    expect(backups).toMatchObject([{ withKey: false }])
    expect(drills).toMatchObject([{ sound: true, problems: [] }])
  })

  it("show data's share of the revenue that an admin entered, and products in four values and their risk", async () => {
    const quote = await call<Quote>("/api/quotes", await house.signIn("buyer"), { product: "orders_by_state" })
    const order = await call<Order>("/api/orders", await house.signIn("buyer"), { quote: quote.id })
    await call(`/api/orders/${order.id}/pay`, await house.signIn("steward"), "post")
    const month = new Date().toISOString().slice(0, 7)
    const state = await call<MoneyState>("/api/admin/revenue", admin, {
      month,
      total: "1000000.00 CNY",
      source: "Ledger of the month"
    })
    expect(state.revenue[0]).toMatchObject({ month, by: "demo-admin-1", source: "Ledger of the month" })
    const { products, totals, dataShare, buyers, drill, budget } = await call<Portfolio>(
      "/api/executive/portfolio",
      executive
    )
    expect(products.map(({ id, realised }) => [id, realised])).toEqual([["orders_by_state", order.price.minor]])
    expect(totals[0]).toMatchObject({ realised: order.price.minor, list: order.price.minor })
    expect(dataShare.at(-1)).toMatchObject({ total: 100_000_000 })
    expect(dataShare.at(-1)!.share).toBeCloseTo(dataShare.at(-1)!.data / 100_000_000, 10)
    expect(buyers).toEqual([{ buyer: "demo-buyer-1", paid: order.price.minor, currency: "CNY" }])
    expect([drill?.sound, budget.leftShare]).toEqual([true, 1])
    const { over } = await call<Portfolio>("/api/executive/portfolio", executive)
    expect(over.at(-1)).toMatchObject({
      currency: "CNY",
      list: order.price.minor,
      realised: order.price.minor,
      book: null
    })
    const business = await call<Business>("/api/executive/business", executive)
    expect(business.currencies).toMatchObject([
      {
        currency: "CNY",
        revenue: order.price.minor,
        orders: 1,
        hasSamples: true,
        months: [{ month, revenue: order.price.minor }],
        buyers: [{ buyer: "demo-buyer-1", entity: entry.legalEntity, country: "CN", industry: "C", orders: 1 }],
        concentration: { hhi: 10_000, largest: 1, three: 1 },
        products: [{ id: "orders_by_state", margin: order.price.minor, back: null }],
        outlook: { orders: 1, revenue: null }
      }
    ])
    expect(business.currencies[0]!.outlook.prices.length).toBe(91)
    const risk = await call<Risk>("/api/executive/risk", executive)
    expect(risk.products).toMatchObject([
      { id: "orders_by_state", realised: order.price.minor, priceAttack: { offers: 1, beaten: 0 } }
    ])
    expect(risk.products[0]!.later.list).toBeLessThan(risk.products[0]!.list)
    expect(risk.products[0]!.gates.length).toBeGreaterThan(0)
    for (const path of ["portfolio", "business", "risk"])
      expect((await call<Failure>(`/api/executive/${path}`, admin)).error.code).toBe("role.refused")
    const bad = await call<Failure>("/api/admin/revenue", admin, { month: "2026-13", total: "1 CNY", source: "x y" })
    expect(bad.error.code).toBe("request.body")
  })

  for (const [language, theme, width] of walks(pictures)) {
    it(`an admin proposes, another approves, in ${language}, ${theme}, ${width} px wide`, async () => {
      const port = Number(new URL(house.base).port)
      const words = adminWords(language)
      const name = `clerk-${width}-${theme}`
      const open = async (who: string | undefined) =>
        startJourney(browser, await house.run(mintLink("admin", port, who)), { language, theme, width, pictures })
      const first = await open(undefined)
      // Admins have no catalogue: the bare address is where their work begins.
      await first.open("/")
      expect(new URL(first.page.url()).pathname).toBe("/admin")
      await first.page.locator("input[name=name]").fill(name)
      await first.page.locator("input[value=steward]").check()
      await first.page.getByRole("button", { name: words.accounts.propose }).click()
      await first.page.getByRole("button", { name: words.accounts.approve(name) }).click()
      await first.page.getByRole("alert").waitFor()
      const other = await open("second-admin")
      await other.open("/admin")
      await other.page.getByRole("button", { name: words.accounts.approve(name) }).click()
      await other.page.getByRole("button", { name: words.accounts.invite(name) }).waitFor()
      // Before the invitation: its link belongs into no picture.
      await other.look("admin-accounts")
      await other.page.getByRole("button", { name: words.accounts.invite(name) }).click()
      await other.page.getByText("/register#").waitFor()
      await other.open("/admin/buyers")
      await other.look("admin-buyers")
      await other.open("/admin/caps")
      await other.look("admin-caps")
      await other.open("/admin/money")
      await other.look("admin-money")
      await other.open("/admin/backups")
      await other.look("admin-backups")
      other.expectNone()
    }, 120_000)

    it(`an executive looks at portfolio and risk in ${language}, ${theme}, ${width} px wide`, async () => {
      const link = await house.run(mintLink("executive", Number(new URL(house.base).port)))
      const journey = await startJourney(browser, link, { language, theme, width, pictures })
      await journey.open("/executive")
      await journey.page.locator("assay-portfolio svg").first().waitFor()
      await journey.look("executive-portfolio")
      await journey.open("/executive/revenue")
      await journey.page.locator("assay-business svg").first().waitFor()
      await journey.look("executive-revenue")
      await journey.open("/executive/risk")
      await journey.look("executive-risk")
      journey.expectNone()
    }, 120_000)
  }
})
