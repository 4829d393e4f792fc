import { createHash } from "node:crypto"
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "vite"

const house = fileURLToPath(new URL("../..", import.meta.url))
const root = join(house, "dashboard/web")

/**
 * Builds the pages as they stand into a folder of the caller's own. What was built from the very same sources is copied: a test never
 * looks at an old build, and a run of many tests builds once.
 */
export async function buildWeb(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "assay-web-"))
  const kept = join(house, "node_modules/.cache", `assay-web-${hashOfSources()}`)
  if (!existsSync(kept)) {
    await buildInto(folder)
    mkdirSync(dirname(kept), { recursive: true })
    const fresh = mkdtempSync(`${kept}.`)
    cpSync(folder, fresh, { recursive: true })
    try {
      renameSync(fresh, kept)
    } catch {
      // Another test was first; its build is the same.
      rmSync(fresh, { recursive: true })
    }
    return folder
  }
  cpSync(kept, folder, { recursive: true })
  return folder
}

async function buildInto(folder: string): Promise<void> {
  // The test runner says "test", and then the pages would be built with their libraries' warnings in them.
  const before = process.env["NODE_ENV"]
  process.env["NODE_ENV"] = "production"
  try {
    await build({
      root,
      configFile: join(root, "vite.config.ts"),
      logLevel: "error",
      build: { outDir: folder, emptyOutDir: true }
    })
  } finally {
    process.env["NODE_ENV"] = before
  }
}

/** Of everything that the pages may be made of. */
function hashOfSources(): string {
  const hash = createHash("sha256").update(readFileSync(join(house, "package-lock.json")))
  for (const part of ["dashboard/web", "dashboard/api", "core"]) {
    for (const name of readdirSync(join(house, part), { recursive: true, encoding: "utf8" }).sort()) {
      const file = join(house, part, name)
      if (name.startsWith("dist/") || !statSync(file).isFile()) continue
      hash.update(`${part}/${name}\0`).update(readFileSync(file))
    }
  }
  return hash.digest("hex").slice(0, 24)
}
