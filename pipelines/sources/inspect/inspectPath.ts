import { basename } from "node:path"
import type { BadInput } from "#core/BadInput.ts"
import { Effect, Result } from "effect"
import { dataFiles } from "./dataFiles.ts"
import { inspectFile } from "./inspectFile.ts"
import type { Inspection } from "./Inspection.ts"
import { proposal } from "./proposal.ts"

/**
 * Proposes a source file for a file or a folder of files, and says what is dirty in them. A file that cannot be taken is named
 * with the reason; when it is the only one, that is the failure.
 */
export const inspectPath = Effect.fn("inspectPath")(function* (path: string) {
  const { root, files } = yield* dataFiles(path)
  const names = streamNames(files.map((file) => file.name))
  const results = yield* Effect.forEach(files, (file, i) =>
    Effect.map(
      Effect.result(Effect.catchTag(inspectFile(file, names[i]!), "WarehouseError", (error) => Effect.die(error))),
      (result) => ({ file: file.name, result })
    )
  )
  const streams = results.flatMap(({ result }) => (Result.isSuccess(result) ? [result.success] : []))
  const failed = results.flatMap(({ file, result }) =>
    Result.isFailure(result) ? [{ file, error: result.failure }] : []
  )
  const outside = failed.find(({ error }) => error._tag === "Unavailable")
  if (outside !== undefined) return yield* outside.error
  if (streams.length === 0) return yield* failed[0]!.error
  const refused = failed.map(({ file, error }) => ({ file, message: (error as BadInput).message }))
  const yaml = proposal(nameOf(basename(root)), root, streams)
  return { yaml, streams, refused } satisfies Inspection as Inspection
})

/** Names that a source file accepts: lower case, single underscores, starting with a letter. */
function nameOf(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^[^a-z]+|_+$/g, "")
  return plain.slice(0, 40).replace(/(?<!_)_+$/, "") || "source"
}

function streamNames(files: ReadonlyArray<string>): ReadonlyArray<string> {
  const taken = new Set<string>()
  return files.map((file) => {
    const wanted = nameOf(file.replace(/(\.[a-z]+)(\.gz)?$/i, ""))
    let name = wanted
    for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`
    taken.add(name)
    return name
  })
}
