import { readdirSync, statSync } from "node:fs"
import { extname, join, relative, sep } from "node:path"
import { Unavailable } from "#core/Unavailable.ts"

/** One file of the built pages. */
export interface WebFile {
  readonly path: string
  readonly mediaType: string
  /** Worth compressing: fonts and pictures already are. */
  readonly text: boolean
  /** Its name holds a hash of its bytes, so it never changes. */
  readonly immutable: boolean
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2"
}

/**
 * Lists the built pages by address. Requests are looked up in this list and never joined to a path, so there is nothing to
 * climb out of.
 *
 * @throws Unavailable if the pages have not been built
 */
export function readWeb(folder: string): ReadonlyMap<string, WebFile> {
  const files = new Map<string, WebFile>()
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const mediaType = types[extname(entry.name)]
      if (!entry.isFile() || mediaType === undefined) continue
      const path = join(entry.parentPath, entry.name)
      const address = `/${relative(folder, path).split(sep).join("/")}`
      files.set(address, {
        path,
        mediaType,
        text: /^(text|application)\/|svg/.test(mediaType) && statSync(path).size > 1024,
        immutable: address.startsWith("/static/")
      })
    }
  } catch {
    files.clear()
  }
  if (!files.has("/index.html")) {
    throw new Unavailable({
      code: "dashboard.web",
      message: "The pages of the dashboard have not been built.",
      fix: "Run `npm run build`, then start again."
    })
  }
  return files
}
