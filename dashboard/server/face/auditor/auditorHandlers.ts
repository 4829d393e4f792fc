import type { auditorRoutes } from "../../../api/face/auditorRoutes.ts"
import type { Handler } from "../../http/Call.ts"

/** What answers each route of auditors. */
export const auditorHandlers: { readonly [K in keyof typeof auditorRoutes]: Handler<(typeof auditorRoutes)[K]> } = {}
