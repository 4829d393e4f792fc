import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { chromium } from "playwright-core"
import type { Browser } from "playwright-core"

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
]

/** A real Chromium: the machine's own, else the one that @sparticuz/chromium unpacks. Its published arguments are not used: they switch web security off. */
export async function openBrowser(): Promise<Browser> {
  const own = installed.find((path) => existsSync(path))
  const folder = own === undefined ? await unpack() : undefined
  return chromium.launch({
    executablePath: own ?? join(folder!, "chromium"),
    headless: true,
    args: ["--no-sandbox"],
    ...(folder === undefined ? {} : { env: { ...process.env, ...surroundings(folder) } })
  })
}

/** The unpacked browser brings fonts, and libraries for a machine that lacks the ones it is linked to. */
function surroundings(folder: string): Record<string, string> {
  const { stdout, status } = spawnSync("ldd", [join(folder, "chromium")], { encoding: "utf8" })
  const complete = status === 0 && !stdout.includes("not found")
  const fonts = { FONTCONFIG_PATH: join(folder, "fonts") }
  return complete ? fonts : { ...fonts, LD_LIBRARY_PATH: join(folder, "al2023", "lib") }
}

/** Unpacks beside the shared place and moves there, so that two test processes never run a half-written browser. */
async function unpack(): Promise<string> {
  const shared = join(tmpdir(), "assay-chromium-with-libraries")
  if (existsSync(join(shared, "chromium"))) return shared
  const before = process.env["TMPDIR"]
  const own = mkdtempSync(`${shared}-`)
  process.env["TMPDIR"] = own
  try {
    const { default: bundled, inflate } = await import("@sparticuz/chromium")
    await bundled.executablePath()
    await inflate(fileURLToPath(new URL("../bin/al2023.tar.br", import.meta.resolve("@sparticuz/chromium"))))
  } finally {
    if (before === undefined) delete process.env["TMPDIR"]
    else process.env["TMPDIR"] = before
  }
  try {
    renameSync(own, shared)
  } catch {
    // Another process was first.
    rmSync(own, { recursive: true, force: true })
  }
  return shared
}
