import type { Effect } from "effect"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { AggregatePlan } from "../aggregate/AggregatePlan.ts"
import type { BoundedGroups } from "../aggregate/boundedGroups.ts"

/** The inputs of a release's mechanisms, recorded. */
export interface Recorded {
  readonly groups: BoundedGroups
  /** per measure whose bounds are found: the histogram in which they are looked for */
  readonly ranges: ReadonlyMap<string, Float64Array>
}

/** The parts of a release that can be wrong: what is declared and drawn, and how totals are made of rows. */
export interface Pipeline {
  readonly plan: AggregatePlan
  inputs(relation: ReadonlyArray<string>, salt: string): Effect.Effect<Recorded, WarehouseError, Warehouse>
}
