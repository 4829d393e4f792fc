import { Schema } from "effect"

/** An asset in the graph. `rows` is there for stewards only: a count before the barrier is nobody else's business. */
export const AssetNode = Schema.Struct({
  key: Schema.String,
  group: Schema.String,
  kind: Schema.String,
  /** Noise was added here: record-level lineage ends. */
  barrier: Schema.Boolean,
  state: Schema.Literals(["fresh", "stale", "missing"]),
  /** Why it is stale, as the engine puts it; empty when it is not. */
  reasons: Schema.Array(Schema.String),
  madeAt: Schema.NullOr(Schema.String),
  version: Schema.NullOr(Schema.String),
  rows: Schema.NullOr(Schema.Int)
}).annotate({ identifier: "AssetNode" })
export type AssetNode = typeof AssetNode.Type
