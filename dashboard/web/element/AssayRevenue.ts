import type { PropertyDeclarations } from "lit"
import type { Value } from "../../api/Value.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { revenueSteps } from "../chart/revenueSteps.ts"
import { ChartElement } from "./ChartElement.ts"

/** Paid revenue over time. */
export class AssayRevenue extends ChartElement {
  static override properties: PropertyDeclarations = { total: { attribute: false } }
  declare total: Value["totals"][number] | undefined

  protected override draw(look: Look): Drawing | undefined {
    if (this.total === undefined) return undefined
    return revenueSteps(this.total.revenue, this.total.paid.currency, new Date(), look)
  }
}
