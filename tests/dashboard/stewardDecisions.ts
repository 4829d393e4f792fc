import type { Browser } from "playwright-core"
import { expect } from "vitest"
import { stewardDecisionWords } from "#dashboard/web/face/steward/stewardDecisionWords.ts"
import { stewardReviewWords } from "#dashboard/web/face/steward/stewardReviewWords.ts"
import { startJourney } from "./journey.ts"
import type { Journey, JourneyOptions } from "./journey.ts"

/** What two people before two browsers need: links for each, and a product with a version that nobody decided on. */
export interface Decisions {
  readonly anna: string
  readonly boris: string
  readonly product: string
}

/** What a steward found in a file, for everything that this product lacks. */
const assessment = `assessment: Looked at in a test
statements:
  G5: { value: 1, note: Purposes and territory are in order, days: 20 }
  G7: { value: 1, note: Nobody disputes the records }
  G10: { value: 1, note: It stays in the country }
  value_hypothesis: { value: 1, note: It is worth its price }
  open_issues: { value: 1, note: None is open }
  exports: { value: 1, note: Exported and validated }
`

/**
 * A product's whole life by two people: evidence is put on record, it is asked for, sent back with a reason, asked for again, approved by the
 * other one, deprecated and retired; whoever asked cannot approve.
 */
export async function stewardDecisions(
  browser: Browser,
  { anna: first, boris: second, product }: Decisions,
  looks: readonly [JourneyOptions, JourneyOptions]
): Promise<void> {
  const anna = await startJourney(browser, first, looks[0])
  const boris = await startJourney(browser, second, looks[1])
  const address = `/steward/review/${product}`

  await anna.open("/steward/review")
  await anna.page.locator(`a.button[href="${address}"]`).click()
  await record(anna, looks[0])
  await decide(anna, looks[0], "submit", "the first version")
  await anna.page.getByText(stewardReviewWords(looks[0].language).review.own).waitFor()
  expect(await move(anna, looks[0], "approve").count()).toBe(0)
  await anna.look("steward-decide-asked")

  await boris.open(address)
  await boris.look("steward-decide")
  // A reason is asked for before anything is sent.
  await move(boris, looks[1], "reject").click()
  await sure(boris, looks[1], "reject").click()
  await boris.page.getByRole("alert").waitFor()
  await boris.page.locator("form.decision input[name=reason]").fill("say for whom it is")
  await sure(boris, looks[1], "reject").click()
  await arrived(boris, looks[1], product, "draft")

  await anna.open(address)
  await anna.page.getByText("say for whom it is").waitFor()
  await decide(anna, looks[0], "submit", "now it says so")
  await boris.open(address)
  await decide(boris, looks[1], "approve", "seen and found in order")
  await arrived(boris, looks[1], product, "listed")
  await boris.look("steward-decide-listed")

  await anna.open(address)
  await move(anna, looks[0], "deprecate").click()
  await anna.page.locator("input[name=on]").fill(new Date().toISOString().slice(0, 10))
  await anna.page.locator("form.decision input[name=reason]").fill("nobody asks for it")
  await anna.look("steward-decide-sure")
  await sure(anna, looks[0], "deprecate").click()
  await arrived(anna, looks[0], product, "deprecated")
  await decide(anna, looks[0], "retire", "its time is over")
  await arrived(anna, looks[0], product, "retired")
  await anna.page.getByText(stewardDecisionWords(looks[0].language).nothingLeft).waitFor()
  anna.expectNone()
  boris.expectNone()
}

/** Puts a file on record that says itself what it vouches for, then one that says nothing. */
async function record({ page }: Journey, { language }: JourneyOptions): Promise<void> {
  const own = stewardDecisionWords(language)
  const form = page.locator("steward-evidence")
  const file = form.locator("input[type=file]")
  await file.setInputFiles({ name: "seen.assessment.yaml", mimeType: "text/yaml", buffer: Buffer.from(assessment) })
  await form.getByText(own.reads).waitFor()
  await form.getByRole("button", { name: own.record }).click()
  await page.getByText(own.recorded("6")).waitFor()
  // What holds for less than thirty days is named with its day.
  await page.getByText(own.runsOut).waitFor()
  await page.getByRole("button", { name: own.renew }).click()
  await file.setInputFiles({ name: "opinion.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 signed") })
  await form.locator("input[name=note]").fill("signed by the counsel")
  await form.getByRole("button", { name: own.record }).click()
  await page.getByText(own.recorded("1")).waitFor()
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: own.save("opinion.pdf") }).click()
  ])
  expect(saved.suggestedFilename()).toBe("opinion.pdf")
}

type Move = keyof ReturnType<typeof stewardDecisionWords>["moves"]

const move = ({ page }: Journey, { language }: JourneyOptions, name: Move) =>
  page
    .locator("steward-decision")
    .getByRole("button", { name: stewardDecisionWords(language).moves[name], exact: true })

const sure = ({ page }: Journey, { language }: JourneyOptions, name: Move) => {
  const own = stewardDecisionWords(language)
  return page.getByRole("button", { name: own.sure(own.moves[name]), exact: true })
}

async function decide(journey: Journey, options: JourneyOptions, name: Move, reason: string): Promise<void> {
  await move(journey, options, name).click()
  await journey.page.locator("form.decision input[name=reason]").fill(reason)
  await sure(journey, options, name).click()
  await journey.page.locator("form.decision").waitFor({ state: "detached" })
}

async function arrived(
  { page }: Journey,
  { language }: JourneyOptions,
  product: string,
  state: "draft" | "listed" | "deprecated" | "retired"
): Promise<void> {
  const { done, states } = stewardReviewWords(language).review
  await page.getByText(done(product, states[state])).waitFor()
}
