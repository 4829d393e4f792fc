import type { Budget } from "#dashboard/api/Budget.ts"
import { products } from "./products.ts"

const loss = (rho: number): Budget["cap"] => ({
  rho,
  epsilon: rho + 2 * Math.sqrt(rho * Math.log(1e9)),
  delta: 1e-9
})

const cap = 1.0907857

function example(): Budget {
  let spentAfter = 0
  const charges = ["2026-07", "2026-08", "2026-09", "2026-10"].flatMap((period, month) =>
    products.map(({ card }, i) => {
      spentAfter += card.guarantee.rho
      return {
        id: `chg_${period.replace("-", "")}${i}`,
        at: `2026-${String(8 + month).padStart(2, "0")}-02T02:1${i}:00Z`,
        product: card.id,
        period,
        purpose: "dpv:MarketResearch",
        rho: card.guarantee.rho,
        delta: 1e-6,
        state: "committed",
        spentAfter
      }
    })
  )
  return { cap: loss(cap), spent: loss(spentAfter), left: loss(cap - spentAfter), runsOut: "2028-12-01", charges }
}

/** A ledger of four months in which each product was released each month. */
export const budgetExample: Budget = example()
