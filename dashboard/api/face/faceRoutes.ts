import { adminRoutes } from "./adminRoutes.ts"
import { auditorRoutes } from "./auditorRoutes.ts"
import { buyerRoutes } from "./buyerRoutes.ts"
import { customerRoutes } from "./customerRoutes.ts"
import { embedRoutes } from "./embedRoutes.ts"
import { executiveRoutes } from "./executiveRoutes.ts"
import { productRoutes } from "./productRoutes.ts"
import { stewardRoutes } from "./stewardRoutes.ts"

/** The routes of all faces. */
export const faceRoutes = {
  ...adminRoutes,
  ...auditorRoutes,
  ...buyerRoutes,
  ...customerRoutes,
  ...embedRoutes,
  ...executiveRoutes,
  ...productRoutes,
  ...stewardRoutes
}
