import type { Operation } from "#privacy/consent/Operation.ts"
import type { Asset } from "../engine/Asset.ts"
import type { ReleaseDefinition } from "../release/ReleaseDefinition.ts"

/**
 * What making an asset does with the records it reads. The rows of a product's own statement are made for its purpose and nothing else; any
 * other table is made inside the house for products that are not known yet, and each of them asks again.
 *
 * @param asOf whole seconds
 */
export function operationOf(
  { key }: Asset,
  products: ReadonlyArray<Pick<ReleaseDefinition, "product" | "from" | "purpose">>,
  asOf: number
): Operation {
  const own = products.find(({ product, from }) => typeof from !== "string" && key === `feature.${product}`)
  return {
    actions: ["derive"],
    purpose: own?.purpose ?? "any",
    recipient: "internal",
    categories: [],
    evidence: 1,
    asOf
  }
}
