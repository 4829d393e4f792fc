import { Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { Money } from "#core/money/Money.ts"
import { parseMoney } from "#core/money/parseMoney.ts"
import { decodeInput } from "../evidence/decodeInput.ts"
import { publicNumber } from "../evidence/publicNumber.ts"
import { readDays } from "../ttl/readDays.ts"
import type { PricePolicy } from "./QuoteInputs.ts"

const Price = Schema.Struct({
  base: Schema.String,
  floor: Schema.optionalKey(Schema.String),
  half_life: Schema.optionalKey(Schema.String),
  grace: Schema.optionalKey(Schema.String),
  archival: Schema.optionalKey(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))),
  beta: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0), Schema.isLessThanOrEqualTo(1))),
  r0: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0)))
})
type PriceField = keyof typeof Price.Type

/** What holds where a product file is silent; the values of pricing.md, and the least floor there is. */
const defaults = { half_life: "30 days", grace: "1 day", archival: 0.2, beta: 0.7, r0: 0.15 } as const

/**
 * Reads the `price:` part of a product file as public evidence.
 *
 * A floor of less than one minor unit is refused: above nothing, a price can be split into parts that each round to nothing.
 *
 * @param price    the decoded YAML of `price:`
 * @param product  the product's name, which the evidence points to
 * @param when     ISO instant at which the file was read
 * @throws         BadInput naming the field: unknown, missing base, not an amount, not a duration, out of range, two currencies
 */
export function readPricePolicy(
  price: unknown,
  product: string,
  when: string
): { policy: PricePolicy; currency: string } {
  const read = decodeInput(Price, price, `price of ${product}`)
  const base = parseMoney(read.base)
  const floor = read.floor === undefined ? { minor: 1, currency: base.currency } : parseMoney(read.floor)
  checkAmounts(base, floor)
  const stated = (field: PriceField, value: number, unit: string) => {
    const origin = read[field] === undefined ? "default" : `product:${product}`
    return publicNumber(value, unit, `${origin}#price.${field}`, when)
  }
  const days = (field: "half_life" | "grace") => stated(field, daysOf(field, read[field] ?? defaults[field]), "day")
  return {
    currency: base.currency,
    policy: {
      base: stated("base", base.minor, "minor"),
      floor: stated("floor", floor.minor, "minor"),
      halfLife: days("half_life"),
      grace: days("grace"),
      archival: stated("archival", read.archival ?? defaults.archival, "share"),
      beta: stated("beta", read.beta ?? defaults.beta, "exponent"),
      r0: stated("r0", read.r0 ?? defaults.r0, "rho")
    }
  }
}

function checkAmounts(base: Money, floor: Money): void {
  if (base.currency !== floor.currency) {
    throw wrong(
      "floor",
      `The base price is in ${base.currency} and the floor in ${floor.currency}.`,
      "Write both in one currency."
    )
  }
  if (base.minor < 1) throw wrong("base", "The base price is not above zero.", "Write an amount such as 12000.00 CNY.")
  if (floor.minor < 1)
    throw wrong("floor", "The floor is not above zero.", "Write the marginal cost of a delivery, at least 0.01.")
}

function daysOf(field: "half_life" | "grace", text: string): number {
  const days = readDays(text)
  if (days === undefined || (field === "half_life" && days === 0)) {
    throw wrong(
      field,
      `The ${field} is not a duration above zero.`,
      "Write it as 30 days, 2 weeks, 12 months or 1 year."
    )
  }
  return days
}

const wrong = (field: PriceField, message: string, fix: string): BadInput =>
  new BadInput({ code: `price.${field}`, message, fix, where: { field: `price.${field}` } })
