import type { PropertyDeclarations } from "lit"
import type { ProductAttack } from "../../../api/product/ProductAttack.ts"
import { attackMargins } from "../../chart/attackMargins.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { ChartElement } from "../../element/ChartElement.ts"
import { buyerProductWords } from "./buyerProductWords.ts"
import { offerInWords } from "./offerInWords.ts"

/** How much dearer every other way to have an offer is. */
export class AssayAttack extends ChartElement {
  static override properties: PropertyDeclarations = { offers: { attribute: false } }
  declare offers: ProductAttack["offers"] | undefined

  protected override draw(look: Look): Drawing | undefined {
    if (this.offers === undefined || this.offers.length === 0) return undefined
    const { attack } = buyerProductWords(look.language)
    return attackMargins(
      this.offers,
      (offer) => offerInWords(offer, this.offers![0]!, look.language),
      attack.chart,
      look
    )
  }
}
