import type { PropertyDeclarations } from "lit"
import type { Portfolio } from "../../../api/executive/Portfolio.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { lorenz } from "../../chart/lorenz.ts"
import { portfolioMap } from "../../chart/portfolioMap.ts"
import { quadrant } from "../../chart/quadrant.ts"
import { shareBars } from "../../chart/shareBars.ts"
import { ChartElement } from "../../element/ChartElement.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { executiveWords } from "./executiveWords.ts"

/** A picture of the portfolio: its areas, its standing, its share of the whole, or how its buyers are spread. */
export class AssayPortfolio extends ChartElement {
  static override properties: PropertyDeclarations = { portfolio: { attribute: false }, view: {} }
  declare portfolio: Portfolio | undefined
  declare view: "areas" | "standing" | "share" | "spread"

  protected override draw(look: Look): Drawing | undefined {
    if (this.portfolio === undefined) return undefined
    const { products, dataShare, buyers } = this.portfolio
    const words = executiveWords(look.language)
    const money = (minor: number, currency: string): string => formatMoney({ minor, currency }, look.language, "short")
    const name = ({ zh, en }: (typeof products)[number]["title"]): string => (look.language === "en" ? en : zh)
    if (this.view === "areas") {
      const holdings = products.map(({ id, title, list, currency, index }) => ({
        id,
        name: name(title),
        value: list,
        shown: money(list, currency),
        index
      }))
      return holdings.some(({ value }) => value > 0) ? portfolioMap(holdings, words.areas, look) : undefined
    }
    if (this.view === "standing") {
      const standings = products.map(({ title, index, realised, currency }) => ({
        name: name(title),
        index,
        revenue: realised,
        shown: money(realised, currency)
      }))
      return standings.length === 0 ? undefined : quadrant(standings, words.standing, look)
    }
    if (this.view === "share") {
      const months = dataShare.map(({ month, share, data, total, currency }) => ({
        month,
        share,
        data: money(data, currency),
        total: money(total, currency)
      }))
      return months.length === 0 ? undefined : shareBars(months, words.share, look)
    }
    return buyers.length === 0
      ? undefined
      : lorenz(
          buyers.map(({ paid }) => paid),
          words.spread,
          look
        )
  }
}
