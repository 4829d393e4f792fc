import type { Page } from "playwright-core"

/** What has the focus, through shadow roots: its role or element, and its name as it can be read. */
export const focused = (
  page: Page
): Promise<{ readonly element: string; readonly name: string; readonly ring: string }> =>
  page.evaluate(() => {
    let at = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    if (at === null || at === document.body) return { element: "body", name: "", ring: "" }
    const label = at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? at.labels?.[0]?.textContent : ""
    const name = at.getAttribute("aria-label") ?? (label || at.textContent)
    const { outlineStyle, outlineWidth } = getComputedStyle(at)
    return {
      element: at.localName,
      name: name.trim().replaceAll(/\s+/g, " "),
      ring: `${outlineStyle} ${outlineWidth}`
    }
  })

/** Presses Tab until something with this name has the focus. Fails where it is not to be reached, or where no ring shows the way. */
export async function tabTo(page: Page, name: string | RegExp, most = 80): Promise<void> {
  const met: Array<string> = []
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab")
    const at = await focused(page)
    if (at.element !== "body" && !at.ring.startsWith("solid 2px") && !at.ring.startsWith("auto"))
      throw new Error(`no ring shows the focus on ${at.element} “${at.name.slice(0, 60)}”: ${at.ring}`)
    if (typeof name === "string" ? at.name === name : name.test(at.name)) return
    met.push(`${at.element} ${at.name.slice(0, 24)}`)
  }
  throw new Error(`${String(name)} is not reached by Tab; met ${met.join(" | ")}`)
}
