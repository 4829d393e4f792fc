import type { Money } from "./Money.ts"

/** Writes an amount as `parseMoney` reads it: `"12000.00 CNY"`. For people use Intl in the page instead. */
export function formatMoney(money: Money): string {
  const size = Math.abs(money.minor)
  const whole = Math.floor(size / 100)
  const rest = String(size % 100).padStart(2, "0")
  return `${money.minor < 0 ? "-" : ""}${whole}.${rest} ${money.currency}`
}
