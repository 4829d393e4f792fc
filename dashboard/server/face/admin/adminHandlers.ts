import type { adminRoutes } from "../../../api/face/adminRoutes.ts"
import type { Handler } from "../../http/Call.ts"
import { AdminViews } from "./AdminViews.ts"

/** What answers each route of admins. */
export const adminHandlers: { readonly [K in keyof typeof adminRoutes]: Handler<(typeof adminRoutes)[K]> } = {
  adminBuyers: () => AdminViews.use((views) => views.buyers),
  adminBuyerVerify: ({ body, session }) => AdminViews.use((views) => views.verify(body, session.name)),
  adminBuyerConfirm: ({ params, session }) => AdminViews.use((views) => views.confirm(params["id"]!, session.name)),
  adminBuyerBlock: ({ params, body, session }) =>
    AdminViews.use((views) => views.block(params["id"]!, body.reason, session.name)),
  adminBuyerLift: ({ params, session }) => AdminViews.use((views) => views.lift(params["id"]!, session.name)),
  adminCaps: () => AdminViews.use((views) => views.caps),
  adminCapSet: ({ body, session }) => AdminViews.use((views) => views.setCap(body, session.name)),
  adminCapApprove: ({ params, session }) => AdminViews.use((views) => views.approveCap(params["id"]!, session.name)),
  adminMoney: () => AdminViews.use((views) => views.money),
  adminRevenue: ({ body, session }) => AdminViews.use((views) => views.enterRevenue(body, session.name)),
  adminRevenueImport: ({ body, session }) => AdminViews.use((views) => views.importRevenue(body, session.name)),
  adminTax: ({ body }) => AdminViews.use((views) => views.setTax(body)),
  adminComparables: ({ body }) => AdminViews.use((views) => views.importComparables(body)),
  adminBackups: () => AdminViews.use((views) => views.backups),
  adminBackup: ({ body, session }) => AdminViews.use((views) => views.backUp(body.drill, session.name))
}
