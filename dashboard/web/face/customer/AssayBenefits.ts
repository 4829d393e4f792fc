import type { PropertyDeclarations } from "lit"
import type { CustomerBenefits } from "../../../api/customer/CustomerBenefits.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { ChartElement } from "../../element/ChartElement.ts"
import { benefitBars } from "./benefitBars.ts"

/** What a customer earned by month, in one currency. */
export class AssayBenefits extends ChartElement {
  static override properties: PropertyDeclarations = { lines: { attribute: false }, currency: { type: String } }
  declare lines: CustomerBenefits["lines"] | undefined
  declare currency: string | undefined

  protected override draw(look: Look): Drawing | undefined {
    if (this.lines === undefined || this.currency === undefined || this.lines.length === 0) return undefined
    return benefitBars(this.lines, this.currency, look)
  }
}
