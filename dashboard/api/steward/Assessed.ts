import { Schema } from "effect"
import { Label } from "../Label.ts"
import { Loss } from "../Loss.ts"
import { Price } from "../Price.ts"
import { TradabilityParts } from "./TradabilityParts.ts"

/** What a decision on the newest version would rest on at this moment. */
export const Assessed = Schema.Struct({
  version: Schema.String,
  contract: Schema.String,
  change: Schema.Struct({ level: Schema.String, reasons: Schema.Array(Label) }),
  /** SHA-256 of what the decision rests on. */
  digest: Schema.String,
  price: Price,
  loss: Loss,
  rows: Schema.Int,
  kind: Schema.Literals(["dp_aggregate", "synthetic", "consented"]),
  index: TradabilityParts
})
export type Assessed = typeof Assessed.Type
