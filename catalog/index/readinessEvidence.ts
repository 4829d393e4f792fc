import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import type { IndexEvidence } from "#pricing/index/IndexEvidence.ts"
import { menuOf } from "../product/menuOf.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import type { HouseFacts } from "./HouseFacts.ts"

/** Whether the version could be handed over now, where nobody has measured how often its interface answers: of all its offers or of none. */
export function readinessEvidence(
  version: ProductVersion,
  { onShelf }: HouseFacts,
  at: string
): ReadonlyArray<IndexEvidence> {
  const { product, artefact } = version
  const offers = menuOf(version).offers.length
  return [
    {
      item: "api_availability",
      value: publicNumber(onShelf ? 1 : 0, "share", `product:${product}#shelf`, at),
      when: at,
      note: onShelf
        ? `The file ${artefact.slice(0, 12)} is on the shelf as it was listed: all ${offers} offers can be handed over`
        : `The file ${artefact.slice(0, 12)} is not on the shelf as it was listed`
    }
  ]
}
