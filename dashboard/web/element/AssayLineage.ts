import type { PropertyDeclarations } from "lit"
import type { AssetGraph } from "../../api/AssetGraph.ts"
import type { Lineage } from "../../api/Lineage.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { lineageMap } from "../chart/lineageMap.ts"
import { ChartElement } from "./ChartElement.ts"
import { reach } from "./reach.ts"

/** The asset graph; pointing at an asset shows what it is made from and what is made of it. */
export class AssayLineage extends ChartElement {
  static override properties: PropertyDeclarations = {
    graph: { attribute: false },
    around: { type: String },
    opens: { type: Boolean }
  }
  declare graph: AssetGraph | Lineage | undefined
  /** Only this asset with all that is up and down of it. */
  declare around: string

  /** Whether assets are links to their pages. */
  declare opens: boolean

  constructor() {
    super()
    this.opens = false
    this.around = ""
  }

  protected override draw(look: Look): Drawing | undefined {
    if (this.graph === undefined) return undefined
    const { nodes, edges } = this.graph
    const near = this.around === "" ? undefined : reach(this.around, edges)
    const shown = {
      nodes: nodes.filter((node) => near === undefined || near.has(node.key)),
      edges: edges.filter((edge) => near === undefined || (near.has(edge.from) && near.has(edge.to)))
    }
    return lineageMap(shown, this.opens ? (key) => `/assets/${encodeURIComponent(key)}` : undefined, look)
  }

  protected override pointed(piece: Element | undefined): void {
    const key = piece?.getAttribute("data-node")
    const near = key === null || key === undefined ? undefined : reach(key, this.graph?.edges ?? [])
    for (const node of this.renderRoot.querySelectorAll("[data-node]")) {
      node.classList.toggle("dim", near !== undefined && !near.has(node.getAttribute("data-node")!))
    }
    for (const edge of this.renderRoot.querySelectorAll("[data-from]")) {
      const lit = near?.has(edge.getAttribute("data-from")!) && near.has(edge.getAttribute("data-to")!)
      edge.classList.toggle("lit", lit === true)
      edge.classList.toggle("dim", near !== undefined && lit !== true)
    }
  }
}
