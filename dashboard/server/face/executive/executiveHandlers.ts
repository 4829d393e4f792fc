import type { executiveRoutes } from "../../../api/face/executiveRoutes.ts"
import type { Handler } from "../../http/Call.ts"
import { ExecutiveViews } from "./ExecutiveViews.ts"

/** What answers each route of executives. */
export const executiveHandlers: { readonly [K in keyof typeof executiveRoutes]: Handler<(typeof executiveRoutes)[K]> } =
  {
    executivePortfolio: () => ExecutiveViews.use((views) => views.portfolio),
    executiveBusiness: () => ExecutiveViews.use((views) => views.business),
    executiveRisk: () => ExecutiveViews.use((views) => views.risk)
  }
