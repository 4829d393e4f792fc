import { Schema } from "effect"

/** What a customer gets for taking back; it can be checked without the house. */
export const RevocationReceipt = Schema.Struct({
  /** Place in the log. */
  index: Schema.Int,
  epoch: Schema.Int,
  /** Of the log that holds it, 64 hexadecimal digits. */
  root: Schema.String,
  size: Schema.Int,
  operation: Schema.String,
  /** Second since 1970. */
  at: Schema.Int,
  frozen: Schema.Array(
    Schema.Struct({
      kind: Schema.Literals(["assets", "product", "delivery", "release"]),
      name: Schema.String,
      effect: Schema.Literals(["masked", "suspended", "recalled", "stays"]),
      until: Schema.optionalKey(Schema.String)
    })
  )
}).annotate({ identifier: "RevocationReceipt" })
export type RevocationReceipt = typeof RevocationReceipt.Type
