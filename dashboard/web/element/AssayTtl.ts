import type { PropertyDeclarations } from "lit"
import type { Freshness } from "../../api/Freshness.ts"
import { decayCurve } from "../chart/decayCurve.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { ChartElement } from "./ChartElement.ts"

/** How the worth of a version fades. */
export class AssayTtl extends ChartElement {
  static override properties: PropertyDeclarations = { freshness: { attribute: false } }
  declare freshness: Freshness | undefined

  protected override draw(look: Look): Drawing | undefined {
    return this.freshness === undefined ? undefined : decayCurve(this.freshness, look)
  }
}
