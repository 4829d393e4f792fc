import { Schema } from "effect"
import { Label } from "./Label.ts"
import { Price } from "./Price.ts"

/** A sale: placed by a buyer, paid when a steward has seen the money, then deliverable. */
export const Order = Schema.Struct({
  id: Schema.String,
  quote: Schema.String,
  product: Schema.String,
  title: Label,
  version: Schema.String,
  buyer: Schema.String,
  price: Price,
  state: Schema.Literals(["ordered", "paid", "delivered"]),
  orderedAt: Schema.String,
  paidAt: Schema.NullOr(Schema.String),
  /** The first delivery; a paid version may be delivered again. */
  deliveredAt: Schema.NullOr(Schema.String)
}).annotate({ identifier: "Order" })
export type Order = typeof Order.Type
