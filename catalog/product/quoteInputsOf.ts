import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import type { ArtefactMeasure } from "#pricing/price/PriceInputs.ts"
import type { QuoteInputs } from "#pricing/quote/QuoteInputs.ts"
import type { ProductVersion } from "./ProductVersion.ts"

/** Gathers what a price of this version is a function of, from what was stored when it was listed. */
export function quoteInputsOf(version: ProductVersion, reference: ArtefactMeasure): QuoteInputs {
  const { product, policy, bits, rho, rows, asOf, listedAt } = version
  return {
    policy,
    // M is 1 until ten verified buyers have voted by ordering; see pricing.md, Fit.
    demand: publicNumber(1, "factor", `demand:${product}#fewer-than-ten-buyers`, listedAt),
    reference,
    artefact: {
      bits,
      rho,
      rows: [{ rows, weight: publicNumber(1, "weight", `product:${product}#no-strata`, listedAt), asOf }]
    }
  }
}
