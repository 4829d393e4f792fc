import type { PropertyDeclarations } from "lit"
import type { Portfolio } from "../../../api/executive/Portfolio.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { portfolioMap } from "../../chart/portfolioMap.ts"
import { shareBars } from "../../chart/shareBars.ts"
import { timeLines } from "../../chart/timeLines.ts"
import { ChartElement } from "../../element/ChartElement.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { executiveWords } from "./executiveWords.ts"

const fields = {
  values: ["book", "appraised", "list", "realised"],
  methods: ["cost", "income", "market", "appraised"]
} as const

/** A picture of the portfolio: its areas, its share of the whole, or its values over time by kind or by method. */
export class AssayPortfolio extends ChartElement {
  static override properties: PropertyDeclarations = { portfolio: { attribute: false }, view: {}, currency: {} }
  declare portfolio: Portfolio | undefined
  declare view: "areas" | "share" | "values" | "methods"
  /** Of the values over time. */
  declare currency: string | undefined

  protected override draw(look: Look): Drawing | undefined {
    if (this.portfolio === undefined) return undefined
    const { products, dataShare } = this.portfolio
    const words = executiveWords(look.language)
    const money = (minor: number, currency: string): string => formatMoney({ minor, currency }, look.language, "short")
    if (this.view === "areas") {
      const holdings = products.map(({ id, title, list, currency, index }) => ({
        id,
        name: look.language === "en" ? title.en : title.zh,
        value: list,
        shown: money(list, currency),
        index
      }))
      return holdings.some(({ value }) => value > 0) ? portfolioMap(holdings, words.areas, look) : undefined
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
    return this.#over(look, this.view)
  }

  #over(look: Look, view: "values" | "methods"): Drawing | undefined {
    const words = executiveWords(look.language).over
    const currency = this.currency ?? ""
    const points = this.portfolio!.over.filter((point) => point.currency === currency)
    if (points.length === 0) return undefined
    const lines = fields[view].map((field, i) => ({
      name: view === "methods" && field === "appraised" ? words.blend : words[field],
      color: look.palette.kinds[i % look.palette.kinds.length]!,
      dashed: view === "methods" && field === "appraised",
      values: points.map((point) => point[field])
    }))
    return timeLines(
      points.map(({ day }) => day),
      lines.filter(({ values }) => values.some((value) => value !== null)),
      (minor) => formatMoney({ minor, currency }, look.language, "short"),
      { title: words[view](currency), day: words.day, note: words.note },
      look
    )
  }
}
