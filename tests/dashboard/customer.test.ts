import { rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Tariffs } from "#privacy/consent/compensation/Tariffs.ts"
import { openRepairShop } from "../e2e/openRepairShop.ts"
import { buildWeb } from "./buildWeb.ts"
import { startJourney } from "./journey.ts"
import { openBrowser } from "./openBrowser.ts"
import { walks } from "./walks.ts"

const pictures =
  process.env["ASSAY_SCREENSHOTS"] === undefined
    ? undefined
    : fileURLToPath(new URL("../../docs/screenshots", import.meta.url))

let web: string
let shop: Awaited<ReturnType<typeof openRepairShop>>
beforeAll(async () => {
  web = await buildWeb()
  shop = await openRepairShop(web)
  const tariff = {
    currency: "CNY",
    lines: [{ category: "dpv-pd:Transactional", purpose: "dpv:RepairImpairments", perSale: "0.50" }]
  }
  await shop.run(Tariffs.use((tariffs) => tariffs.set(tariff, "Li Wei")))
}, 120_000)
afterAll(async () => {
  await shop.close()
  rmSync(web, { recursive: true, force: true })
})

describe("a customer in a real browser", () => {
  for (const [i, [language, theme, width]] of walks(pictures).entries()) {
    const id = `c00${i}`
    it(`sees who used their data, allows a repairer, takes it back, and is erased: ${language}, ${theme}, ${width} px`, async () => {
      const browser = await openBrowser()
      try {
        const journey = await startJourney(browser, await shop.linkOf(id), { language, theme, width, pictures })
        const { page } = journey
        await journey.open("/customer")
        await page.locator("assay-uses svg").first().waitFor()
        await page.locator(".tag.good").first().waitFor()
        await journey.look("customer-uses")

        await journey.open("/customer/licences")
        await page.locator("assay-licences svg").first().waitFor()
        await page.locator("button.first").first().click()
        await page.locator(`input[value="dpv:RepairImpairments party:acme-repair"]`).check()
        await page.locator("form.choice button").click()
        await page.locator("ol.promises").waitFor()
        await journey.look("customer-licences")
        await page.locator("label.check input[type=checkbox]").last().check()
        await page.locator("button.first").last().click()
        await page.locator("section.notice").waitFor()
        await page.locator("section.notice").waitFor({ state: "visible" })

        // Everything back, in two clicks, and what froze stands above.
        await page.locator(".actions .button:not(.first)").first().click()
        await page.locator(".button.danger").click()
        await page.locator("section.notice .frozen li").first().waitFor()
        await journey.look("customer-frozen")

        await journey.open("/customer/benefits")
        await journey.look("customer-benefits")
        await journey.open("/customer/receipts")
        await page.locator(".entry .tag.good").first().waitFor()
        await journey.look("customer-receipts")

        await journey.open("/customer/erase")
        const button = page.locator(".button.danger")
        expect(await button.isDisabled()).toBe(true)
        await page.locator("input[name=phrase]").fill(language === "en" ? "erase all my data" : "删除我的全部数据")
        await journey.look("customer-erase")
        await button.click()
        await page.locator("section.state[role=status]").waitFor({ timeout: 60_000 })
        journey.expectNone()
      } finally {
        await browser.close()
      }
    }, 120_000)
  }
})
