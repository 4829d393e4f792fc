import { Portfolio } from "../executive/Portfolio.ts"
import { route } from "../route.ts"

/** What executives may ask of the server beyond what all faces share. */
export const executiveRoutes = {
  executivePortfolio: route({
    method: "GET",
    path: "/api/executive/portfolio",
    callers: ["executive"],
    summary:
      "Shows book, appraised, list and realised value side by side, the share of total revenue, and what is at risk",
    response: Portfolio
  })
}
