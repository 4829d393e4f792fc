import type { PropertyDeclarations } from "lit"
import type { Design } from "../../api/steward/Design.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { errorCurve } from "../chart/errorCurve.ts"
import { ChartElement } from "./ChartElement.ts"

/** What each privacy loss would buy; a click on a place tells `choose` with its epsilon. */
export class AssayErrorCurve extends ChartElement {
  static override properties: PropertyDeclarations = { design: { attribute: false } }
  declare design: Design | undefined

  constructor() {
    super()
    this.addEventListener("click", (event) => {
      const place = event.composedPath().find((part) => part instanceof Element && part.hasAttribute("data-epsilon"))
      if (!(place instanceof Element)) return
      this.dispatchEvent(new CustomEvent("choose", { detail: Number(place.getAttribute("data-epsilon")) }))
    })
  }

  protected override draw(look: Look): Drawing | undefined {
    if (this.design === undefined || this.design.curve.points.length < 2) return undefined
    const loss = this.design.release?.loss
    return errorCurve(this.design.curve, loss, look)
  }
}
