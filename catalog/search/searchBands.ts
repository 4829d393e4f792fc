/** Lower bounds of price bands, in whole units of the currency. */
const prices = [0, 1000, 5000, 20_000, 100_000, 500_000]
const tradabilities = [
  [95, "95-100"],
  [90, "90-95"],
  [85, "85-90"],
  [0, "0-85"]
] as const
const ages = [
  [7, "week"],
  [31, "month"],
  [92, "quarter"]
] as const

/** The band of a price, such as `CNY 1000-5000`, half-open; the highest is `CNY 500000+`. */
export function priceBand(minor: number, currency: string): string {
  const i = prices.findLastIndex((lower) => minor >= lower * 100)
  const upper = prices[i + 1]
  return `${currency} ${upper === undefined ? `${prices[i]!}+` : `${Math.max(0, prices[Math.max(0, i)]!)}-${upper}`}`
}

/** The band of a tradability index, 0 to 100. */
export const tradabilityBand = (index: number): string => tradabilities.find(([lower]) => index >= lower)?.[1] ?? "0-85"

/** How long ago the youngest rows are, by ISO days. */
export function freshnessBand(asOf: string, today: string): string {
  const days = (Date.parse(today.slice(0, 10)) - Date.parse(asOf.slice(0, 10))) / 86_400_000
  return ages.find(([most]) => days <= most)?.[1] ?? "older"
}
