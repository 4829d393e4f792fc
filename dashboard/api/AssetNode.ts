import { Schema } from "effect"
import { Label } from "./Label.ts"

/** An asset in the graph. `rows` is there for stewards only: a count before the barrier is nobody else's business. */
export const AssetNode = Schema.Struct({
  key: Schema.String,
  group: Schema.String,
  kind: Schema.String,
  /** Noise was added here: record-level lineage ends. */
  barrier: Schema.Boolean,
  state: Schema.Literals(["fresh", "stale", "missing"]),
  /** Why it is stale; empty when it is not. */
  reasons: Schema.Array(Label),
  madeAt: Schema.NullOr(Schema.String),
  version: Schema.NullOr(Schema.String),
  rows: Schema.NullOr(Schema.Int)
}).annotate({ identifier: "AssetNode" })
export type AssetNode = typeof AssetNode.Type
