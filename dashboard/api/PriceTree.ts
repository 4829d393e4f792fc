import { Schema } from "effect"
import { Evidence } from "#pricing/evidence/Evidence.ts"
import type { Explanation } from "#pricing/quote/Explanation.ts"
import { Label } from "./Label.ts"

/** The explanation of a price: every number is computed from its children or opens to its evidence. */
export const PriceTree: Schema.Codec<Explanation> = Schema.Struct({
  id: Schema.String,
  label: Label,
  value: Schema.Finite,
  unit: Schema.String,
  formula: Schema.optionalKey(Schema.String),
  evidence: Schema.optionalKey(Evidence),
  children: Schema.optionalKey(Schema.Array(Schema.suspend((): Schema.Codec<Explanation> => PriceTree)))
}).annotate({ identifier: "PriceTree" })
export type PriceTree = Explanation
