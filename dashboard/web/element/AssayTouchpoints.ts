import type { PropertyDeclarations } from "lit"
import type { Touchpoints } from "../../api/steward/Touchpoints.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { touchpointMap } from "../chart/touchpointMap.ts"
import { ChartElement } from "./ChartElement.ts"

/** In which ways customers are met at which stage. */
export class AssayTouchpoints extends ChartElement {
  static override properties: PropertyDeclarations = { touchpoints: { attribute: false } }
  declare touchpoints: Touchpoints | undefined

  protected override draw(look: Look): Drawing | undefined {
    return this.touchpoints === undefined ? undefined : touchpointMap(this.touchpoints, look)
  }
}
