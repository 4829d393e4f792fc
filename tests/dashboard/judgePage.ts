import axe from "axe-core"
import type { Page } from "playwright-core"

const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: ReadonlyArray<{ readonly target: ReadonlyArray<unknown>; readonly failureSummary?: string }>
}

/** What axe-core finds on a page as it stands against WCAG 2.0 to 2.2, levels A and AA, in shadow roots too. */
export async function judgePage(page: Page, name: string): Promise<ReadonlyArray<string>> {
  // Evaluated by the debugger, which the page's policy does not bind; a script element would be refused.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source)
  const found = await page.evaluate(async (tags): Promise<ReadonlyArray<Violation>> => {
    const { axe } = globalThis as unknown as {
      axe: { run(root: Document, how: object): Promise<{ violations: ReadonlyArray<Violation> }> }
    }
    // Off by default in axe-core, since it is new in WCAG 2.2: nothing to press is smaller than 24 by 24 px.
    const rules = { "target-size": { enabled: true } }
    const asked = { runOnly: { type: "tag", values: tags }, rules, resultTypes: ["violations"], preload: false }
    // From the top: what has only gone under the fixed header is not too small to be pressed.
    scrollTo(0, 0)
    return (await axe.run(document, asked)).violations
  }, levels)
  return found.map(
    ({ id, help, nodes }) =>
      `${name}: ${id} (${help}) at ${nodes.length} places, first ${JSON.stringify(nodes[0]?.target)}: ${nodes[0]?.failureSummary ?? ""}`
  )
}
