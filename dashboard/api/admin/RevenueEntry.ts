import { Schema } from "effect"

/** What the whole company took in a month, as in 1250000.00 CNY, and where the number is from. */
export const RevenueEntry = Schema.Struct({
  month: Schema.String.check(Schema.isPattern(/^\d{4}-(0[1-9]|1[0-2])$/)),
  total: Schema.String.check(Schema.isPattern(/^\d{1,15}(\.\d{1,2})? [A-Z]{3}$/)),
  source: Schema.String.check(Schema.isPattern(/^[^\p{C}]{2,200}$/u))
}).annotate({ identifier: "RevenueEntry" })
export type RevenueEntry = typeof RevenueEntry.Type
