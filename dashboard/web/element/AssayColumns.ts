import type { PropertyDeclarations } from "lit"
import type { ColumnLineage } from "../../api/steward/ColumnLineage.ts"
import { columnMap } from "../chart/columnMap.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { ChartElement } from "./ChartElement.ts"

/** What one column is made from and what is made of it. */
export class AssayColumns extends ChartElement {
  static override properties: PropertyDeclarations = { lineage: { attribute: false } }
  declare lineage: ColumnLineage | undefined

  protected override draw(look: Look): Drawing | undefined {
    return this.lineage === undefined ? undefined : columnMap(this.lineage, look)
  }
}
