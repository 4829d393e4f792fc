import type { Effect } from "effect"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { AggregatePlan } from "../aggregate/AggregatePlan.ts"
import type { BoundedGroups } from "../aggregate/boundedGroups.ts"

/** The parts of a release that can be wrong: what is declared and drawn, and how totals are made of rows. */
export interface Pipeline {
  readonly plan: AggregatePlan
  /** the inputs of the mechanisms, recorded */
  groups(relation: ReadonlyArray<string>, salt: string): Effect.Effect<BoundedGroups, WarehouseError, Warehouse>
}
