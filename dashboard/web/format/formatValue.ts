import { formatMoney } from "./formatMoney.ts"
import { formatNumber } from "./formatNumber.ts"
import type { Language } from "./Language.ts"

/** A figure by its unit: a currency code means minor units of it, everything else is a plain number. */
export function formatValue(value: number, unit: string, language: Language, form: "full" | "short" = "full"): string {
  return /^[A-Z]{3}$/.test(unit)
    ? formatMoney({ minor: Math.round(value), currency: unit }, language, form)
    : formatNumber(value, language, form === "short" ? 3 : 6, form)
}
