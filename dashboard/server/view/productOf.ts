import type { Listing } from "#catalog/product/Catalog.ts"
import type { ProductVersion } from "#catalog/product/ProductVersion.ts"
import type { Price } from "../../api/Price.ts"
import type { Product } from "../../api/Product.ts"
import { cardOf } from "./cardOf.ts"
import { certificateOf } from "./certificateOf.ts"
import { consentInWords } from "./consentInWords.ts"
import { distributionOf } from "./distributionOf.ts"
import { facetsOf } from "./facetsOf.ts"
import { guaranteeInWords } from "./guaranteeInWords.ts"
import { matrixOf } from "./matrixOf.ts"
import { previewOf } from "./previewOf.ts"
import type { ReleasedTable } from "./ReleasedTable.ts"

/** A version beside others, with its list price where it has one. */
export interface PricedVersion {
  readonly version: ProductVersion
  readonly price: Price | null
}

/** Puts a product's page together from its listing, its released table and its other versions. */
export function productOf(listing: Listing, table: ReleasedTable, versions: ReadonlyArray<PricedVersion>): Product {
  const { version, priceTree } = listing
  const { owner, scenario, terms } = version.offering
  const certificate = certificateOf(version)
  const parts = facetsOf(table)
  const measure = table.fields.find((field) => field.part === "measure")
  return {
    card: cardOf(listing),
    owner,
    scenario: {
      purpose: scenario.purpose,
      required: scenario.required,
      optional: scenario.optional,
      history: scenario.history ?? null,
      freshness: scenario.freshness ?? null
    },
    dictionary: table.fields,
    guarantee: version.consented === undefined ? guaranteeInWords(certificate) : consentInWords(version.consented),
    certificate,
    terms: {
      purposes: terms.purposes,
      onward: terms.onward,
      territory: terms.territory,
      retention: terms.retention ?? null
    },
    versions: versions.map(({ version: one, price }) => ({
      version: one.version,
      period: one.period,
      publishedAt: one.listedAt,
      artefact: one.artefact,
      releasedRows: one.rows.value,
      state: one.status,
      price
    })),
    priceTree,
    distributions:
      measure === undefined ? [] : parts.flatMap((part) => part.keys.map((key) => distributionOf(part, key, measure))),
    matrices:
      measure === undefined
        ? []
        : parts.flatMap((part) =>
            part.keys.flatMap((row, i) => part.keys.slice(i + 1).map((column) => matrixOf(part, row, column, measure)))
          ),
    preview: previewOf(table)
  }
}
