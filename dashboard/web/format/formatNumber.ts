import type { Language } from "./Language.ts"

/** A number with at most so many significant digits; `short` writes 万 and 亿 (K and M in English). */
export function formatNumber(value: number, language: Language, digits = 6, form: "full" | "short" = "full"): string {
  return new Intl.NumberFormat(language, {
    maximumSignificantDigits: digits,
    ...(form === "short" ? { notation: "compact" } : {})
  }).format(value)
}
