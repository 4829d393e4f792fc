import { Context } from "effect"
import type { Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { Refused } from "#core/Refused.ts"
import type { Unavailable } from "#core/Unavailable.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Asset } from "./Asset.ts"

export type MakeError = BadInput | Refused | Unavailable | WarehouseError

/** What landing a stream brought. `changed` is false when every record was known already. */
export interface Landed {
  readonly changed: boolean
  /** Names the rows that are there now; equal for equal contents. */
  readonly dataVersion: string
  readonly rows: number
  readonly notices: ReadonlyArray<string>
}

/** What making a release brought: the version that stands for this period, drawn now or stored before. */
export interface Released {
  readonly drawn: boolean
  readonly dataVersion: string
  readonly rows: number
  readonly notices: ReadonlyArray<string>
}

export interface MakeOptions {
  readonly run: string
  /** The day that decides the release period, ISO. */
  readonly asOf: string
  /** Keys of every asset that it is made from, direct and indirect. */
  readonly lineage: ReadonlyArray<string>
  /** Nobody asked for it: it was made by itself. */
  readonly unattended?: boolean
  readonly onProgress: (share: number) => void
}

/** How assets that are no SQL are made: landing for `source`, protection for `release`. Filled by the folders that know how. */
export class Makers extends Context.Service<
  Makers,
  {
    land(asset: Asset, options: MakeOptions): Effect.Effect<Landed, MakeError>
    release(asset: Asset, options: MakeOptions): Effect.Effect<Released, MakeError>
  }
>()("pipelines/Makers") {}
