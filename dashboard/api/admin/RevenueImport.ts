import { Schema } from "effect"

/** A CSV with the columns month and total, and where it is from. */
export const RevenueImport = Schema.Struct({
  csv: Schema.String.check(Schema.isMaxLength(50_000)),
  source: Schema.String.check(Schema.isPattern(/^[^\p{C}]{2,200}$/u))
}).annotate({ identifier: "RevenueImport" })
export type RevenueImport = typeof RevenueImport.Type
