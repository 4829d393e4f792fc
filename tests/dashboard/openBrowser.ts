import { existsSync } from "node:fs"
import { chromium } from "playwright-core"
import type { Browser } from "playwright-core"

const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]

/** A real Chromium: the machine's own, else the one that @sparticuz/chromium unpacks. Its published arguments are not used: they switch web security off. */
export async function openBrowser(): Promise<Browser> {
  const own = installed.find((path) => existsSync(path))
  const executablePath = own ?? (await unpack())
  return chromium.launch({ executablePath, headless: true, args: ["--no-sandbox"] })
}

async function unpack(): Promise<string> {
  const { default: bundled } = await import("@sparticuz/chromium")
  return bundled.executablePath()
}
