import { Schema } from "effect"
import { Certificate } from "./Certificate.ts"
import { Distribution } from "./Distribution.ts"
import { Field } from "./Field.ts"
import { Label } from "./Label.ts"
import { Matrix } from "./Matrix.ts"
import { Preview } from "./Preview.ts"
import { Price } from "./Price.ts"
import { PriceTree } from "./PriceTree.ts"
import { ProductCard } from "./ProductCard.ts"

/** Everything a buyer may see before an order. */
export const Product = Schema.Struct({
  card: ProductCard,
  owner: Schema.String,
  scenario: Schema.Struct({
    purpose: Schema.String,
    required: Schema.Array(Schema.String),
    optional: Schema.Array(Schema.String),
    history: Schema.NullOr(Schema.String),
    freshness: Schema.NullOr(Schema.String)
  }),
  dictionary: Schema.Array(Field),
  /** The promise in plain words, one sentence each. */
  guarantee: Schema.Array(Label),
  certificate: Certificate,
  terms: Schema.Struct({
    purposes: Schema.Array(Schema.String),
    onward: Schema.Boolean,
    territory: Schema.Array(Schema.String),
    retention: Schema.NullOr(Schema.String)
  }),
  versions: Schema.Array(
    Schema.Struct({
      version: Schema.String,
      period: Schema.String,
      publishedAt: Schema.String,
      /** SHA-256 of the version's bytes. */
      artefact: Schema.String,
      releasedRows: Schema.Int,
      state: Schema.String,
      price: Schema.NullOr(Price)
    })
  ),
  priceTree: PriceTree,
  distributions: Schema.Array(Distribution),
  matrices: Schema.Array(Matrix),
  preview: Preview
}).annotate({ identifier: "Product" })
export type Product = typeof Product.Type
