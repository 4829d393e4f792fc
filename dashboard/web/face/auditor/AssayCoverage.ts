import type { PropertyDeclarations } from "lit"
import type { CheckCoverage } from "../../../api/auditor/CheckCoverage.ts"
import { coverageBars } from "../../chart/coverageBars.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { ChartElement } from "../../element/ChartElement.ts"
import { auditorWords } from "./auditorWords.ts"

/** How far each group of assets is covered by checks. */
export class AssayCoverage extends ChartElement {
  static override properties: PropertyDeclarations = { groups: { attribute: false } }
  declare groups: ReadonlyArray<CheckCoverage> | undefined

  protected override draw(look: Look): Drawing | undefined {
    if (this.groups === undefined || this.groups.length === 0) return undefined
    const named = this.groups.map(({ group, assets, covered, failing }) => ({
      name: look.words.group[group as keyof typeof look.words.group] ?? group,
      all: assets,
      covered,
      failing
    }))
    return coverageBars(named, auditorWords(look.language).coverage, look)
  }
}
