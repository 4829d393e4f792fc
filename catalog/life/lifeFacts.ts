import type { Db } from "#core/records/Records.ts"
import type { TradabilityIndex } from "#pricing/index/tradabilityIndex.ts"
import { entitledOrders } from "../notice/entitledOrders.ts"
import type { LifeFacts } from "./decideMove.ts"
import { lifeStateOf } from "./lifeStateOf.ts"

/** What somebody wants to do with a product, besides the move itself. */
export interface Wish {
  readonly product: string
  readonly by: string
  readonly requestedBy: string | null
  readonly endsOn: string | null
  readonly successor: string | null
}

/** Reads what a move is decided on. */
export function lifeFacts(db: Db, wish: Wish, index: TradabilityIndex | undefined, at: string): LifeFacts {
  const { product, by, requestedBy, endsOn, successor } = wish
  return {
    product,
    actor: by,
    requestedBy,
    hasVersion: index !== undefined,
    failedGates: index?.gates.flatMap(({ id, passed }) => (passed ? [] : [id])) ?? [],
    isTradable: index?.isTradable ?? false,
    reasons: index?.reasons ?? [],
    isFrozen: db.get("select 1 as one from product_freeze where product = $product", { product }) !== undefined,
    entitled: entitledOrders(db, product, at).length,
    today: at.slice(0, 10),
    endsOn,
    successor: successor === null ? null : { name: successor, isListed: lifeStateOf(db, successor) === "listed" }
  }
}
