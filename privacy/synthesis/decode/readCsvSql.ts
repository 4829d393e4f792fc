import { quoteText } from "#core/warehouse/quoteText.ts"
import type { TableShape } from "./csvLines.ts"
import { sqlTypes } from "./sqlTypes.ts"

/** SQL that reads what `csvLines` wrote, with its types. */
export function readCsvSql(file: string, shape: TableShape): string {
  const types = sqlTypes(shape).map(([name, type]) => `${quoteText(name)}: ${quoteText(type)}`)
  return `read_csv(${file}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    allow_quoted_nulls = false, columns = {${types.join(", ")}})`
}
