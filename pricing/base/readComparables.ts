import { Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { parseMoney } from "#core/money/parseMoney.ts"
import { decodeInput } from "../evidence/decodeInput.ts"
import type { Public } from "../evidence/Evidence.ts"
import { publicNumber } from "../evidence/publicNumber.ts"

const Coefficient = Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0)))
const ComparablesFile = Schema.Struct({
  /** Where the figures were published. */
  source: Schema.NonEmptyString,
  date: Schema.String.check(Schema.isPattern(/^\d{4}-\d\d-\d\d$/, { expected: "a day such as 2026-11-22" })),
  comparables: Schema.NonEmptyArray(
    Schema.Struct({
      name: Schema.NonEmptyString,
      price: Schema.String,
      /** How much data the price was for, where it was published; prices per GB are compared by it. */
      gigabytes: Coefficient,
      quality: Coefficient,
      demand: Coefficient,
      date: Coefficient,
      volume: Coefficient
    })
  )
})

const kinds = ["quality", "demand", "date", "volume"] as const

/** Published prices of comparable products, in one currency. */
export interface Comparables {
  readonly source: string
  readonly date: string
  readonly currency: string
  readonly comparables: ReadonlyArray<{
    readonly name: string
    /** Minor units. */
    readonly price: Public
    /** Quality, demand, date and volume, each 1 where the file is silent. */
    readonly coefficients: ReadonlyArray<Public>
    /** What the price was for; null where the file is silent. */
    readonly gigabytes: number | null
  }>
}

/**
 * Reads a file of market comparables: `{ source, date, comparables: [{ name, price: "128000.00 CNY", quality, demand, date, volume, gigabytes }] }`.
 *
 * @throws  BadInput for a missing, unknown or impossible field, a price that is not above zero, or two currencies
 */
export function readComparables(json: unknown): Comparables {
  const { source, date, comparables } = decodeInput(ComparablesFile, json, "comparables file")
  const currency = parseMoney(comparables[0].price).currency
  return {
    source,
    date,
    currency,
    comparables: comparables.map((one, i) => {
      const price = parseMoney(one.price)
      if (price.currency !== currency || price.minor < 1) {
        throw new BadInput({
          code: "comparables.price",
          message: `The price of comparable ${i + 1} is not an amount above zero in ${currency}.`,
          fix: "Convert all comparables to one currency at the rate of their date.",
          where: { field: `comparables.${i}.price` }
        })
      }
      const stated = (field: string, value: number, unit: string): Public =>
        publicNumber(value, unit, `comparables:${source}#${i}.${field}`, date)
      return {
        name: one.name,
        price: stated("price", price.minor, "minor"),
        coefficients: kinds.map((kind) => stated(kind, one[kind] ?? 1, "factor")),
        gigabytes: one.gigabytes ?? null
      }
    })
  }
}
