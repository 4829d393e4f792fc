import { Context } from "effect"
import type { Effect } from "effect"
import type { RecordsError } from "#core/records/Records.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Asset } from "./Asset.ts"

/** Where the engine gets its assets from: every source file, product file and built-in table of the home, read anew each time. */
export class Definitions extends Context.Service<
  Definitions,
  { readonly load: Effect.Effect<ReadonlyArray<Asset>, RecordsError | WarehouseError> }
>()("pipelines/Definitions") {}
