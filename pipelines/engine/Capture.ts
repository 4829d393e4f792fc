import { Context, Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { RecordsError } from "#core/records/Records.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Asset } from "./Asset.ts"

/**
 * How a `full` asset whose statement could not be replayed is made together with the events of each row, in a hidden column `_src`; undefined where
 * the statement itself leads back. Filled by lineage; without it nothing is captured.
 */
export const Capture = Context.Reference<{
  withEvents(
    asset: Asset,
    statement: string
  ): Effect.Effect<string | undefined, BadInput | RecordsError | WarehouseError>
}>("pipelines/Capture", { defaultValue: () => ({ withEvents: () => Effect.succeed(undefined) }) })
