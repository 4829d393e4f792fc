import { Schema } from "effect"

/** Parquet is the version's own bytes; CSV is made from it with formula cells defused. */
export const DeliveryFormat = Schema.Literals(["parquet", "csv"])
export type DeliveryFormat = typeof DeliveryFormat.Type
