import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { rawTable } from "../landing/rawTable.ts"
import type { StreamSpec } from "../SourceSpec.ts"
import { conformColumns } from "./conformColumns.ts"

/**
 * The statement that turns a stream's raw text to typed columns: the canonical ones for a stream declared with `as`, else all of
 * its own. Row for row: it carries `_event_id`, `_lic` and `_subj` and says its `_source`.
 */
export function conformSelect(source: string, stream: StreamSpec, rawColumns: ReadonlyArray<string>): string {
  const columns = conformColumns(stream, rawColumns).map(({ name, sql }) => `  ${sql} as ${quoteIdentifier(name)}`)
  return [
    "select",
    [...columns, `  ${quoteText(source)}::varchar as _source`, "  _lic", "  _subj", "  _event_id"].join(",\n"),
    `from ${rawTable(source, stream.stream)}`
  ].join("\n")
}
