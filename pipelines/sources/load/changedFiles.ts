import { createHash } from "node:crypto"
import type { Session } from "#core/warehouse/Session.ts"
import { Effect } from "effect"
import { fileProblem } from "../files/fileProblem.ts"
import type { FileRef } from "../files/FileRef.ts"
import { readChunks } from "../files/readChunks.ts"
import type { StreamSpec } from "../SourceSpec.ts"
import { settingsOf } from "./settingsOf.ts"

/**
 * The files that are not recorded as loaded in this way of reading. One of the same size and time is not even opened; one of the
 * same size that was only touched is hashed, and its new time recorded.
 */
export const changedFiles = Effect.fnUntraced(function* (
  session: Session,
  source: string,
  stream: StreamSpec,
  files: ReadonlyArray<FileRef>
) {
  const key = { source, stream: stream.stream }
  const loaded = yield* session.query<{ file: string; bytes: number; modified_nanos: string; sha256: string }>(
    "select file, bytes, modified_nanos, sha256 from _assay.loaded_file " +
      "where source = $source and stream = $stream and settings = $settings",
    { ...key, settings: settingsOf(stream) }
  )
  const known = new Map(loaded.map((file) => [file.file, file]))
  return yield* Effect.filter(files, (file) =>
    Effect.gen(function* () {
      const before = known.get(file.name)
      if (before === undefined || before.bytes !== file.bytes) return true
      if (before.modified_nanos === file.modifiedNanos) return false
      if ((yield* hashOf(file)) !== before.sha256) return true
      yield* session.run(
        "update _assay.loaded_file set modified_nanos = $modified where source = $source and stream = $stream and file = $file",
        { ...key, file: file.name, modified: file.modifiedNanos }
      )
      return false
    })
  )
})

const hashOf = (file: FileRef) =>
  Effect.tryPromise({
    try: async (signal) => {
      const hash = createHash("sha256")
      for await (const chunk of readChunks(file.path, file.name, { gzip: false, signal })) hash.update(chunk)
      return hash.digest("hex")
    },
    catch: (cause) => fileProblem(file.name, cause)
  })
