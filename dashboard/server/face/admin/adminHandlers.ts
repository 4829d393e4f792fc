import type { adminRoutes } from "../../../api/face/adminRoutes.ts"
import type { Handler } from "../../http/Call.ts"

/** What answers each route of admins. */
export const adminHandlers: { readonly [K in keyof typeof adminRoutes]: Handler<(typeof adminRoutes)[K]> } = {}
