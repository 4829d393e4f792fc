import { rmSync } from "node:fs"
import type { BrowserContext, CDPSession, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { OpenId } from "#dashboard/server/openid/OpenId.ts"
import { securityWords } from "#dashboard/web/face/security/securityWords.ts"
import { wordsFor } from "#dashboard/web/words/wordsFor.ts"
import { buildWeb } from "./buildWeb.ts"
import { openBrowser } from "./openBrowser.ts"
import { openHouse } from "./openHouse.ts"
import { openProvider } from "./openProvider.ts"

let web: string
let house: Awaited<ReturnType<typeof openHouse>>
let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  web = await buildWeb()
  house = await openHouse(web)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await house.close()
  rmSync(web, { recursive: true, force: true })
})

interface Seat {
  readonly page: Page
  readonly context: BrowserContext
  readonly trouble: Array<string>
  readonly device: CDPSession
  readonly authenticatorId: string
}

/** A browser with an authenticator that verifies its user, or one that does not. */
async function sit(locale: "en" | "zh-CN", verifies = true): Promise<Seat> {
  const context = await browser.newContext({ locale })
  const page = await context.newPage()
  const trouble: Array<string> = []
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") trouble.push(message.text())
  })
  page.on("pageerror", (error) => void trouble.push(error.message))
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== house.base) trouble.push(request.url())
  })
  const device = await context.newCDPSession(page)
  await device.send("WebAuthn.enable")
  const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verifies,
      automaticPresenceSimulation: true
    }
  })
  return { page, context, trouble, device, authenticatorId }
}

const port = (): number => Number(new URL(house.base).port)

describe("in a real browser with an authenticator", () => {
  for (const locale of ["en", "zh-CN"] as const) {
    it(`a passkey is registered, signs in again, and is removed, in ${locale}`, async () => {
      const words = wordsFor(locale)
      const own = securityWords(locale)
      const { page, context, trouble, device, authenticatorId } = await sit(locale)
      const name = `passkey-buyer-${locale.toLowerCase()}`
      await page.goto(await house.run(mintLink("buyer", port(), name)))
      await page.getByRole("link", { name }).click()
      await page.getByRole("heading", { level: 1, name: own.title }).waitFor()
      await page.getByText(own.none).waitFor()
      await page.getByRole("button", { name: own.add }).click()
      await page.getByRole("cell", { name: own.suggestion }).waitFor()
      const { credentials } = await device.send("WebAuthn.getCredentials", { authenticatorId })
      expect(credentials).toHaveLength(1)
      await page.getByRole("button", { name: own.confirm }).click()
      await page.getByText(own.confirmed).waitFor()

      await page.getByRole("button", { name: words.signOut }).click()
      await page.getByRole("heading", { level: 1, name: words.signIn.title }).waitFor()
      expect(await context.cookies()).toEqual([])
      await page.getByRole("button", { name: words.signIn.passkey }).click()
      await page.getByRole("link", { name }).click()
      await page.getByText(own.current).waitFor()
      await page.getByRole("button", { name: own.remove }).click()
      await page.getByRole("button", { name: own.sure }).click()
      await page.getByText(own.none).waitFor()
      expect(trouble).toEqual([])
      await context.close()
    })
  }

  it("a customer who was invited registers, and an invitation is of no use twice", async () => {
    const steward = await house.signIn("steward")
    const { link } = (await (
      await fetch(`${house.base}/api/invitations`, {
        method: "POST",
        headers: { origin: house.base, cookie: steward, "content-type": "application/json" },
        body: JSON.stringify({ name: "invited-1", subject: 1 })
      })
    ).json()) as { link: string }
    const own = securityWords("en")
    const first = await sit("en")
    await first.page.goto(link)
    await first.page.getByRole("button", { name: own.register }).waitFor()
    expect(first.page.url()).not.toContain("#")
    await first.page.getByRole("button", { name: own.register }).click()
    await first.page.getByRole("link", { name: "invited-1" }).waitFor()
    const second = await sit("en")
    await second.page.goto(link)
    await second.page.getByRole("button", { name: own.register }).click()
    await second.page.getByText("This invitation has been used").waitFor()
    await first.context.close()
    await second.context.close()
  })

  it("a device that does not verify its user makes no passkey, and the page says what to do", async () => {
    const { page, context } = await sit("en", false)
    const own = securityWords("en")
    await page.goto(await house.run(mintLink("buyer", port(), "unverified")))
    await page.getByRole("link", { name: "unverified" }).click()
    await page.getByRole("button", { name: own.add }).click()
    await page.getByText(own.declined).waitFor()
    await page.getByText(own.none).waitFor()
    await context.close()
  })

  it("a company account signs in at its own service and comes back as the account of this house, in zh-CN", async () => {
    const words = wordsFor("zh-CN")
    const provider = await openProvider("company-buyer", `${house.base}/sign-in`)
    const { issuer, secret } = provider
    await house.run(
      OpenId.use((openId) =>
        openId.set(
          { issuer, client: "assay", claim: "preferred_username", domain: null, label: "Acme", setBy: "root" },
          secret
        )
      )
    )
    const { page, context } = await sit("zh-CN")
    const come = async (): Promise<void> => {
      await page.goto(`${house.base}/sign-in`)
      await page.getByRole("button", { name: words.signIn.company("Acme") }).click()
    }
    await come()
    await page.getByText(words.problems["openid.account"]!.message).waitFor()
    expect(page.url()).toBe(`${house.base}/sign-in`)

    const admins = [await house.signIn("admin", "admin-one"), await house.signIn("admin", "admin-two")] as const
    const send = (path: string, cookie: string, body: object): Promise<Response> =>
      fetch(`${house.base}${path}`, {
        method: "POST",
        headers: { origin: house.base, cookie, "content-type": "application/json" },
        body: JSON.stringify(body)
      })
    await send("/api/principals", admins[0], { name: "company-buyer", roles: ["buyer"] })
    await send("/api/principals/company-buyer/approve", admins[1], {})
    await come()
    await page.getByRole("link", { name: "company-buyer" }).click()
    await page.getByText(securityWords("zh-CN").method.openid).waitFor()
    // Somebody else's answer, brought into a window that began nothing.
    const stranger = await sit("zh-CN")
    await stranger.page.goto(`${house.base}/sign-in?code=abc&state=${"s".repeat(43)}`)
    await stranger.page.getByText(words.problems["openid.flow"]!.message).waitFor()
    await stranger.context.close()
    await context.close()
    await provider.close()
  })
})
