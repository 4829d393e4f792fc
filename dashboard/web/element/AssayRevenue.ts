import type { PropertyDeclarations } from "lit"
import type { Value } from "../../api/Value.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { revenueSteps } from "../chart/revenueSteps.ts"
import { ChartElement } from "./ChartElement.ts"

/** Paid revenue over time. */
export class AssayRevenue extends ChartElement {
  static override properties: PropertyDeclarations = { value: { attribute: false } }
  declare value: Value | undefined

  protected override draw(look: Look): Drawing | undefined {
    if (this.value === undefined) return undefined
    return revenueSteps(this.value.revenue, this.value.paid.currency, new Date(), look)
  }
}
