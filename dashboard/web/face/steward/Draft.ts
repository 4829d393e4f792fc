import type { ProductFile } from "#catalog/product/ProductFile.ts"

/** A product file while it is edited. */
export type Draft = ProductFile
