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

/** A whole number; `3.0` is one and `3.7` is none, where the engine's own cast would round. */
export function castWhole(text: string): string {
  return `case when regexp_full_match(${text}, '[+-]?\\d{1,18}(\\.0*)?') then try_cast(${text} as bigint) end`
}

/** A time by a declared strptime format, or in ISO form when none is declared. */
export function castTime(text: string, format: string | undefined): string {
  return format === undefined ? `try_cast(${text} as timestamp)` : `try_strptime(${text}, ${quoteText(format)})`
}

/** Decimal text to integer minor units, rounded half away from zero where there are more digits than the currency has. */
export function castMoney(text: string, currency: string): string {
  const decimals = `case ${currency} ${currencyDecimals} else 100 end`
  const plain = `regexp_full_match(${text}, '[+-]?\\d{1,15}(\\.\\d*)?')`
  return `case when ${plain} then try_cast(try_cast(${text} as decimal(38, 8)) * ${decimals} as bigint) end`
}

/** Currencies of ISO 4217 whose minor unit is not a hundredth. */
const currencyDecimals = [
  [1, ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"]],
  [1000, ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]]
]
  .flatMap(([factor, codes]) =>
    (codes as ReadonlyArray<string>).map((code) => `when '${code}' then ${factor as number}`)
  )
  .join(" ")
