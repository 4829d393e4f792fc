import type { PropertyDeclarations } from "lit"
import type { RunDetail } from "../../api/steward/RunDetail.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { runGantt } from "../chart/runGantt.ts"
import { ChartElement } from "./ChartElement.ts"

/** A run as bars over time. */
export class AssayGantt extends ChartElement {
  static override properties: PropertyDeclarations = { run: { attribute: false } }
  declare run: RunDetail | undefined

  protected override draw(look: Look): Drawing | undefined {
    return this.run === undefined || this.run.spans.length === 0 ? undefined : runGantt(this.run, look)
  }
}
