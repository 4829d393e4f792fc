import { Schema } from "effect"
import { ConsentedSpec } from "#core/release/ConsentedSpec.ts"
import { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { SyntheticSpec } from "#core/release/SyntheticSpec.ts"

const Text = Schema.NonEmptyString
const maybe = Schema.optionalKey
const Bilingual = Schema.Struct({ zh: Text, en: Text })
const Days = Schema.String.check(
  Schema.isPattern(/^\d{1,5}(\.\d{1,3})? (day|week|month|year)s?$/, { expected: "a length of time such as 30 days" })
)
const Amount = Schema.String.check(
  Schema.isPattern(/^\d{1,13}(\.\d{1,2})? [A-Z]{3}$/, { expected: "an amount such as 12000.00 CNY" })
)
const Share = Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 1 }))

/** A product file as its steward writes it. Lengths of time are texts such as `30 days`, amounts such as `120.00 CNY`. */
export const ProductFile = Schema.Struct({
  product: Schema.String.check(
    Schema.isPattern(/^[a-z][a-z0-9_]{0,47}$/, {
      expected: "a name of lower-case letters, digits and underscores that starts with a letter"
    })
  ),
  title: Bilingual,
  description: maybe(Bilingual),
  owner: Text,
  steward: maybe(Text),
  classification: maybe(Text),
  source_of_right: maybe(Text),
  /** What a buyer needs it for. */
  scenario: Schema.Struct({
    purpose: Text,
    required: Schema.Array(Text).check(Schema.isNonEmpty()),
    optional: maybe(Schema.Array(Text)),
    history: maybe(Days),
    freshness: maybe(Days),
    /** The last day of which the table holds records, where that is publicly known and not today: the age of the data counts from it. */
    until: maybe(
      Schema.String.check(
        Schema.isPattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { expected: "a day such as 2026-12-31" })
      )
    )
  }),
  /** Either an asset, or a statement over assets in a file beside this one. */
  from: maybe(Text),
  sql: maybe(Text),
  release: Schema.Union([ReleaseSpec, SyntheticSpec, ConsentedSpec]),
  /** What the columns and values mean, for the dictionary. */
  dictionary: maybe(Schema.Record(Schema.String, Bilingual)),
  terms: Schema.Struct({
    purposes: Schema.Array(Text).check(Schema.isNonEmpty()),
    onward: Schema.Boolean,
    territory: Schema.Array(Text).check(Schema.isNonEmpty()),
    retention: Days
  }),
  /** What may be bought besides the whole version; left out, parts are offered by a rule. */
  offers: maybe(
    Schema.Array(
      Schema.Struct({
        offer: Text,
        columns: maybe(Schema.Array(Text)),
        rows: maybe(Schema.Record(Schema.String, Schema.Union([Text, Schema.Number]))),
        accuracy: maybe(Schema.Number.check(Schema.isBetween({ minimum: 0.01, maximum: 1 }))),
        factor: maybe(Schema.Number.check(Schema.isBetween({ minimum: 0.01, maximum: 10 })))
      })
    )
  ),
  /**
   * More accurate releases that may be ordered, as multiples of the version's rho: each is made when it was paid, and its whole loss is
   * reserved at the order. Left out: none, since the budget is everybody's.
   */
  higher_accuracy: maybe(Schema.Array(Schema.Number.check(Schema.isBetween({ minimum: 1.1, maximum: 16 })))),
  /** What is left out takes the defaults of the price function. */
  price: Schema.Struct({
    base: Amount,
    half_life: maybe(Days),
    grace: maybe(Days),
    archival: maybe(Share),
    beta: maybe(Schema.Number.check(Schema.isBetween({ minimum: 0.01, maximum: 1 }))),
    r0: maybe(Schema.Number.check(Schema.isGreaterThan(0))),
    floor: maybe(Amount)
  })
})
export type ProductFile = typeof ProductFile.Type
