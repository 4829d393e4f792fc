import type { Db } from "#core/records/Records.ts"
import { assessedIndex } from "../search/assessedIndex.ts"
import type { AssessedIndex } from "../search/assessedIndex.ts"
import { lifeStateOf } from "./lifeStateOf.ts"
import type { LifeState } from "./LifeState.ts"
import { marketNumber } from "./marketNumber.ts"

/** Where a product stands on the market, with the numbers of the stages that it has reached. */
export interface MarketStanding {
  readonly state: LifeState
  readonly registration: string | null
  readonly listing: string | null
  /** The tradability index of the last decision, and when that was; null for what was listed before there were assessments. */
  readonly tradability: AssessedIndex | null
}

/** Reads a product's standing. What was on sale before products had a life was listed and never registered. */
export function marketOf(db: Db, product: string): MarketStanding {
  const number = (stage: "registration" | "listing", to: LifeState): string | null => {
    const step = db.get<{ versionId: string | null; at: string }>(
      `select version_id as versionId, at from product_transition
       where product = $product and to_state = $to and from_state <> 'suspended' order by seq desc limit 1`,
      { product, to }
    )
    return step === undefined ? null : marketNumber(stage, step.versionId ?? `${product} ${step.at}`, step.at)
  }
  return {
    state: lifeStateOf(db, product),
    registration: number("registration", "registered"),
    listing: number("listing", "listed"),
    tradability: assessedIndex(db, product) ?? null
  }
}
