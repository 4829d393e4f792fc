import { Effect } from "effect"
import { explainWarehouseError } from "#core/warehouse/explainWarehouseError.ts"
import { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { ViewsError } from "../Views.ts"

/** Tells of the engine's failures what a person can mend; anything else of it is a bug. */
export const mendWarehouse = <A, R>(
  effect: Effect.Effect<A, ViewsError | WarehouseError, R>
): Effect.Effect<A, ViewsError, R> =>
  effect.pipe(
    Effect.catch((error) => {
      if (!(error instanceof WarehouseError)) return Effect.fail(error)
      const explained = explainWarehouseError(error)
      return explained instanceof WarehouseError ? Effect.die(explained) : Effect.fail(explained)
    })
  )
