import type { Language } from "./Language.ts"

/** A length of time as product files write it (`24 months`) in the reader's language; what is not one stays as it is. */
export function formatSpan(span: string, language: Language): string {
  const match = /^(\d+(?:\.\d+)?) ?(day|week|month|year)s?$/.exec(span)
  if (match === null) return span
  return new Intl.NumberFormat(language, { style: "unit", unit: match[2]!, unitDisplay: "long" }).format(
    Number(match[1])
  )
}
