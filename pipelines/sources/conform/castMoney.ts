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
