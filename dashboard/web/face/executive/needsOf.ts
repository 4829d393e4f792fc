import type { Business } from "../../../api/executive/Business.ts"
import type { Portfolio } from "../../../api/executive/Portfolio.ts"
import type { Risk } from "../../../api/executive/Risk.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatShare } from "../../format/formatShare.ts"
import type { Language } from "../../format/Language.ts"
import { executiveValueWords } from "./executiveValueWords.ts"

/** A sentence about something to look at, and the page that shows it. */
export interface Need {
  readonly text: string
  readonly at: string
}

/** Above it a market counts as highly concentrated; below it a budget as nearly used up; and a loss of value as worth a word. */
const bars = { hhi: 1800, budget: 0.2, fading: 0.05 } as const

/** What an executive should look at, the most urgent first. */
export function needsOf(risk: Risk, business: Business, portfolio: Portfolio, language: Language): ReadonlyArray<Need> {
  const words = executiveValueWords(language)
  const found: Array<Need> = []
  const when = (is: boolean, at: string, text: () => string): void => void (is && found.push({ text: text(), at }))
  const { products, budget, checks, drill } = risk
  const blocked = products.filter(
    ({ state, gates, missing }) => state !== "listed" || gates.length + missing.length > 0
  ).length
  const attacks =
    products.reduce((sum, { priceAttack }) => sum + priceAttack.beaten, 0) +
    products.filter(({ privacyAttack: one }) => one !== null && one.score < one.least).length
  when(blocked > 0, "/executive/risk", () => words.blocked(String(blocked)))
  when(attacks > 0, "/executive/risk", () => words.attacks(String(attacks)))
  when(checks.blocking > 0, "/assets", () => words.failing(String(checks.blocking)))
  when(budget.leftShare < bars.budget, "/budget", () => words.budget(formatShare(budget.leftShare, language)))
  const [fading] = products.toSorted((a, b) => b.list - b.later.list - (a.list - a.later.list))
  if (fading !== undefined && fading.list - fading.later.list > bars.fading * fading.list) {
    const { title, list, later, currency } = fading
    const amount = formatMoney({ minor: list - later.list, currency }, language, "short")
    found.push({ text: words.fades(language === "en" ? title.en : title.zh, amount), at: "/executive/risk" })
  }
  for (const { concentration, revenue, products: sold } of business.currencies) {
    if (concentration !== null && concentration.hhi > bars.hhi)
      found.push({ text: words.concentrated(formatShare(concentration.largest, language)), at: "/executive/revenue" })
    when(revenue > 0 && sold.every(({ back }) => back === null), "/executive/revenue", () => words.noCost)
  }
  when(drill === null, "/executive/risk", () => words.noDrill)
  when(drill?.sound === false, "/executive/risk", () => words.badDrill)
  when(portfolio.dataShare.length === 0, "/executive/revenue", () => words.noTotal)
  when(
    portfolio.products.length > 0 && portfolio.products.every(({ market }) => market === null),
    "/executive",
    () => words.noMarket
  )
  return found
}
