import type { PropertyDeclarations } from "lit"
import type { Value } from "../../api/Value.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { valueBars } from "../chart/valueBars.ts"
import { ChartElement } from "./ChartElement.ts"

/** List price, orders and payments by product, in one currency. */
export class AssayValue extends ChartElement {
  static override properties: PropertyDeclarations = { products: { attribute: false }, currency: { type: String } }
  declare products: Value["products"] | undefined
  declare currency: string

  constructor() {
    super()
    this.currency = "CNY"
  }

  protected override draw(look: Look): Drawing | undefined {
    if (this.products === undefined || this.products.length === 0) return undefined
    return valueBars(this.products, this.currency, look)
  }
}
