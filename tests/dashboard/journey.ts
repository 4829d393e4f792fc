import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { expect } from "vitest"
import type { Language } from "#dashboard/web/format/Language.ts"
import { judgeForms } from "./judgeForms.ts"
import { judgePage } from "./judgePage.ts"
import { takePicture } from "./takePicture.ts"
import { watchTrouble } from "./watchTrouble.ts"
import type { Trouble } from "./watchTrouble.ts"

export interface JourneyOptions {
  readonly language: Language
  readonly theme: "light" | "dark"
  readonly width: number
  /** Where pictures of the pages go; none are taken without it. */
  readonly pictures?: string | undefined
}

/** One person before one browser window: pages that were looked at, and everything that was wrong with them. */
export interface Journey {
  readonly page: Page
  readonly trouble: Trouble
  /** Opens an address of the application, such as `/steward/runs`, by a full load. */
  open(address: string): Promise<void>
  /** Waits until the page has settled, checks it (fits the screen, axe A and AA), and takes its picture under this name. */
  look(name: string): Promise<void>
  /** Fails with everything that was found on the way. */
  expectNone(): void
}

/** Opens a window, signs in by the one-time link, and watches for trouble from the first request on. */
export async function startJourney(browser: Browser, link: string, options: JourneyOptions): Promise<Journey> {
  const url = new URL(link).origin
  const { language, theme, width, pictures } = options
  const trouble: Trouble = { console: [], policy: [], foreign: [], overflow: [], access: [] }
  const context = await browser.newContext({
    locale: language,
    colorScheme: theme,
    viewport: { width, height: width < 600 ? 844 : 1000 },
    timezoneId: "Asia/Shanghai",
    // Colours are judged as they stay, not on their way there.
    reducedMotion: "reduce"
  })
  await watchTrouble(context, url, trouble)
  const page = await context.newPage()
  await page.goto(link)
  await page.waitForURL((at) => at.pathname !== "/sign-in")

  const settle = async (): Promise<void> => {
    await page.evaluate(() => document.fonts.ready)
    await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" })
    await page.locator("main h1, main [role=alert]").first().waitFor()
  }
  return {
    page,
    trouble,
    open: async (address) => {
      await page.goto(`${url}${address}`)
      await settle()
    },
    look: async (name) => {
      await settle()
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (over > 0) trouble.overflow.push(`${name} by ${over} px at ${width}`)
      trouble.access.push(...(await judgePage(page, name)))
      trouble.overflow.push(...(await judgeForms(page, name)))
      if (pictures === undefined) return
      await takePicture(page, join(pictures, `${name}-${language.slice(0, 2)}-${theme}-${width}.png`))
    },
    expectNone: () => expect(trouble).toEqual({ console: [], policy: [], foreign: [], overflow: [], access: [] })
  }
}
