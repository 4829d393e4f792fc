import type { customerRoutes } from "../../../api/face/customerRoutes.ts"
import type { Handler } from "../../http/Call.ts"

/** What answers each route of customers. */
export const customerHandlers: { readonly [K in keyof typeof customerRoutes]: Handler<(typeof customerRoutes)[K]> } = {}
