import { Effect, Layer } from "effect"
import { mendWarehouse } from "../../view/mendWarehouse.ts"
import { businessOf } from "./businessOf.ts"
import { ExecutiveViews } from "./ExecutiveViews.ts"
import { portfolioOf } from "./portfolioOf.ts"
import { priceAttacks } from "./priceAttacks.ts"
import { riskOf } from "./riskOf.ts"

type Services = Effect.Services<
  ReturnType<typeof businessOf> | ReturnType<typeof portfolioOf> | ReturnType<typeof riskOf>
>

/** The pages of executives on a real home. */
export const executiveViewsLayer = Layer.effect(
  ExecutiveViews,
  Effect.gen(function* () {
    const world = yield* Effect.context<Services>()
    const attacks = priceAttacks()
    return ExecutiveViews.of({
      portfolio: Effect.provideContext(portfolioOf(), world),
      business: Effect.provideContext(businessOf(), world),
      risk: mendWarehouse(Effect.provideContext(riskOf(attacks), world))
    })
  })
)
