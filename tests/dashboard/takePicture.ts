import { mkdirSync } from "node:fs"
import { dirname } from "node:path"
import type { Page } from "playwright-core"

const mostHeight = 3000

/** Takes the picture of a whole page, down to a height that can still be looked at. */
export async function takePicture(page: Page, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  const { width, height } = page.viewportSize()!
  const all = await page.evaluate(() => document.documentElement.scrollHeight)
  const clip = { x: 0, y: 0, width, height: Math.min(mostHeight, Math.max(height, all)) }
  await page.screenshot({ path, fullPage: true, clip })
}
