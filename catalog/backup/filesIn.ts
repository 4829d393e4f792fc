import { existsSync, readdirSync, statSync } from "node:fs"
import { join, relative, sep } from "node:path"

/** The files under a name in a folder, the name itself if it is a file; paths with `/`. Files that somebody is still writing begin with a dot. */
export function filesIn(root: string, name: string): ReadonlyArray<string> {
  const at = join(root, name)
  if (!existsSync(at)) return []
  if (statSync(at).isFile()) return [name]
  return readdirSync(at, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort()
}
