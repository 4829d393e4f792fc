import type { PropertyDeclarations } from "lit"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { ChartElement } from "../../element/ChartElement.ts"
import { useTimeline } from "./useTimeline.ts"
import type { ShownUse } from "./useTimeline.ts"

/** Uses of a customer's records over time. */
export class AssayUses extends ChartElement {
  static override properties: PropertyDeclarations = { uses: { attribute: false } }
  declare uses: ReadonlyArray<ShownUse> | undefined

  protected override draw(look: Look): Drawing | undefined {
    return this.uses === undefined || this.uses.length === 0 ? undefined : useTimeline(this.uses, look)
  }
}
