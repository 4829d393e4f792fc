import { Schema } from "effect"
import { Label } from "../Label.ts"

/** What a design may begin with: the product files of the home, and the assets that carry subjects. */
export const Drafts = Schema.Struct({
  products: Schema.Array(
    Schema.Struct({
      product: Schema.String,
      title: Label,
      kind: Schema.Literals(["dp_aggregate", "synthetic", "consented"]),
      /** The version that is on sale. */
      listed: Schema.NullOr(Schema.String),
      /** The product file as it stands. */
      draft: Schema.Unknown
    })
  ),
  assets: Schema.Array(
    Schema.Struct({
      key: Schema.String,
      description: Label,
      columns: Schema.Array(Schema.Struct({ name: Schema.String, type: Schema.String }))
    })
  ),
  purposes: Schema.Array(Schema.String)
}).annotate({ identifier: "Drafts" })
export type Drafts = typeof Drafts.Type
