import { Schema } from "effect"
import { Freshness } from "./Freshness.ts"
import { Label } from "./Label.ts"
import { Price } from "./Price.ts"

/** What the catalog shows of a product. Every number is public or released. */
export const ProductCard = Schema.Struct({
  id: Schema.String,
  title: Label,
  summary: Label,
  kind: Schema.Literals(["dp_aggregate", "synthetic", "consented"]),
  version: Schema.String,
  /** The release period, such as `2026-10`. */
  period: Schema.String,
  /** Rows of the released table, which the mechanism chose: not a count of anything real. */
  releasedRows: Schema.Int,
  price: Price,
  freshness: Freshness,
  /** Score 0 to 100 and the information in bits that it rests on. */
  depth: Schema.Struct({ score: Schema.Finite, bits: Schema.Finite }),
  /** The tradability index, 0 to 100, and when it was assessed; null for what was listed before there were assessments. */
  tradability: Schema.NullOr(Schema.Struct({ index: Schema.Finite, at: Schema.String })),
  guarantee: Schema.Struct({ epsilon: Schema.Finite, delta: Schema.Finite, rho: Schema.Finite })
}).annotate({ identifier: "ProductCard" })
export type ProductCard = typeof ProductCard.Type
