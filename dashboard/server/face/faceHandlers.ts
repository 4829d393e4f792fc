import { adminHandlers } from "./admin/adminHandlers.ts"
import { auditorHandlers } from "./auditor/auditorHandlers.ts"
import { buyerHandlers } from "./buyer/buyerHandlers.ts"
import { customerHandlers } from "./customer/customerHandlers.ts"
import { embedHandlers } from "../embed/embedHandlers.ts"
import { executiveHandlers } from "./executive/executiveHandlers.ts"
import { maskedHandlers } from "./steward/maskedHandlers.ts"
import { productHandlers } from "../view/productHandlers.ts"
import { stewardHandlers } from "./steward/stewardHandlers.ts"

/** What answers the routes of all faces. */
export const faceHandlers = {
  ...adminHandlers,
  ...auditorHandlers,
  ...buyerHandlers,
  ...customerHandlers,
  ...embedHandlers,
  ...executiveHandlers,
  ...productHandlers,
  ...stewardHandlers,
  ...maskedHandlers
}
