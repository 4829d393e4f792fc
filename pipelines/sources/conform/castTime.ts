import { quoteText } from "#core/warehouse/quoteText.ts"

/** A time by a declared strptime format, or in ISO form when none is declared. */
export function castTime(text: string, format: string | undefined): string {
  return format === undefined ? `try_cast(${text} as timestamp)` : `try_strptime(${text}, ${quoteText(format)})`
}
