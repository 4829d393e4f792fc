import type { stewardRoutes } from "../../../api/face/stewardRoutes.ts"
import type { Handler } from "../../http/Call.ts"

/** What answers each route of stewards. */
export const stewardHandlers: { readonly [K in keyof typeof stewardRoutes]: Handler<(typeof stewardRoutes)[K]> } = {}
