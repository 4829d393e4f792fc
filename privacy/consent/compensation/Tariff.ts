import { Schema } from "effect"

const PerSale = Schema.String.check(
  Schema.isPattern(/^(0|[1-9]\d{0,6})(\.\d{1,8})?$/, { expected: "an amount such as 0.05, with at most 8 decimals" })
)

/**
 * What a subject earns by each sale of something made with their records: for a category of data and a purpose. A line about a broad term is
 * about everything narrower that has no line of its own.
 */
export const Tariff = Schema.Struct({
  /** ISO 4217. */
  currency: Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/, { expected: "a currency such as CNY" })),
  lines: Schema.Array(
    Schema.Struct({
      category: Schema.NonEmptyString,
      purpose: Schema.NonEmptyString,
      /** In the currency's major unit. */
      perSale: PerSale
    })
  ).check(Schema.isNonEmpty())
})
export type Tariff = typeof Tariff.Type
