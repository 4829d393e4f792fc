import type { PropertyDeclarations } from "lit"
import type { LogState } from "../../../api/auditor/LogState.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { treeGrowth } from "../../chart/treeGrowth.ts"
import { ChartElement } from "../../element/ChartElement.ts"
import { auditorWords } from "./auditorWords.ts"

/** The size of the log's tree over time. */
export class AssayGrowth extends ChartElement {
  static override properties: PropertyDeclarations = { points: { attribute: false } }
  declare points: LogState["growth"] | undefined

  protected override draw(look: Look): Drawing | undefined {
    if (this.points === undefined || this.points.length === 0) return undefined
    return treeGrowth(this.points, auditorWords(look.language).growth, look)
  }
}
