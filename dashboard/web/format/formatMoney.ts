import type { Price } from "../../api/Price.ts"
import type { Language } from "./Language.ts"

/** An amount for people: to the fen, or `short` in 万 and 亿 (K and M in English) for charts and totals. */
export function formatMoney({ minor, currency }: Price, language: Language, form: "full" | "short" = "full"): string {
  const short = form === "short"
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    ...(short
      ? { notation: "compact", maximumSignificantDigits: Math.abs(minor) >= 1_000_000 ? 4 : 5 }
      : { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  }).format(minor / 100)
}
