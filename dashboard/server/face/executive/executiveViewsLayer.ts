import { Effect, Layer } from "effect"
import { ExecutiveViews } from "./ExecutiveViews.ts"
import { portfolioOf } from "./portfolioOf.ts"

/** The pages of executives on a real home. */
export const executiveViewsLayer = Layer.effect(
  ExecutiveViews,
  Effect.gen(function* () {
    const world = yield* Effect.context<Effect.Services<ReturnType<typeof portfolioOf>>>()
    return ExecutiveViews.of({ portfolio: Effect.provideContext(portfolioOf(), world) })
  })
)
