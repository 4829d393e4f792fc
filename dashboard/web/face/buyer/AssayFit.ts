import type { PropertyDeclarations } from "lit"
import type { ScenarioMatch } from "../../../api/buyer/ScenarioMatch.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { fitRadar } from "../../chart/fitRadar.ts"
import { ChartElement } from "../../element/ChartElement.ts"
import { buyerWords } from "./buyerWords.ts"

/** How far a product meets what a scenario asks for. */
export class AssayFit extends ChartElement {
  static override properties: PropertyDeclarations = { match: { attribute: false } }
  declare match: ScenarioMatch | undefined

  protected override draw(look: Look): Drawing | undefined {
    if (this.match === undefined) return undefined
    const { radar } = buyerWords(look.language)
    const { fields, population, quality } = this.match
    const axes = [
      ...fields.map(({ field, score }) => ({ name: field, value: score })),
      { name: radar.population, value: population },
      { name: radar.quality, value: quality }
    ]
    return fitRadar(axes, radar, look)
  }
}
