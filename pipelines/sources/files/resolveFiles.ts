import { globSync, realpathSync, statSync } from "node:fs"
import { isAbsolute, relative, resolve, sep } from "node:path"
import { BadInput } from "#core/BadInput.ts"
import { Effect } from "effect"
import type { FileRef } from "./FileRef.ts"

const maxFiles = 10_000

/**
 * The files that a path or glob names below a root, in name order. Refused: patterns that leave the root, links that lead
 * out of it, folders, files that cannot be read, and a pattern without a match.
 */
export const resolveFiles = (root: string, pattern: string): Effect.Effect<ReadonlyArray<FileRef>, BadInput> =>
  Effect.try({
    try: () => {
      if (isAbsolute(pattern) || pattern.split(/[\\/]/).includes("..") || pattern.includes("\0")) {
        throw refuse("source.outside", pattern, "leads out of the source's root", "Name files below root only.")
      }
      const names = literal(root, pattern) ?? globSync(pattern, { cwd: root })
      const found = names.map((name) => look(root, name)).filter((file) => file !== undefined)
      if (found.length === 0) {
        const what = /[*?[{]/.test(pattern) ? "matches no file" : "is not there"
        throw refuse("file.missing", pattern, what, `Check path in the source file; root is ${root}.`)
      }
      if (found.length > maxFiles) {
        throw refuse("source.too_many", pattern, `matches more than ${maxFiles} files`, "Split the stream.")
      }
      return found.sort((a, b) => (a.name < b.name ? -1 : 1))
    },
    catch: (cause) =>
      cause instanceof BadInput
        ? cause
        : refuse("file.unreadable", pattern, "cannot be looked up", "Check the permissions of the folder.")
  })

const refuse = (code: string, name: string, what: string, fix: string): BadInput =>
  new BadInput({ code, message: `${name} ${what}.`, fix, where: { file: name } })

/** A file may be called `report[1].csv`: a name that exists is no glob. */
function literal(root: string, pattern: string): ReadonlyArray<string> | undefined {
  const info = statSync(resolve(root, pattern), { throwIfNoEntry: false })
  if (info?.isDirectory() === true) {
    throw refuse("file.kind", pattern, "is a folder", `Write ${pattern}/*.csv to read the files in it.`)
  }
  return info === undefined ? undefined : [pattern]
}

function look(root: string, name: string): FileRef | undefined {
  const path = realpathSync(resolve(root, name))
  if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) {
    throw refuse("source.outside", name, "is a link that leads out of the source's root", "Copy the file below root.")
  }
  const info = statSync(path, { bigint: true })
  if (info.isDirectory()) return undefined
  if (!info.isFile()) throw refuse("file.kind", name, "is no regular file", "Give a plain file.")
  return {
    path,
    name: relative(root, resolve(root, name)).split(sep).join("/"),
    bytes: Number(info.size),
    modifiedNanos: String(info.mtimeNs)
  }
}
