import { Schema } from "effect"

/** The tax on invoices to buyers of a country from a day on. */
export const TaxEntry = Schema.Struct({
  /** ISO 3166-1 alpha-2. */
  country: Schema.String.check(Schema.isPattern(/^[A-Z]{2}$/)),
  percent: Schema.String.check(Schema.isPattern(/^\d{1,2}(\.\d{1,2})?$/)),
  since: Schema.String.check(Schema.isPattern(/^\d{4}-\d\d-\d\d$/)),
  note: Schema.String.check(Schema.isPattern(/^[^\p{C}]{0,200}$/u))
}).annotate({ identifier: "TaxEntry" })
export type TaxEntry = typeof TaxEntry.Type
