import { Schema } from "effect"

/** A cap of one buyer or product, as epsilon at a delta of 1e-9. */
export const CapRequest = Schema.Struct({
  scope: Schema.Literals(["buyer", "product"]),
  name: Schema.String.check(Schema.isPattern(/^[^\p{C}]{1,200}$/u)),
  epsilon: Schema.String.check(Schema.isPattern(/^\d{1,2}(\.\d{1,6})?$/))
}).annotate({ identifier: "CapRequest" })
export type CapRequest = typeof CapRequest.Type
