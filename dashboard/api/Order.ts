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
  state: Schema.Literals(["placed", "paid"]),
  orderedAt: Schema.String,
  paidAt: Schema.NullOr(Schema.String)
}).annotate({ identifier: "Order" })
export type Order = typeof Order.Type
