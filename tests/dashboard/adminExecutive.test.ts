import { rmSync } from "node:fs"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { BuyerCheck } from "#dashboard/api/admin/BuyerCheck.ts"
import type { HouseState } from "#dashboard/api/admin/HouseState.ts"
import type { Portfolio } from "#dashboard/api/executive/Portfolio.ts"
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
    evidence: "Extract of the register, 2026-11"
  }

  it("let one admin check a buyer and only another one confirm it", async () => {
    const [noted] = await call<ReadonlyArray<BuyerCheck>>("/api/admin/buyers", admin, entry)
    expect(noted).toMatchObject({ ...entry, by: "demo-admin-1", confirmedBy: null })
    const own = await call<Failure>("/api/admin/buyers/demo-buyer-1/confirm", admin, "post")
    expect(own.error.code).toMatch(/^buyer\./)
    const [confirmed] = await call<ReadonlyArray<BuyerCheck>>("/api/admin/buyers/demo-buyer-1/confirm", second, "post")
    expect(confirmed).toMatchObject({ confirmedBy: "second-admin" })
    for (const bad of [{ ...entry, country: "China" }, { ...entry, legalEntity: "a\u0000b" }, { buyer: "x" }]) {
      expect((await call<Failure>("/api/admin/buyers", admin, bad)).error.code).toBe("request.body")
    }
  })

  it("show data's share of the revenue that an admin entered, and products in four values and their risk", async () => {
    const quote = await call<Quote>("/api/quotes", await house.signIn("buyer"), { product: "orders_by_state" })
    const order = await call<Order>("/api/orders", await house.signIn("buyer"), { quote: quote.id })
    await call(`/api/orders/${order.id}/pay`, await house.signIn("steward"), "post")
    const month = new Date().toISOString().slice(0, 7)
    const state = await call<HouseState>("/api/admin/revenue", admin, {
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
    expect([drill, budget.leftShare]).toEqual([null, 1])
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
      await first.open("/admin")
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
      await other.open("/admin/house")
      await other.look("admin-house")
      other.expectNone()
    }, 120_000)

    it(`an executive looks at portfolio and risk in ${language}, ${theme}, ${width} px wide`, async () => {
      const link = await house.run(mintLink("executive", Number(new URL(house.base).port)))
      const journey = await startJourney(browser, link, { language, theme, width, pictures })
      await journey.open("/executive")
      await journey.page.locator("assay-portfolio svg").first().waitFor()
      await journey.look("executive-portfolio")
      await journey.open("/executive/risk")
      await journey.look("executive-risk")
      journey.expectNone()
    }, 120_000)
  }
})
