/** Parquet and Arrow name the order in their metadata; CSV has its formula cells defused; JSONL has one row a line. */
export const deliveryFormats = ["parquet", "csv", "jsonl", "arrow"] as const
export type DeliveryFormat = (typeof deliveryFormats)[number]
