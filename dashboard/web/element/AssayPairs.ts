import type { PropertyDeclarations } from "lit"
import type { Matrix } from "../../api/Matrix.ts"
import { chainGraph } from "../chart/chainGraph.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { heatMap } from "../chart/heatMap.ts"
import { ChartElement } from "./ChartElement.ts"

/** A measure over the pairs of two keys: as a graph with weighted edges, or as a heat map. */
export class AssayPairs extends ChartElement {
  static override properties: PropertyDeclarations = { matrix: { attribute: false }, form: { type: String } }
  declare matrix: Matrix | undefined
  declare form: "graph" | "heat" | undefined

  protected override draw(look: Look): Drawing | undefined {
    if (this.matrix === undefined) return undefined
    return this.form === "heat" ? heatMap(this.matrix, look) : chainGraph(this.matrix, look)
  }
}
