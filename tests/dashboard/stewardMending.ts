import type { Browser } from "playwright-core"
import { expect } from "vitest"
import { stewardSourceWords } from "#dashboard/web/face/steward/stewardSourceWords.ts"
import { stewardStreamWords } from "#dashboard/web/face/steward/stewardStreamWords.ts"
import { stewardWords } from "#dashboard/web/face/steward/stewardWords.ts"
import { startJourney } from "./journey.ts"
import type { JourneyOptions } from "./journey.ts"

/** A value of the broken line, which no page may show. */
export const secretOnTheLine = "Zanzibar"

/** An export of deals whose third line is cut off, or which was mended. */
export const dealsCsv = (mended: boolean): string =>
  [
    "deal,firm,value,opened",
    "d1,f1,10.50,2026-01-02",
    `d2,${secretOnTheLine}${mended ? ",11.00,2026-01-03" : ""}`
  ].join("\n")

/**
 * A file with a broken line: its fields are mapped on the page and it is connected, its first run fails while the page looks on, the quarantine
 * names the line, and once the file is mended the run is gone on with.
 */
export async function stewardMending(
  browser: Browser,
  link: string,
  options: JourneyOptions,
  mend: () => void
): Promise<void> {
  const journey = await startJourney(browser, link, options)
  const { page } = journey
  const { language } = options
  const own = stewardSourceWords(language).connect
  const { runs } = stewardWords(language)
  const stream = stewardStreamWords(language)
  await journey.open("/steward/sources/connect")
  await page.locator("select[name=file]").selectOption("inbox/deals.csv")
  await page.getByRole("button", { name: own.inspect }).click()
  await page.getByText(own.bad("1")).waitFor()
  await page.locator("input[name=source]").fill("crm")
  await page.locator("select[name=as]").selectOption("opportunity")
  await page.locator("input[name=currency]").fill("CNY")
  await page.locator("select[name=subject]").selectOption("firm")
  for (const [field, to] of [
    ["deal", "opportunity_id"],
    ["firm", "account_id"],
    ["value", "amount"],
    ["opened", "opened_at"]
  ])
    await page.locator(`select[name="map:${field}"]`).selectOption(to!)
  await journey.look("steward-connect-mapped")
  await page.getByRole("button", { name: own.connect, exact: true }).click()
  await page.getByText(own.done("crm")).waitFor()
  await page.getByRole("button", { name: own.run }).click()

  // The list is not loaded again: the run appears, and it ends.
  const newest = page.locator("main tbody tr").first()
  await newest.getByText(runs.states.failed).waitFor({ timeout: 20_000 })
  await newest.getByRole("link").first().click()
  await page.getByRole("heading", { name: runs.why }).waitFor()
  await journey.look("steward-run-failed")
  await page.getByRole("link", { name: "raw.crm__deals", exact: true }).first().click()
  await page.getByRole("heading", { name: stream.lines }).waitFor()
  const line = page.getByRole("region", { name: stream.lines, exact: true }).locator("tbody tr")
  expect(await line.locator("td").allInnerTexts()).toEqual(
    expect.arrayContaining(["deals.csv", "3", stream.reasons.columns])
  )
  expect(await page.locator("main").innerText()).not.toContain(secretOnTheLine)
  await journey.look("steward-stream")

  mend()
  await page.goBack()
  await page.getByRole("button", { name: runs.resume }).click()
  await newest.getByText(runs.resumes).waitFor({ timeout: 20_000 })
  await newest.getByText(runs.states.done).waitFor({ timeout: 20_000 })
  await journey.open("/steward/sources/crm/deals")
  await page.getByText(stream.clean).waitFor()
  journey.expectNone()
}
