import type { buyerRoutes } from "../../../api/face/buyerRoutes.ts"
import type { Handler } from "../../http/Call.ts"

/** What answers each route of buyers. */
export const buyerHandlers: { readonly [K in keyof typeof buyerRoutes]: Handler<(typeof buyerRoutes)[K]> } = {}
