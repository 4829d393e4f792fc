import { Schema } from "effect"

/** What a buyer used of a version in a month, by meter. */
export const UsageTotal = Schema.Struct({
  tenant: Schema.String,
  meter: Schema.String,
  product: Schema.String,
  version: Schema.String,
  period: Schema.String,
  quantity: Schema.Int,
  events: Schema.Int,
  /** Of the events, those that came after their own month had been invoiced. */
  late: Schema.Int,
  /** Commits to every event in the order of arrival. */
  evidence: Schema.String
}).annotate({ identifier: "UsageTotal" })
export type UsageTotal = typeof UsageTotal.Type
