import type { PropertyDeclarations } from "lit"
import type { Budget } from "../../api/Budget.ts"
import { burnDown } from "../chart/burnDown.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { ChartElement } from "./ChartElement.ts"

/** The privacy budget as it is used up. */
export class AssayBudget extends ChartElement {
  static override properties: PropertyDeclarations = { budget: { attribute: false } }
  declare budget: Budget | undefined

  protected override draw(look: Look): Drawing | undefined {
    return this.budget === undefined ? undefined : burnDown(this.budget, new Date(), look)
  }
}
