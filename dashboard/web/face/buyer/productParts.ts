import { AssayAttack } from "./AssayAttack.ts"
import { ProductAttackPart } from "./ProductAttackPart.ts"
import { ProductLineagePart } from "./ProductLineagePart.ts"
import { ProductOffers } from "./ProductOffers.ts"
import { ProductRecordPart } from "./ProductRecordPart.ts"

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  "assay-attack": AssayAttack,
  "product-attack": ProductAttackPart,
  "product-lineage": ProductLineagePart,
  "product-offers": ProductOffers,
  "product-record": ProductRecordPart
}

/** Makes the further parts of a product's page known; they come after the page itself. */
export function defineProductParts(): void {
  for (const [name, element] of Object.entries(elements))
    if (customElements.get(name) === undefined) customElements.define(name, element)
}
