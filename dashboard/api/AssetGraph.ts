import { Schema } from "effect"
import { AssetNode } from "./AssetNode.ts"

/** Assets and what each is made from. */
export const AssetGraph = Schema.Struct({
  nodes: Schema.Array(AssetNode),
  edges: Schema.Array(Schema.Struct({ from: Schema.String, to: Schema.String }))
}).annotate({ identifier: "AssetGraph" })
export type AssetGraph = typeof AssetGraph.Type
