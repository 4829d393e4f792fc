import { Schema } from "effect"
import { AssetNode } from "./AssetNode.ts"
import { Label } from "./Label.ts"

/** One asset: what it is made of, what it holds, how it was checked and when it was made. */
export const AssetDetail = Schema.Struct({
  node: AssetNode,
  description: Label,
  owners: Schema.Array(Schema.String),
  upstream: Schema.Array(Schema.String),
  downstream: Schema.Array(Schema.String),
  columns: Schema.Array(Schema.Struct({ name: Schema.String, type: Schema.String })),
  checks: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      blocking: Schema.Boolean,
      outcome: Schema.Literals(["passed", "failed", "not run"])
    })
  ),
  materializations: Schema.Array(
    Schema.Struct({
      run: Schema.String,
      madeAt: Schema.String,
      version: Schema.String,
      rows: Schema.NullOr(Schema.Int),
      millis: Schema.Finite
    })
  )
}).annotate({ identifier: "AssetDetail" })
export type AssetDetail = typeof AssetDetail.Type
