import { Schema } from "effect"

/** A file of market comparables for a product, with its source and date inside, as JSON text. */
export const ComparablesImport = Schema.Struct({
  product: Schema.String.check(Schema.isPattern(/^[\w.-]{1,80}$/)),
  document: Schema.String.check(Schema.isMaxLength(50_000))
}).annotate({ identifier: "ComparablesImport" })
export type ComparablesImport = typeof ComparablesImport.Type
