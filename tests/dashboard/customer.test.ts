import { createHash } from "node:crypto"
import { rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Records } from "#core/records/Records.ts"
import { Tariffs } from "#privacy/consent/compensation/Tariffs.ts"
import type { LicenceChanged } from "#dashboard/api/customer/LicenceChanged.ts"
import type { LicenceDraft } from "#dashboard/api/customer/LicenceDraft.ts"
import type { LicenceSigning } from "#dashboard/api/customer/LicenceSigning.ts"
import type { Licences } from "#dashboard/api/customer/Licences.ts"
import { customerLevelWords } from "#dashboard/web/face/customer/customerLevelWords.ts"
import { customerProblemWords } from "#dashboard/web/face/customer/customerProblemWords.ts"
import { customerWords } from "#dashboard/web/face/customer/customerWords.ts"
import { securityWords } from "#dashboard/web/face/security/securityWords.ts"
import { wordsFor } from "#dashboard/web/words/wordsFor.ts"
import { openRepairShop } from "../e2e/openRepairShop.ts"
import { buildWeb } from "./buildWeb.ts"
import { focused, tabTo } from "./byKeyboard.ts"
import { startJourney } from "./journey.ts"
import { openBrowser } from "./openBrowser.ts"
import { softPasskey } from "./softPasskey.ts"
import type { Faults } from "./softPasskey.ts"
import { virtualPasskey } from "./virtualPasskey.ts"
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

describe("a customer without a mouse", () => {
  it("changes a licence, takes everything back and reads a chart as a table, and never loses their place", async () => {
    const browser = await openBrowser()
    try {
      const journey = await startJourney(browser, await shop.linkOf("c023"), {
        language: "en",
        theme: "light",
        width: 1440
      })
      const { page } = journey
      const words = wordsFor("en")
      const own = customerWords("en").licences
      await journey.open("/customer")
      await page.locator("assay-uses svg").first().waitFor()
      await page.keyboard.press("Tab")
      expect((await focused(page)).name).toBe(words.skip)
      await page.keyboard.press("Enter")
      expect((await focused(page)).element).toBe("main")
      await tabTo(page, words.chart.table)
      await page.keyboard.press("Enter")
      await page
        .getByRole("region", { name: customerWords("en").uses.chart })
        .getByRole("table")
        .waitFor()
      expect((await focused(page)).name).toBe(words.chart.table)

      await page.keyboard.press("Home")
      await page.locator(".brand").focus()
      await tabTo(page, words.nav.licences)
      await page.keyboard.press("Enter")
      await expect.poll(() => focused(page)).toMatchObject({ element: "h1", name: own.title })
      expect(await page.title()).toContain(own.title)

      await page.locator("assay-licences svg").first().waitFor()
      await tabTo(page, own.change)
      await page.keyboard.press("Enter")
      await tabTo(page, /^Repairs: acme-repair$/)
      await page.keyboard.press("Space")
      await tabTo(page, own.preview)
      await page.keyboard.press("Enter")
      await expect.poll(() => focused(page)).toMatchObject({ element: "h2", name: own.agree })
      await tabTo(page, own.sure)
      await page.keyboard.press("Space")
      await tabTo(page, own.confirm)
      await page.keyboard.press("Enter")
      await page.locator("section.notice").waitFor()
      await expect.poll(() => focused(page)).toMatchObject({ element: "h1" })

      // The question stands where the button was, and so does the focus; so it is after the change of mind.
      await tabTo(page, own.withdraw)
      await page.keyboard.press("Enter")
      await expect.poll(async () => (await focused(page)).name).not.toBe("")
      await page.getByRole("button", { name: own.withdrawSure }).waitFor()
      expect((await focused(page)).element).toBe("button")
      await tabTo(page, own.discard)
      await page.keyboard.press("Enter")
      await page.getByRole("button", { name: own.withdraw }).waitFor()
      expect((await focused(page)).element).toBe("button")
      journey.expectNone()
    } finally {
      await browser.close()
    }
  }, 60_000)
})

describe("a customer with a passkey", () => {
  it("signs a licence with it in the browser; a device that does not confirm changes nothing", async () => {
    const browser = await openBrowser()
    try {
      const journey = await startJourney(browser, await shop.linkOf("c020"), {
        language: "zh-CN",
        theme: "dark",
        width: 390,
        pictures
      })
      const { page } = journey
      const verifies = await virtualPasskey(page)
      const own = customerLevelWords("zh-CN")
      await journey.open("/security")
      await page.getByRole("button", { name: securityWords("zh-CN").add }).click()
      await page.getByRole("cell", { name: securityWords("zh-CN").suggestion }).waitFor()
      await journey.look("security")
      await journey.open("/customer/licences")
      await page.locator("button.first").first().click()
      await page.locator(`input[value="dpv:RepairImpairments party:acme-repair"]`).check()
      await page.locator("form.choice button").click()
      await page.getByText(own.byPasskey(securityWords("zh-CN").suggestion)).waitFor()
      await page.locator("label.check input[type=checkbox]").last().check()
      await verifies(false)
      await page.getByRole("button", { name: customerWords("zh-CN").licences.sign }).click()
      await page.getByText(customerProblemWords("zh-CN")["passkey.declined"]!.message).waitFor()
      expect(await page.locator(".levels li[aria-current=true]").textContent()).toContain("E1")
      await verifies(true)
      await page.getByRole("button", { name: customerWords("zh-CN").licences.sign }).click()
      await page.locator("section.notice").waitFor()
      await page.locator(".levels li[aria-current=true]", { hasText: "E3" }).waitFor()
      await journey.look("customer-signed")
      await journey.open("/customer/receipts")
      await page.getByRole("cell", { name: /^E3/ }).waitFor()
      journey.expectNone()
    } finally {
      await browser.close()
    }
  }, 60_000)

  it("cannot change a licence by a click, by another's signature, by a spoilt one, or by an old one; none of these freezes anything", async () => {
    const { subj, cookie } = await shop.customer("c021")
    const other = await shop.customer("c022")
    const { origin } = new URL(await shop.linkOf("c021"))
    const mine = await enrol(cookie, origin)
    const theirs = await enrol(other.cookie, origin)
    const change = {
      cells: [{ purpose: "dpv:RepairImpairments", recipient: "party:acme-repair" }],
      categories: ["dpv-pd:Transactional"],
      until: "2030-06-30"
    }
    const { sha256 } = await shop.ask<LicenceDraft>(cookie, "/api/customer/licences/draft", change)
    const consent = { ...change, notice: sha256, language: "en" }
    const refusal = async (path: string, body: object, as = cookie): Promise<string> =>
      ((await (await shop.call(as, path, body)).json()) as { error: { code: string } }).error.code
    const signing = (passkey: string) => shop.call(cookie, "/api/customer/licences/signing", { ...consent, passkey })
    const drawn = async (): Promise<{ readonly token: string; readonly challenge: string }> => {
      const { token } = (await (await signing(mine.digest)).json()) as LicenceSigning
      const payload = Buffer.from(token.split(".")[1]!, "base64url")
      return { token, challenge: createHash("sha256").update(payload).digest("base64url") }
    }
    const signed = (passkey: typeof mine, token: string, challenge: string, faults: Faults = {}) => {
      const { id, response } = passkey.sign(challenge, faults)
      const { authenticatorData, clientDataJSON, signature } = response as Record<string, string>
      return { token, assertion: { credential: id, authenticatorData, clientData: clientDataJSON, signature } }
    }
    const path = "/api/customer/licences/signed"

    expect(await refusal("/api/customer/licences", consent)).toBe("licence.unsigned")
    expect(((await (await signing(theirs.digest)).json()) as { error: { code: string } }).error.code).toBe(
      "licence.passkey"
    )
    const first = await drawn()
    const second = await drawn()
    expect(await refusal(path, signed(mine, first.token, first.challenge, { spoil: true }))).toBe("grant.passkey")
    expect(await refusal(path, signed(mine, first.token, first.challenge, { flags: 0x01 }))).toBe("grant.passkey")
    expect(await refusal(path, signed(mine, first.token, second.challenge))).toBe("grant.passkey")
    expect(await refusal(path, signed(theirs, first.token, first.challenge))).toBe("grant.passkey")
    const spoilt = `${first.token.slice(0, -4)}AAAA`
    expect(await refusal(path, signed(mine, spoilt, first.challenge))).toMatch(/^grant\.(signature|canonical)$/)
    const before = await shop.ask<Licences>(cookie, "/api/customer/licences")
    expect([before.state, before.basis, before.evidence]).toEqual(["ACTIVE", "asserted", 1])

    const lent = signed(mine, first.token, first.challenge)
    expect(await refusal(path, lent, other.cookie)).toBe("grant.subject")
    expect((await shop.ask<Licences>(other.cookie, "/api/customer/licences")).basis).toBe("asserted")
    const changed = await shop.ask<LicenceChanged>(cookie, path, signed(mine, second.token, second.challenge))
    expect([changed.licences.evidence, changed.licences.basis, changed.receipt === null]).toEqual([3, "granted", false])
    expect(await refusal(path, lent)).toMatch(/^grant\.(order|nonce)$/)
    const kept = await shop.ask<{ token: string; assertion: { credential: string } }>(
      cookie,
      `/api/customer/grants/${changed.digest}?format=token`
    )
    expect([kept.token, kept.assertion.credential]).toEqual([second.token, mine.id])

    // Who stepped away from the screen half an hour ago is asked again before anything is erased.
    await shop.run(
      Records.use((records) =>
        records.write((db) =>
          db.run("update session set verified_at = verified_at - 1800000 where subject = $subj", { subj: other.subj })
        )
      )
    )
    expect(await refusal("/api/customer/erase", { phrase: "erase all my data" }, other.cookie)).toBe("access.stepup")

    // The evidence leaves with the customer.
    await shop.ask(cookie, "/api/customer/erase", { phrase: "erase all my data" })
    const left = await shop.run(
      Records.use((records) =>
        records.read((db) => db.all("select token, assertion from consent_grant where subj = $subj", { subj }))
      )
    )
    expect(left).toEqual([{ token: "", assertion: null }])
  })
})

/** Registers a passkey for who is signed in. */
async function enrol(cookie: string, origin: string) {
  const passkey = softPasskey(origin)
  const { challenge } = await shop.ask<{ challenge: string }>(cookie, "/api/passkeys/register/begin", {})
  await shop.ask(cookie, "/api/passkeys/register/finish", { label: "mine", response: passkey.make(challenge) })
  return passkey
}
