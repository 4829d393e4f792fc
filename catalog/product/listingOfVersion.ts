import type { Db } from "#core/records/Records.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { depthScore } from "#pricing/depth/depthScore.ts"
import { explainQuote } from "#pricing/quote/explainQuote.ts"
import { priceInputsAt } from "#pricing/quote/priceInputsAt.ts"
import type { QuoteInputs } from "#pricing/quote/QuoteInputs.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import { ttlScore } from "#pricing/ttl/ttlScore.ts"
import { demandOfProduct } from "../demand/demandOfProduct.ts"
import { readContract } from "../contract/readContract.ts"
import { marketOf } from "../life/marketOf.ts"
import type { Listing } from "./Catalog.ts"
import type { ProductVersion } from "./ProductVersion.ts"
import { quoteInputsOf } from "./quoteInputsOf.ts"

/** What a version costs at a moment, whether it is on sale or waits for its approval. */
export function listingOfVersion(db: Db, stored: ProductVersion, at: string): Listing {
  const { product } = stored
  const { reference } = db.get<{ reference: string }>("select reference from product where name = $product", {
    product
  })!
  const demand = demandOfProduct(db, product, at)
  const inputs = quoteInputsOf(stored, JSON.parse(reference) as QuoteInputs["reference"], demand)
  const { groups, decay } = priceInputsAt(inputs, at)
  const age = groups[0]!.ageDays
  const priceTree = explainQuote({ inputs, issuedAt: at })
  const historyDays = readDays(stored.offering.scenario.history ?? "") ?? 0
  return {
    product,
    version: stored,
    price: { minor: priceTree.value, currency: stored.currency },
    priceTree,
    inputs,
    ageDays: age.value,
    // No scheduled version was due before the first; attainment is measured once there are some.
    timeliness: ttlScore(age, publicNumber(1, "share", "deliveries:none-due", at), decay),
    depth: depthScore(
      stored.bits,
      publicNumber(historyDays / 365.25, "year", `product:${product}#scenario.history`, stored.listedAt),
      null
    ),
    at,
    contract: readContract(db, stored.id).contract,
    market: marketOf(db, product)
  }
}
