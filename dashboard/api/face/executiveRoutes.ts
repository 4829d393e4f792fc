import { Business } from "../executive/Business.ts"
import { Portfolio } from "../executive/Portfolio.ts"
import { Risk } from "../executive/Risk.ts"
import { route } from "../route.ts"

const callers = ["executive"] as const

/** What executives may ask of the server beyond what all faces share. */
export const executiveRoutes = {
  executivePortfolio: route({
    method: "GET",
    path: "/api/executive/portfolio",
    callers,
    summary:
      "Shows book, appraised, list and realised value side by side and over time, the market, and the share of total revenue",
    response: Portfolio
  }),
  executiveBusiness: route({
    method: "GET",
    path: "/api/executive/business",
    callers,
    summary: "Shows revenue by product and buyer, how concentrated it is, what it cost, and what may be expected",
    response: Business
  }),
  executiveRisk: route({
    method: "GET",
    path: "/api/executive/risk",
    callers,
    summary: "Shows what could stop sales: budget, coverage, gates, age, and what attacks found",
    response: Risk
  })
}
