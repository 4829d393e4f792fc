import { quoteText } from "#core/warehouse/quoteText.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Clock, Effect } from "effect"
import type { HandedFile } from "./handOver.ts"

export interface QuarantineBatch {
  readonly source: string
  readonly stream: string
  readonly batch: string
  readonly files: ReadonlyArray<HandedFile>
}

/** Makes `raw.quarantine` hold exactly the bad rows of these files as they are now. */
export const quarantineFiles = Effect.fnUntraced(function* (session: Session, bad: QuarantineBatch) {
  const now = yield* Clock.currentTimeMillis
  const { source, stream, batch } = bad
  for (const { file, badPaths } of bad.files) {
    const key = { source, stream, file: file.name }
    yield* session.run("delete from raw.quarantine where source = $source and stream = $stream and file = $file", key)
    if (badPaths.length === 0) continue
    const columns = "{'line': 'bigint', 'reason': 'varchar', 'length': 'bigint', 'hex': 'varchar'}"
    const rows =
      `read_csv([${badPaths.map(quoteText).join(", ")}], auto_detect = false, header = false, delim = ',', ` +
      `columns = ${columns})`
    yield* session.run(
      "insert into raw.quarantine (source, stream, file, line, reason, length, bytes, batch, quarantined_at) " +
        "select $source, $stream, $file, line, reason, length, coalesce(unhex(hex), ''::blob), $batch, epoch_ms($now::bigint) " +
        `from ${rows}`,
      { ...key, batch, now }
    )
  }
})
