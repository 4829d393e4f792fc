import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import type { Browser, Locator, Page } from "playwright-core"
import { expect } from "vitest"
import type { Role } from "#dashboard/api/Role.ts"
import type { Language } from "#dashboard/web/format/Language.ts"
import { wordsFor } from "#dashboard/web/words/wordsFor.ts"
import { judgeForms } from "./judgeForms.ts"
import { judgePage } from "./judgePage.ts"
import { openBrowser } from "./openBrowser.ts"
import { takePicture } from "./takePicture.ts"
import { watchTrouble } from "./watchTrouble.ts"
import type { Trouble } from "./watchTrouble.ts"

/** One unused sign-in link for each role. */
export type Links = Readonly<Record<Role, string>>

export interface WalkOptions {
  readonly language: Language
  readonly theme: "light" | "dark"
  readonly width: number
  /** Where pictures of the pages go; none are taken without it. */
  readonly pictures?: string
}

const largestPicture = 700_000

/** Walks the main journey of each role on a started server: from the link to the file, with a steward in between. */
export async function walk(url: string, links: Links, options: WalkOptions): Promise<Trouble> {
  const trouble: Trouble = { console: [], policy: [], foreign: [], overflow: [], access: [] }
  const browser = await openBrowser()
  try {
    const open = (role: Role) => signIn(browser, url, links[role], options, trouble)
    const buyer = await open("buyer")
    await chooseProduct(buyer, options, trouble)
    await quoteAndOrder(buyer, options, trouble)
    const steward = await open("steward")
    await confirmAndLookAround(steward, url, options, trouble)
    await download(buyer, url, options, trouble)
    const executive = await open("executive")
    await lookAtValue(executive, options, trouble)
    await signOut(buyer, options, trouble)
  } finally {
    await browser.close()
  }
  return trouble
}

async function signIn(
  browser: Browser,
  url: string,
  link: string,
  { language, theme, width }: WalkOptions,
  trouble: Trouble
): Promise<Page> {
  const context = await browser.newContext({
    locale: language,
    colorScheme: theme,
    viewport: { width, height: width < 600 ? 844 : 1000 },
    timezoneId: "Asia/Shanghai"
  })
  await watchTrouble(context, url, trouble)
  const page = await context.newPage()
  await page.goto(link)
  await page.waitForURL((at) => at.pathname !== "/sign-in")
  expect(page.url()).not.toContain("#")
  const cookies = await context.cookies()
  expect(cookies).toMatchObject([{ name: "__Host-assay", secure: true, httpOnly: true, sameSite: "Strict" }])
  return page
}

/** Waits until a page has settled, checks that it fits the screen, and takes its picture. */
async function show(page: Page, name: string, options: WalkOptions, trouble: Trouble): Promise<void> {
  await page.waitForLoadState("networkidle")
  await page.evaluate(() => document.fonts.ready)
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  if (over > 0) trouble.overflow.push(`${name} by ${over} px at ${options.width}`)
  trouble.access.push(...(await judgePage(page, name)))
  trouble.overflow.push(...(await judgeForms(page, name)))
  if (options.pictures === undefined) return
  const path = join(options.pictures, `${name}-${options.language.slice(0, 2)}-${options.theme}-${options.width}.png`)
  await takePicture(page, path)
  expect(statSync(path).size).toBeLessThan(largestPicture)
}

async function chooseProduct(page: Page, options: WalkOptions, trouble: Trouble): Promise<void> {
  const words = wordsFor(options.language)
  await page.getByRole("heading", { level: 1, name: words.catalog.title }).waitFor()
  const cards = page.locator("a.card")
  await cards.first().waitFor()
  const all = await cards.count()
  await show(page, "catalog", options, trouble)
  await page.getByRole("searchbox").fill("zzzz")
  await page.getByText(words.catalog.none).waitFor()
  await page.getByRole("searchbox").fill("")
  await expect.poll(() => cards.count()).toBe(all)
  // Noisy figures have every chart there is; made-up rows have no pairs to draw.
  await cards.filter({ hasText: words.kind.dp_aggregate }).first().click()
  await page.locator("assay-price svg").first().waitFor()
  await show(page, "product", options, trouble)
  await readCharts(page, options)
}

/** Every chart has a title, reads as a table, and leaves as a file. */
async function readCharts(page: Page, options: WalkOptions): Promise<void> {
  const words = wordsFor(options.language)
  const charts = page.locator("assay-price, assay-ttl, assay-pairs, assay-bars")
  const count = await charts.count()
  expect(count).toBeGreaterThanOrEqual(3)
  for (let i = 0; i < count; i++) {
    const chart = charts.nth(i)
    expect(await chart.locator(".title").textContent()).toBeTruthy()
    const toggle = chart.getByRole("button", { name: words.chart.table })
    await toggle.click()
    expect(await chart.locator("tbody tr").count()).toBeGreaterThan(0)
    await toggle.click()
  }
  const price = page.locator("assay-price")
  const drawn = (await save(page, price, words.chart.save("SVG"))).toString()
  expect(drawn).toMatch(/^<svg .*<\/svg>$/s)
  expect((await save(page, price, words.chart.save("CSV"))).toString()).toContain(words.chart.step)
  const picture = await save(page, price, words.chart.save("PNG"))
  expect(picture.subarray(1, 4).toString()).toBe("PNG")
  expect(picture.length).toBeGreaterThan(10_000)
  // Twice as fine as the screen's own pixels, in both directions.
  const size = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(drawn)!.slice(1, 3)
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual(size.map((side) => Math.trunc(2 * Number(side))))
}

async function save(page: Page, chart: Locator, name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), chart.getByRole("button", { name }).click()])
  return readFileSync(await file.path())
}

async function quoteAndOrder(page: Page, options: WalkOptions, trouble: Trouble): Promise<void> {
  const words = wordsFor(options.language)
  await page.getByRole("button", { name: words.product.quote }).click()
  await page.getByRole("heading", { level: 1, name: words.quote.title }).waitFor()
  await page.locator("assay-price svg").first().waitFor()
  await show(page, "quote", options, trouble)
  await page.getByRole("button", { name: words.quote.order }).click()
  await page.getByText(words.orders.waiting).first().waitFor()
}

async function confirmAndLookAround(page: Page, url: string, options: WalkOptions, trouble: Trouble): Promise<void> {
  const words = wordsFor(options.language)
  await page.goto(`${url}/assets`)
  await page.locator("assay-lineage [data-node]").first().waitFor()
  await show(page, "assets", options, trouble)
  await page.locator("assay-lineage [data-node^='core.']").first().click()
  await page.getByRole("heading", { name: words.assets.made }).waitFor()
  await page.getByRole("heading", { name: words.assets.columns }).waitFor()
  await show(page, "asset", options, trouble)
  await page.goto(`${url}/budget`)
  await page.locator("assay-budget svg").first().waitFor()
  await show(page, "budget", options, trouble)
  await page.goto(`${url}/orders`)
  await page.getByRole("button", { name: words.orders.confirm }).first().click()
  await page.getByRole("button", { name: words.orders.sure("").trim() }).click()
  await page.getByText(words.orderState.paid).first().waitFor()
  await show(page, "payments", options, trouble)
}

async function download(page: Page, url: string, options: WalkOptions, trouble: Trouble): Promise<void> {
  await page.goto(`${url}/orders`)
  for (const format of ["Parquet", "CSV"] as const) {
    const link = page.getByRole("link", { name: format, exact: true }).first()
    const [file] = await Promise.all([page.waitForEvent("download"), link.click()])
    expect(file.suggestedFilename()).toMatch(new RegExp(`^[\\w.-]+\\.${format.toLowerCase()}$`))
    expect(statSync(await file.path()).size).toBeGreaterThan(20)
  }
  await show(page, "orders", options, trouble)
}

async function lookAtValue(page: Page, options: WalkOptions, trouble: Trouble): Promise<void> {
  await page.locator("assay-revenue svg").first().waitFor()
  await page.locator("assay-value svg").first().waitFor()
  await show(page, "value", options, trouble)
}

async function signOut(page: Page, options: WalkOptions, trouble: Trouble): Promise<void> {
  const words = wordsFor(options.language)
  await page.getByRole("button", { name: words.signOut }).click()
  await page.getByRole("heading", { level: 1, name: words.signIn.title }).waitFor()
  await show(page, "sign-in", options, trouble)
  expect(await page.context().cookies()).toEqual([])
}
