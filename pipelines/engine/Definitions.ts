import { Context } from "effect"
import type { Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { RecordsError } from "#core/records/Records.ts"
import type { Asset } from "./Asset.ts"

/** Where the engine gets its assets from: every source file, product file and built-in table of the home, read anew each time. */
export class Definitions extends Context.Service<
  Definitions,
  { readonly load: Effect.Effect<ReadonlyArray<Asset>, BadInput | RecordsError> }
>()("pipelines/Definitions") {}
