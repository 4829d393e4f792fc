import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"

/**
 * A raw field as text without outer blanks, null where it is empty or a missing marker. All casts here are total: what does not
 * fit becomes null and is counted by `failedCasts`.
 */
export function castText(field: string, missing: ReadonlyArray<string>): string {
  const trimmed = `trim(${quoteIdentifier(field)}, ' \t\r\n')`
  const markers = [...new Set(["", ...missing.map((marker) => marker.trim())])].map(quoteText)
  return `case when ${trimmed} not in (${markers.join(", ")}) then ${trimmed} end`
}
