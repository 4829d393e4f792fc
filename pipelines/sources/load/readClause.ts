import { quoteText } from "#core/warehouse/quoteText.ts"
import type { PreparedFile } from "./PreparedFile.ts"
import { recordLimit } from "./recordLimit.ts"

/** The table function that reads a prepared text; nothing in it is left to the engine's sniffer. */
export function readClause(prepared: PreparedFile): string {
  const text = prepared.plan.text
  const json = text === undefined
  const mark = (byte: number): string => quoteText(String.fromCharCode(byte))
  const columns = json
    ? [...(prepared.mended ? ["'line': 'bigint'"] : []), "'document': 'varchar'"]
    : text.columns.map((column) => `${quoteText(column.name)}: 'varchar'`)
  const parts = [
    quoteText(prepared.path),
    "auto_detect = false",
    `header = ${!json && text.header && !prepared.mended}`,
    `delim = ${json ? mark(0x1f) : mark(text.dialect.delimiter)}`,
    `quote = ${json ? "''" : mark(text.dialect.quote)}`,
    `escape = ${json ? "''" : mark(text.dialect.escape)}`,
    `new_line = ${lineEnd(prepared)}`,
    "nullstr = ''",
    `buffer_size = ${2 * (json ? recordLimit.json : recordLimit.delimited) + 2000000}`,
    `max_line_size = ${(json ? recordLimit.json : recordLimit.delimited) + 1000}`,
    `compression = ${prepared.plan.gzip && !prepared.mended ? "'gzip'" : "'none'"}`,
    `columns = {${columns.join(", ")}}`
  ]
  return `read_csv(${parts.join(", ")})`
}

/** Said, since the engine takes the first CR it sees for a line end, be it within quotes. */
function lineEnd({ mended, plan, facts }: PreparedFile): string {
  if (mended) return "'\\n'"
  if (plan.text?.dialect.newline === 13) return "'\\r'"
  return facts.crlfLines > 0 ? "'\\r\\n'" : "'\\n'"
}
