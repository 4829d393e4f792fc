import type { PropertyDeclarations } from "lit"
import type { Permission } from "../../api/steward/Permission.ts"
import { coverageMatrix } from "../chart/coverageMatrix.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { ChartElement } from "./ChartElement.ts"

/** Which purposes are permitted for which categories. */
export class AssayCoverage extends ChartElement {
  static override properties: PropertyDeclarations = { coverage: { attribute: false } }
  declare coverage: Permission["coverage"] | undefined

  protected override draw(look: Look): Drawing | undefined {
    return this.coverage === undefined ? undefined : coverageMatrix(this.coverage, look)
  }
}
