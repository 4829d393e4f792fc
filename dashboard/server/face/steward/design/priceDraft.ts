import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { explainQuote } from "#pricing/quote/explainQuote.ts"
import type { QuoteInputs } from "#pricing/quote/QuoteInputs.ts"
import { readPricePolicy } from "#pricing/quote/readPricePolicy.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import type { ProductFile } from "#catalog/product/ProductFile.ts"
import type { Design } from "../../../../api/steward/Design.ts"

/** What the price of a draft is reckoned from, besides its product file. */
interface Expected {
  readonly rho: number
  readonly cells: number
  /** The upper bound of H, for a product that has no release yet. */
  readonly bits: number
}

/**
 * The list price that a draft would have on the day of its release, by the price function itself. A product that is on sale is reckoned
 * against its reference artefact; the first version of a product is its own reference, so every factor is 1.
 *
 * @throws BadInput if the price part of the draft cannot be used
 */
export function priceDraft(
  file: ProductFile,
  { rho, cells, bits }: Expected,
  listing: Listing | undefined,
  at: string
): NonNullable<Design["price"]> {
  const { policy, currency } = readPricePolicy(file.price, file.product, at)
  const stated = (field: string, value: number, unit: string) =>
    publicNumber(value, unit, `draft:${file.product}#${field}`, at)
  const loss = stated("release.epsilon", rho, "rho")
  const weight = stated("no-strata", 1, "weight")
  const today = at.slice(0, 10)
  const rows = listing?.version.rows ?? stated("release.by", Math.max(1, Math.round(cells)), "row")
  const depth =
    listing === undefined ? stated("release.measures", Math.max(1e-3, bits), "bit") : keptBits(file, listing)
  const artefact = { bits: depth, rho: loss, rows: [{ rows, weight, asOf: today }] } as const
  const inputs: QuoteInputs = {
    policy,
    demand: listing?.inputs.demand ?? stated("demand", 1, "factor"),
    reference: listing?.inputs.reference ?? { bits: depth, mu: rows, rho: loss },
    artefact
  }
  const tree = explainQuote({ inputs, issuedAt: at })
  return {
    price: { minor: tree.value, currency },
    tree,
    against: listing?.version.version ?? null,
    listed: listing?.price ?? null
  }
}

/** H of the columns that the draft keeps, as they were measured on the listed version; a new measure tells nothing before it is released. */
function keptBits(file: ProductFile, { version }: Listing) {
  const { keyBits, measureBits, bits } = version
  if (keyBits === undefined || measureBits === undefined || file.release.kind !== "dp_aggregate") return bits
  const names = new Set(file.release.measures.map(({ name }) => name))
  const kept = measureBits.filter(({ name }) => names.has(name) || [...names].some((own) => name.startsWith(`${own}_`)))
  if (kept.length === measureBits.length) return bits
  const sum = kept.reduce((total, one) => total + one.bits.value, keyBits.value)
  return { ...bits, value: sum }
}
