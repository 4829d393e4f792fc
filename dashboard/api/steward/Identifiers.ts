import { Schema } from "effect"

/** Which columns hold identifiers, by name and declared category, and how sure each kind of match is. */
export const Identifiers = Schema.Struct({
  columns: Schema.Array(
    Schema.Struct({
      asset: Schema.String,
      column: Schema.String,
      /** What its name says that it holds. */
      named: Schema.NullOr(Schema.String),
      category: Schema.NullOr(Schema.String)
    })
  ),
  rules: Schema.Array(
    Schema.Struct({
      kind: Schema.String,
      /** How a match is made sure of. */
      check: Schema.Literals(["check digit", "form"]),
      /** Share of random texts of the same length and alphabet that pass; null where there is no such measure. */
      falseMatch: Schema.NullOr(Schema.Finite),
      of: Schema.String
    })
  )
}).annotate({ identifier: "Identifiers" })
export type Identifiers = typeof Identifiers.Type
