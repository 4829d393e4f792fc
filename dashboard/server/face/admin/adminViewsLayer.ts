import { Effect, Layer } from "effect"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { mendWarehouse } from "../../view/mendWarehouse.ts"
import type { ViewsError } from "../../Views.ts"
import { AdminViews } from "./AdminViews.ts"
import { backupViews } from "./backupViews.ts"
import { blockBuyer, buyersState, confirmBuyer, liftBuyer, verifyBuyer } from "./buyerViews.ts"
import { approveCap, capsState, setCap } from "./capViews.ts"
import { enterRevenue, importComparables, importRevenue, moneyState, setTax } from "./moneyViews.ts"
import { RestoredHouse } from "./RestoredHouse.ts"

type Begun = ReturnType<ReturnType<typeof backupViews>["begin"]>
type Services = Effect.Services<
  | ReturnType<typeof buyersState>
  | ReturnType<typeof capsState>
  | ReturnType<typeof moneyState>
  | ReturnType<typeof importComparables>
  | Begun
>

/** The pages of admins on a real home. */
export const adminViewsLayer = Layer.effect(
  AdminViews,
  Effect.gen(function* () {
    const world = yield* Effect.context<Services>()
    const check = yield* RestoredHouse
    const scope = yield* Effect.scope
    const within = <A>(effect: Effect.Effect<A, ViewsError | WarehouseError, Services>): Effect.Effect<A, ViewsError> =>
      mendWarehouse(Effect.provideContext(Effect.provideService(effect, RestoredHouse, check), world))
    const backups = backupViews()
    return AdminViews.of({
      buyers: within(buyersState()),
      verify: (entry, by) => within(verifyBuyer(entry, by)),
      confirm: (buyer, by) => within(confirmBuyer(buyer, by)),
      block: (buyer, reason, by) => within(blockBuyer(buyer, reason, by)),
      lift: (buyer, by) => within(liftBuyer(buyer, by)),
      caps: within(capsState()),
      setCap: (request, by) => within(setCap(request, by)),
      approveCap: (id, by) => within(approveCap(id, by)),
      money: within(moneyState()),
      enterRevenue: (entry, by) => within(enterRevenue(entry, by)),
      importRevenue: (entry, by) => within(importRevenue(entry, by)),
      setTax: (entry) => within(setTax(entry)),
      importComparables: (entry) => within(importComparables(entry)),
      backups: within(backups.state()),
      backUp: (withDrill, by) => within(backups.begin(withDrill, by, scope))
    })
  })
)
