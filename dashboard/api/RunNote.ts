import { Schema } from "effect"

/** What a run said, as the live pages get it: counts and names of assets, never a value of a row. */
export const RunNote = Schema.Struct({
  run: Schema.String,
  at: Schema.String,
  type: Schema.Literals([
    "planned",
    "resumed",
    "started",
    "checked",
    "noticed",
    "retried",
    "materialized",
    "skipped",
    "failed",
    "finished"
  ]),
  asset: Schema.NullOr(Schema.String),
  rows: Schema.NullOr(Schema.Finite),
  millis: Schema.NullOr(Schema.Finite),
  /** How the run ended; null before. */
  state: Schema.NullOr(Schema.Literals(["done", "failed"])),
  /** How many checks passed and failed, where it was checked. */
  passed: Schema.NullOr(Schema.Finite),
  failed: Schema.NullOr(Schema.Finite)
}).annotate({ identifier: "RunNote" })
export type RunNote = typeof RunNote.Type
