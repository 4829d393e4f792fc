import type { PropertyDeclarations } from "lit"
import type { Distribution } from "../../api/Distribution.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { intervalBars } from "../chart/intervalBars.ts"
import { ChartElement } from "./ChartElement.ts"

/** A measure over the values of a key column, with noise intervals. */
export class AssayBars extends ChartElement {
  static override properties: PropertyDeclarations = { distribution: { attribute: false } }
  declare distribution: Distribution | undefined

  protected override draw(look: Look): Drawing | undefined {
    return this.distribution === undefined ? undefined : intervalBars(this.distribution, look)
  }
}
