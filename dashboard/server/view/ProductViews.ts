import { Context } from "effect"
import type { Effect } from "effect"
import type { Lineage } from "../../api/Lineage.ts"
import type { ProductAttack } from "../../api/product/ProductAttack.ts"
import type { ProductRecord } from "../../api/product/ProductRecord.ts"
import type { ViewsError } from "../Views.ts"

/** What a product's page opens to: where it comes from, whether its price holds, and what it was assessed on. */
export class ProductViews extends Context.Service<
  ProductViews,
  {
    lineage(product: string): Effect.Effect<Lineage, ViewsError>
    attack(product: string): Effect.Effect<ProductAttack, ViewsError>
    record(product: string): Effect.Effect<ProductRecord, ViewsError>
  }
>()("dashboard/ProductViews") {}
