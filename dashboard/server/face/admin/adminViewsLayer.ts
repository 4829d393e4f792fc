import { Effect, Layer } from "effect"
import type { Budget } from "#privacy/budget/Budget.ts"
import type { Drills } from "#catalog/backup/Drills.ts"
import type { Buyers } from "#catalog/buyer/Buyers.ts"
import type { Catalog } from "#catalog/product/Catalog.ts"
import type { TotalRevenue } from "#catalog/value/TotalRevenue.ts"
import type { ViewsError } from "../../Views.ts"
import { AdminViews } from "./AdminViews.ts"
import { buyerChecks, confirmBuyer, enterRevenue, houseState, verifyBuyer } from "./houseState.ts"

type Services = Budget | Buyers | Catalog | Drills | TotalRevenue

/** The pages of admins on a real home. */
export const adminViewsLayer = Layer.effect(
  AdminViews,
  Effect.gen(function* () {
    const world = yield* Effect.context<Services>()
    const within = <A>(effect: Effect.Effect<A, ViewsError, Services>): Effect.Effect<A, ViewsError> =>
      Effect.provideContext(effect, world)
    return AdminViews.of({
      buyers: within(buyerChecks()),
      verify: (entry, by) => within(verifyBuyer(entry, by)),
      confirm: (buyer, by) => within(confirmBuyer(buyer, by)),
      house: within(houseState()),
      enterRevenue: (entry, by) => within(enterRevenue(entry, by))
    })
  })
)
