import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "vite"

const root = fileURLToPath(new URL("../../dashboard/web", import.meta.url))

/** Builds the pages as they stand into a folder of their own, so a test never looks at an old build. */
export async function buildWeb(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "assay-web-"))
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
  return folder
}
