import { Schema } from "effect"
import { Label } from "../Label.ts"

/** How one asset stands: why it is stale, what is due, and how its checks went over time. */
export const AssetHealth = Schema.Struct({
  key: Schema.String,
  kind: Schema.String,
  state: Schema.Literals(["fresh", "stale", "missing"]),
  reason: Schema.NullOr(Label),
  freshness: Schema.NullOr(Schema.Struct({ state: Schema.Literals(["fresh", "warn", "fail"]), because: Label })),
  rows: Schema.NullOr(Schema.Int),
  madeAt: Schema.NullOr(Schema.String),
  failing: Schema.Int,
  /** Of an incremental asset, by name and in order; days as ISO days. */
  partitions: Schema.NullOr(
    Schema.Struct({
      type: Schema.Literals(["daily", "static", "dynamic"]),
      cells: Schema.Array(
        Schema.Struct({ name: Schema.String, state: Schema.Literals(["made", "missing", "touched"]) })
      )
    })
  )
}).annotate({ identifier: "AssetHealth" })
export type AssetHealth = typeof AssetHealth.Type
