import type { PropertyDeclarations } from "lit"
import type { Risk } from "../../../api/executive/Risk.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { quadrant } from "../../chart/quadrant.ts"
import { ChartElement } from "../../element/ChartElement.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { executiveWords } from "./executiveWords.ts"

/** Products by what they could be traded for and what they earn. */
export class AssayStanding extends ChartElement {
  static override properties: PropertyDeclarations = { products: { attribute: false } }
  declare products: Risk["products"] | undefined

  protected override draw(look: Look): Drawing | undefined {
    if (this.products === undefined || this.products.length === 0) return undefined
    const standings = this.products.map(({ title, index, realised, currency }) => ({
      name: look.language === "en" ? title.en : title.zh,
      index,
      revenue: realised,
      shown: formatMoney({ minor: realised, currency }, look.language, "short")
    }))
    return quadrant(standings, executiveWords(look.language).standing, look)
  }
}
