import { Schema } from "effect"
import { Run } from "./Run.ts"

/** One run: what it did to each asset and when, and its events. */
export const RunDetail = Schema.Struct({
  run: Run,
  /** In the order in which they were begun; planned ones that were not begun come last. */
  spans: Schema.Array(
    Schema.Struct({
      asset: Schema.String,
      state: Schema.Literals(["made", "unchanged", "failed", "blocked", "running", "waiting"]),
      /** ISO instants; null while it has not begun or not ended. */
      from: Schema.NullOr(Schema.String),
      to: Schema.NullOr(Schema.String),
      rows: Schema.NullOr(Schema.Int),
      retries: Schema.Int
    })
  ),
  events: Schema.Array(
    Schema.Struct({
      seq: Schema.Int,
      at: Schema.String,
      type: Schema.String,
      asset: Schema.NullOr(Schema.String),
      /** What it says beyond its type, such as rows or the reason of a failure. */
      text: Schema.String
    })
  ),
  /** Why assets were not made, and what to do about it. */
  failures: Schema.Array(
    Schema.Struct({ asset: Schema.String, code: Schema.String, message: Schema.String, fix: Schema.String })
  ),
  /** It goes on now, and was begun on these pages. */
  canStop: Schema.Boolean,
  /** It failed, and no other run went on with it. */
  canResume: Schema.Boolean
}).annotate({ identifier: "RunDetail" })
export type RunDetail = typeof RunDetail.Type
