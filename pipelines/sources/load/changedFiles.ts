import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Effect } from "effect"
import type { FileRef } from "../files/FileRef.ts"
import type { StreamSpec } from "../SourceSpec.ts"

/** The files that are not recorded as loaded with this size, time and way of reading; the others need not even be opened. */
export const changedFiles = Effect.fnUntraced(function* (
  session: Session,
  source: string,
  stream: StreamSpec,
  files: ReadonlyArray<FileRef>
) {
  const loaded = yield* session.query<{ file: string; bytes: number; modified_nanos: string }>(
    "select file, bytes, modified_nanos from _assay.loaded_file " +
      "where source = $source and stream = $stream and settings = $settings",
    { source, stream: stream.stream, settings: settingsOf(stream) }
  )
  const known = new Set(loaded.map((file) => `${file.bytes} ${file.modified_nanos} ${file.file}`))
  return files.filter((file) => !known.has(`${file.bytes} ${file.modifiedNanos} ${file.name}`))
})

/** A digest of the options that change how a file is read; a file read otherwise counts as changed. */
export function settingsOf(stream: StreamSpec): string {
  const { delimiter, quote, escape, header, encoding } = stream.options ?? {}
  return sha256Hex(canonicalJson({ delimiter, quote, escape, header, encoding })).slice(0, 16)
}
