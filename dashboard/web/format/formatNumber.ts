import type { Language } from "./Language.ts"

/** A number with at most so many significant digits; `short` writes 万 and 亿 (K and M in English) from ten thousand on. */
export function formatNumber(value: number, language: Language, digits = 6, form: "full" | "short" = "full"): string {
  const compact = form === "short" && Math.abs(value) >= 10_000
  return new Intl.NumberFormat(language, {
    maximumSignificantDigits: compact || Math.abs(value) < 1000 ? digits : Math.max(digits, 4),
    ...(compact ? { notation: "compact" } : {})
  }).format(value)
}
