import type { Page } from "playwright-core"

/** An A4 sheet between its margins, in CSS pixels. */
const sheet = 687

/** What is wrong with a page as it stands where it is shown otherwise: on paper, and on a screen of 320 px (WCAG 1.4.10), which is 1280 px at 400 %. */
export async function judgeForms(page: Page, name: string): Promise<ReadonlyArray<string>> {
  const { width, height } = page.viewportSize()!
  const wrong: Array<string> = []
  if (width < 600) {
    await page.setViewportSize({ width: 320, height })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) wrong.push(`${name}: ${over} px too wide at 320 px`)
  } else {
    await page.emulateMedia({ media: "print" })
    await page.setViewportSize({ width: sheet, height })
    wrong.push(...(await page.evaluate(onPaper)).map((text) => `${name} on paper: ${text}`))
    await page.emulateMedia({ media: "screen" })
  }
  await page.setViewportSize({ width, height })
  return wrong
}

/** Controls that are still there, and what reaches over the edge or is cut off at one. */
function onPaper(): ReadonlyArray<string> {
  const wrong: Array<string> = []
  const over = document.documentElement.scrollWidth - innerWidth
  if (over > 0) wrong.push(`${over} px too wide`)
  const walk = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot !== null) walk(element.shadowRoot)
      if (!element.checkVisibility({ visibilityProperty: true })) continue
      const called = `${element.localName}.${element.getAttribute("class") ?? ""}`
      if (/^(button|input|select|textarea|nav)$/.test(element.localName)) wrong.push(`${called} is printed`)
      if (!(element instanceof HTMLElement)) continue
      const cut = element.scrollWidth - element.clientWidth > 1 && element.clientWidth > 1
      const { overflowX } = getComputedStyle(element)
      if (cut && overflowX !== "visible")
        wrong.push(`${called} cuts ${element.scrollWidth - element.clientWidth} px off`)
      const { right, width: wide } = element.getBoundingClientRect()
      if (element.localName === "table" && wide > 0 && right > innerWidth + 1)
        wrong.push(`${called} reaches ${Math.round(right - innerWidth)} px over the edge`)
    }
  }
  walk(document)
  return [...new Set(wrong)].slice(0, 8)
}
