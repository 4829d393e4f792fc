import { Schema } from "effect"

/** Parquet names the order in its metadata; CSV has its formula cells defused; JSONL has one row a line. */
export const DeliveryFormat = Schema.Literals(["parquet", "csv", "jsonl"])
export type DeliveryFormat = typeof DeliveryFormat.Type
