import { Schema } from "effect"
import { Label } from "./Label.ts"

/** One column of a released table, for the dictionary. */
export const Field = Schema.Struct({
  name: Schema.String,
  label: Label,
  type: Schema.String,
  part: Schema.Literals(["key", "measure"]),
  /** `row`, `CNY` (in minor units), `day`; empty for a key. */
  unit: Schema.String,
  note: Label
}).annotate({ identifier: "Field" })
export type Field = typeof Field.Type
