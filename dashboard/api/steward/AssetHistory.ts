import { Schema } from "effect"
import { AssetHealth } from "./AssetHealth.ts"

/** One asset over time, and what its columns are made from. */
export const AssetHistory = Schema.Struct({
  health: AssetHealth,
  checks: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      blocking: Schema.Boolean,
      /** Newest first. */
      results: Schema.Array(
        Schema.Struct({ run: Schema.String, at: Schema.String, passed: Schema.Boolean, failing: Schema.Int })
      )
    })
  ),
  columns: Schema.Array(Schema.String)
}).annotate({ identifier: "AssetHistory" })
export type AssetHistory = typeof AssetHistory.Type
