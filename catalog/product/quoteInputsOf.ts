import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import type { Evidence } from "#pricing/evidence/Evidence.ts"
import type { ArtefactMeasure } from "#pricing/price/PriceInputs.ts"
import type { QuoteInputs } from "#pricing/quote/QuoteInputs.ts"
import type { ProductVersion } from "./ProductVersion.ts"

/** Gathers what a price of this version is a function of, from what was stored when it was listed and the demand of the day. */
export function quoteInputsOf(version: ProductVersion, reference: ArtefactMeasure, demand: Evidence): QuoteInputs {
  const { product, policy, bits, rho, rows, asOf, listedAt } = version
  return {
    policy,
    demand,
    reference,
    artefact: {
      bits,
      rho,
      rows: [{ rows, weight: publicNumber(1, "weight", `product:${product}#no-strata`, listedAt), asOf }]
    }
  }
}
