import { readdirSync, realpathSync, statSync } from "node:fs"
import { basename, dirname, join, relative, sep } from "node:path"
import { BadInput } from "#core/BadInput.ts"
import type { Unavailable } from "#core/Unavailable.ts"
import { Effect } from "effect"
import { fileProblem } from "../files/fileProblem.ts"
import type { FileRef } from "../files/FileRef.ts"
import { resolveFiles } from "../files/resolveFiles.ts"

const extension = /\.(csv|tsv|txt|json|jsonl|ndjson|parquet)(\.gz)?$/i
const maxFiles = 200
const maxDepth = 3

export interface DataFiles {
  readonly root: string
  readonly files: ReadonlyArray<FileRef>
}

/** The file at a path, or the data files of a folder and of its folders. Links out of it are left out. */
export const dataFiles = Effect.fnUntraced(function* (path: string) {
  const { root, names } = yield* Effect.try({ try: () => namesAt(path), catch: (cause) => absent(path, cause) })
  if (names.length === 0 || names.length > maxFiles) {
    return yield* new BadInput({
      code: names.length === 0 ? "file.missing" : "source.too_many",
      message:
        names.length === 0
          ? `${path} holds no CSV, TSV, JSON, JSONL or Parquet file.`
          : `${path} holds more than ${maxFiles} data files.`,
      fix: "Give the path of a file, or of a folder with the files of one export.",
      where: { file: path }
    })
  }
  const found = yield* Effect.forEach(names, (name) => resolveFiles(root, name))
  return { root, files: found.flat() } satisfies DataFiles as DataFiles
})

function absent(path: string, cause: unknown): BadInput | Unavailable {
  if ((cause as { code?: string }).code !== "ENOENT") return fileProblem(path, cause)
  const where = { file: path }
  return new BadInput({ code: "file.missing", message: `There is no ${path}.`, fix: "Check the path.", where })
}

function namesAt(path: string): { readonly root: string; readonly names: ReadonlyArray<string> } {
  const real = realpathSync(path)
  if (!statSync(real).isDirectory()) return { root: dirname(real), names: [basename(real)] }
  const names: Array<string> = []
  const walk = (folder: string, depth: number): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const at = join(folder, entry.name)
      if (entry.isDirectory() && depth < maxDepth && !entry.name.startsWith(".")) walk(at, depth + 1)
      else if (entry.isFile() && extension.test(entry.name)) names.push(relative(real, at).split(sep).join("/"))
    }
  }
  walk(real, 1)
  return { root: real, names: names.sort() }
}
