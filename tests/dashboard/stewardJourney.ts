import type { Browser } from "playwright-core"
import { expect } from "vitest"
import { stewardChargeWords } from "#dashboard/web/face/steward/stewardChargeWords.ts"
import { stewardDecisionWords } from "#dashboard/web/face/steward/stewardDecisionWords.ts"
import { stewardDesignWords } from "#dashboard/web/face/steward/stewardDesignWords.ts"
import { stewardMoreWords } from "#dashboard/web/face/steward/stewardMoreWords.ts"
import { stewardReviewWords } from "#dashboard/web/face/steward/stewardReviewWords.ts"
import { stewardServiceWords } from "#dashboard/web/face/steward/stewardServiceWords.ts"
import { stewardStreamWords } from "#dashboard/web/face/steward/stewardStreamWords.ts"
import { stewardWords } from "#dashboard/web/face/steward/stewardWords.ts"
import { wordsFor } from "#dashboard/web/words/wordsFor.ts"
import { startJourney } from "./journey.ts"
import type { Journey, JourneyOptions } from "./journey.ts"

/** A steward's day on a served demo: what needs me, from source to trace, permission and budget, and a design edited to a price. */
export async function stewardJourney(browser: Browser, link: string, options: JourneyOptions): Promise<void> {
  const journey = await startJourney(browser, link, options)
  const { page } = journey
  const { language } = options
  const own = stewardWords(language)
  await page.getByRole("heading", { level: 1, name: own.overview.title }).waitFor()
  await page.getByRole("heading", { name: own.overview.products }).waitFor()
  await journey.look("steward-overview")

  const sources = page.getByRole("link", { name: wordsFor(language).nav.sources, exact: true })
  // Where it is narrow the menu is folded away.
  if (options.width < 600) await page.locator("header button[aria-expanded]").first().click()
  await sources.click()
  await page.getByRole("link", { name: "interactions", exact: true }).waitFor()
  await journey.look("steward-sources")
  await page.getByRole("link", { name: "interactions", exact: true }).click()
  await page.getByRole("heading", { name: stewardStreamWords(language).mapping }).waitFor()
  await journey.look("steward-stream")
  await journey.open("/steward/sources/connect")
  await journey.look("steward-connect")

  await journey.open("/steward/assets")
  await journey.look("steward-assets")
  await page.getByRole("link", { name: "core.order", exact: true }).click()
  await page.locator("assay-columns svg").first().waitFor()
  await readAsTable(journey, "assay-columns", options)
  await journey.look("steward-asset")

  await journey.open("/steward/runs")
  await page.locator("main tbody a").first().waitFor()
  await journey.look("steward-runs")
  await page.locator("main tbody a").first().click()
  await page.locator("assay-gantt svg").first().waitFor()
  await readAsTable(journey, "assay-gantt", options)
  await journey.look("steward-run")

  await traceOneRow(journey, options)

  await journey.open("/steward/permission")
  await readAsTable(journey, "assay-coverage", options)
  await journey.look("steward-permission")
  await journey.open("/steward/budget")
  await readAsTable(journey, "assay-budget", options)
  await journey.look("steward-budget")
  await page
    .getByRole("region", { name: stewardChargeWords(language).history })
    .getByRole("link")
    .first()
    .click()
  await page.getByRole("heading", { name: stewardChargeWords(language).certificate }).waitFor()
  await journey.look("steward-charge")
  await journey.open("/steward/service")
  await page.getByRole("heading", { level: 2, name: stewardServiceWords(language).trials }).waitFor()
  await journey.look("steward-service")
  await journey.open("/steward/sources/identifiers")
  await journey.look("steward-identifiers")
  await journey.open("/steward/touchpoints")
  await readAsTable(journey, "assay-touchpoints", options)
  await journey.look("steward-touchpoints")

  await design(journey, options)

  await journey.open("/steward/review")
  await page.getByRole("heading", { name: stewardReviewWords(language).review.lives }).waitFor()
  await journey.look("steward-review")
  await page.locator("main tbody a").first().click()
  await page.getByRole("heading", { name: stewardDecisionWords(language).decide }).waitFor()
  await journey.look("steward-decide")
  journey.expectNone()
}

/** The same facts as a table, which is how a chart is read without seeing it. */
async function readAsTable({ page }: Journey, element: string, { language }: JourneyOptions): Promise<void> {
  const chart = page.locator(element).first()
  const toggle = chart.getByRole("button", { name: wordsFor(language).chart.table })
  await toggle.click()
  expect(await chart.locator("tbody tr").count()).toBeGreaterThan(0)
  await toggle.click()
}

async function traceOneRow(journey: Journey, { language }: JourneyOptions): Promise<void> {
  const { page } = journey
  const own = stewardMoreWords(language).trace
  await journey.open("/steward/trace/core.order")
  await page.getByRole("button", { name: /^row_/ }).first().click()
  await page.getByRole("heading", { name: own.forward }).waitFor()
  expect(await page.getByText(own.barrier).count()).toBe(1)
  await journey.look("steward-trace")
}

/** Edits a draft: the price, the error and the loss follow without a load; a useless one says what to do. */
async function design(journey: Journey, { language }: JourneyOptions): Promise<void> {
  const { page } = journey
  const own = stewardDesignWords(language)
  // Arrived at from inside, so that the way back stays inside too.
  await journey.open("/steward/budget")
  await page.locator('main a[href="/steward/design/buyer_region_preference"]').first().click()
  const strip = page.locator(".strip.result")
  await strip.waitFor()
  await page.locator("assay-error-curve svg").first().waitFor()
  await journey.look("steward-design")
  const told = () => strip.innerText()
  // A busy machine takes its time; the page does not load anew.
  const patient = { timeout: 15_000 }
  const before = await told()
  const epsilon = page.getByRole("spinbutton", { name: own.fields.epsilon })
  await epsilon.fill("2")
  await expect.poll(told, patient).not.toBe(before)
  await expect.poll(told, patient).toContain("ε 2")
  // A place on the curve sets the loss; the first one buys too little and is refused.
  const least = page.locator("assay-error-curve [data-epsilon]").first()
  const place = (await least.getAttribute("data-epsilon"))!
  await least.click()
  await expect.poll(() => epsilon.inputValue(), patient).toBe(place)
  await expect.poll(told, patient).toContain(`ε ${place}`)
  await page.getByRole("alert").getByText(own.refused).first().waitFor()
  await journey.look("steward-design-refused")
  // Back to what it was, step by step; then nothing is lost by leaving.
  const undo = page.getByRole("button", { name: own.undo, exact: true })
  const redo = page.getByRole("button", { name: own.redo, exact: true })
  await undo.click()
  await expect.poll(() => epsilon.inputValue(), patient).toBe("2")
  await redo.click()
  await expect.poll(() => epsilon.inputValue(), patient).toBe(place)
  // Whoever leaves with changes is asked, by a link and by the way back alike.
  await page.locator("main").getByText(own.notSaved).waitFor()
  await page.goBack()
  await page.getByText(own.unsaved).waitFor()
  await page.getByRole("button", { name: own.stay }).click()
  await page.locator("a.brand").click()
  await page.getByText(own.unsaved).waitFor()
  await journey.look("steward-design-leave")
  expect(await epsilon.inputValue()).toBe(place)
  await page.getByRole("button", { name: own.leave }).click()
  await page.locator(".strip.result").waitFor({ state: "detached" })
}
