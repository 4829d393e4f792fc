import { Schema } from "effect"
import { ProductCard } from "./ProductCard.ts"

/** How found products are sorted. */
export const SearchOrder = Schema.Literals(["relevance", "price", "freshness", "newest", "tradability"])

/** One page of found products, and how many there are by value of each facet. */
export const SearchResult = Schema.Struct({
  /** Exact up to 10,000; `more` says that it is higher. */
  total: Schema.Int,
  more: Schema.Boolean,
  products: Schema.Array(ProductCard),
  facets: Schema.Record(Schema.String, Schema.Array(Schema.Struct({ value: Schema.String, products: Schema.Int })))
}).annotate({ identifier: "SearchResult" })
export type SearchResult = typeof SearchResult.Type
