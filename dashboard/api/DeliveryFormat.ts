import { Schema } from "effect"

/** Parquet and Arrow name the order in their metadata; CSV has its formula cells defused; JSONL has one row a line. */
export const DeliveryFormat = Schema.Literals(["parquet", "csv", "jsonl", "arrow"])
export type DeliveryFormat = typeof DeliveryFormat.Type
