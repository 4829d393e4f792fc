import { Context } from "effect"
import type { Effect, Scope } from "effect"
import type { RecordsError } from "#core/records/Records.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Asset } from "./Asset.ts"

type ScanError = RecordsError | WarehouseError

/** How one asset reads its inputs, decided once. */
export interface GuardedScan {
  /** The asset's statement, which reads only rows whose licence lets it, and says what each row is made under. */
  readonly statement: string
  /** Another statement over assets, such as the one that also tells events, reading the same way. */
  guard(sql: string): Effect.Effect<string, ScanError, Scope.Scope>
  /** Gives every row of a staged table its licence. */
  settle(table: string): Effect.Effect<void, ScanError>
  /** Whether a staged table may be published: nobody in it was frozen since it was read. */
  fence(session: Session, table: string): Effect.Effect<boolean, ScanError>
  /** Whether somebody whose rows are read was frozen since that was decided; cheap, and asked often while the asset is made. */
  readonly overtaken: Effect.Effect<boolean, ScanError>
  /** Remembers what went in, what came through and why the rest did not. */
  readonly remember: Effect.Effect<void, ScanError>
}

/** The only way in which assets read assets: through what the licences of the records allow. Filled by `pipelines/guard`. */
export class Scans extends Context.Service<
  Scans,
  {
    /** Changes when other records are denied than before; then an asset has to be made anew. */
    version(asset: Asset): Effect.Effect<string, ScanError>
    open(asset: Asset, statement: string, run: string): Effect.Effect<GuardedScan, ScanError, Scope.Scope>
  }
>()("pipelines/Scans") {}
