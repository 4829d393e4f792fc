import type { PropertyDeclarations } from "lit"
import type { Value } from "../../api/Value.ts"
import { decayForecast } from "../chart/decayForecast.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { ChartElement } from "./ChartElement.ts"

/** What loses its worth next, by product. */
export class AssayForecast extends ChartElement {
  static override properties: PropertyDeclarations = { products: { attribute: false } }
  declare products: Value["products"] | undefined

  protected override draw(look: Look): Drawing | undefined {
    if (this.products === undefined || this.products.length === 0) return undefined
    return decayForecast(this.products, new Date(), look)
  }
}
