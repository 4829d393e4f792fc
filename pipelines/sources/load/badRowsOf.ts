import type { Session } from "#core/warehouse/Session.ts"
import { Effect } from "effect"
import type { FileRef } from "../files/FileRef.ts"
import type { Reason } from "../files/Reason.ts"
import type { StreamSpec } from "../SourceSpec.ts"
import type { BadRows } from "./LoadReport.ts"

/**
 * The files of a stream that hold bad rows, from what the warehouse recorded: an unchanged bad file is not read again and fails
 * again. `tolerate` is a share of all rows of the stream.
 */
export const badRowsOf = Effect.fnUntraced(function* (
  session: Session,
  source: string,
  stream: StreamSpec,
  files: ReadonlyArray<FileRef>
) {
  const names = new Set(files.map((file) => file.name))
  const loaded = yield* session.query<{ file: string; good_rows: number; bad_rows: number }>(
    "select file, good_rows, bad_rows from _assay.loaded_file where source = $source and stream = $stream order by file",
    { source, stream: stream.stream }
  )
  const current = loaded.filter((file) => names.has(file.file))
  const badRows = current.reduce((sum, file) => sum + file.bad_rows, 0)
  const rows = current.reduce((sum, file) => sum + file.good_rows, badRows)
  const found = yield* Effect.forEach(
    current.filter((file) => file.bad_rows > 0),
    (file) =>
      Effect.map(
        session.query<{ line: number; reason: Reason }>(
          "select line, reason from raw.quarantine where source = $source and stream = $stream and file = $file " +
            "order by line, reason limit 3",
          { source, stream: stream.stream, file: file.file }
        ),
        (first): BadRows => ({
          stream: stream.stream,
          file: file.file,
          badRows: file.bad_rows,
          rows: file.good_rows + file.bad_rows,
          first
        })
      )
  )
  const fine = badRows <= rows * (stream.options?.tolerate ?? 0)
  return { tolerated: fine ? found : [], refused: fine ? [] : found }
})
