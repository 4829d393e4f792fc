import type { PropertyDeclarations } from "lit"
import type { Business } from "../../../api/executive/Business.ts"
import type { Drawing, Look } from "../../chart/Drawing.ts"
import { lorenz } from "../../chart/lorenz.ts"
import { monthStack } from "../../chart/monthStack.ts"
import { timeLines } from "../../chart/timeLines.ts"
import { ChartElement } from "../../element/ChartElement.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { executiveRevenueWords } from "./executiveRevenueWords.ts"
import { executiveWords } from "./executiveWords.ts"

/** A picture of the business in one currency: revenue by month, list prices ahead, or how buyers are spread. */
export class AssayBusiness extends ChartElement {
  static override properties: PropertyDeclarations = { own: { attribute: false }, view: {} }
  declare own: Business["currencies"][number] | undefined
  declare view: "months" | "prices" | "spread"

  protected override draw(look: Look): Drawing | undefined {
    if (this.own === undefined) return undefined
    const { currency, months, products, outlook, buyers } = this.own
    const words = executiveRevenueWords(look.language)
    const show = (minor: number): string => formatMoney({ minor, currency }, look.language, "short")
    if (this.view === "months") {
      if (months.length === 0) return undefined
      const kinds = products.map(({ title }) => (look.language === "en" ? title.en : title.zh))
      const stacked = months.map((one) => ({
        month: one.month,
        parts: products.map(({ id }) => one.products.find((part) => part.id === id)?.revenue ?? 0)
      }))
      return monthStack(
        stacked,
        kinds,
        show,
        { title: words.months(currency), month: words.month, sum: words.sum },
        look
      )
    }
    if (this.view === "prices") {
      const { prices } = outlook
      if (prices.length === 0) return undefined
      return timeLines(
        prices.map(({ day }) => day),
        [
          {
            name: words.aging,
            color: look.palette.down,
            dashed: true,
            values: prices.map(({ aging }) => aging)
          },
          { name: words.refreshed, color: look.palette.main, values: prices.map(({ refreshed }) => refreshed) }
        ],
        show,
        { title: words.prices(currency), day: words.day, note: words.pricesNote, isBand: true },
        look
      )
    }
    const paid = buyers.map(({ revenue }) => Math.max(0, revenue))
    return paid.some((one) => one > 0) ? lorenz(paid, executiveWords(look.language).spread, look) : undefined
  }
}
