import type { adminRoutes } from "../../../api/face/adminRoutes.ts"
import type { Handler } from "../../http/Call.ts"
import { AdminViews } from "./AdminViews.ts"

/** What answers each route of admins. */
export const adminHandlers: { readonly [K in keyof typeof adminRoutes]: Handler<(typeof adminRoutes)[K]> } = {
  adminBuyers: () => AdminViews.use((views) => views.buyers),
  adminBuyerVerify: ({ body, session }) => AdminViews.use((views) => views.verify(body, session.name)),
  adminBuyerConfirm: ({ params, session }) => AdminViews.use((views) => views.confirm(params["id"]!, session.name)),
  adminHouse: () => AdminViews.use((views) => views.house),
  adminRevenue: ({ body, session }) => AdminViews.use((views) => views.enterRevenue(body, session.name))
}
