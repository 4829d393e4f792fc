import type { productRoutes } from "../../api/face/productRoutes.ts"
import type { Handler } from "../http/Call.ts"
import { ProductViews } from "./ProductViews.ts"

/** What answers each route on the further parts of products. */
export const productHandlers: { readonly [K in keyof typeof productRoutes]: Handler<(typeof productRoutes)[K]> } = {
  productLineage: ({ params }) => ProductViews.use((views) => views.lineage(params["id"]!)),
  productAttack: ({ params }) => ProductViews.use((views) => views.attack(params["id"]!)),
  productRecord: ({ params }) => ProductViews.use((views) => views.record(params["id"]!))
}
