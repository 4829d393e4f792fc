import { Lineage } from "../Lineage.ts"
import { ProductAttack } from "../product/ProductAttack.ts"
import { ProductRecord } from "../product/ProductRecord.ts"
import { route } from "../route.ts"

const callers = ["steward", "buyer", "executive"] as const

/** What a product's page opens to beside the product itself. */
export const productRoutes = {
  productLineage: route({
    method: "GET",
    path: "/api/products/:id/lineage",
    callers,
    summary: "Shows what a product is made from, back to the sources, by names alone",
    versioned: true,
    response: Lineage
  }),
  productAttack: route({
    method: "GET",
    path: "/api/products/:id/attack",
    callers,
    summary: "Searches for a cheaper way to have what each offer of a product gives, and says what was found",
    versioned: true,
    response: ProductAttack
  }),
  productRecord: route({
    method: "GET",
    path: "/api/products/:id/record",
    callers,
    summary: "Shows what a product was last assessed on, its quality, and what changed from version to version",
    versioned: true,
    response: ProductRecord
  })
}
