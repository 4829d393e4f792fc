import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { AggregateShape } from "./AggregatePlan.ts"
import { boundedGroupsSql } from "./boundedGroupsSql.ts"

/** Exact group totals before noise: private, in memory only, never stored, shown or logged. */
export interface BoundedGroups {
  readonly length: number
  /** per key column: the text of a selected value, or the place in its public domain */
  readonly keys: ReadonlyArray<ReadonlyArray<string | number>>
  /** per measure: integer totals in steps */
  readonly totals: ReadonlyArray<ReadonlyArray<number>>
  /** subjects of each row's selected tuple; empty without selected keys */
  readonly subjects: ReadonlyArray<number>
}

/** Reads the table once and returns the bounded totals of its groups, in no particular order. */
export const boundedGroups = Effect.fn("boundedGroups")(function* (
  shape: AggregateShape,
  relation: ReadonlyArray<string>,
  salt: string
): Effect.fn.Return<BoundedGroups, WarehouseError, Warehouse> {
  const warehouse = yield* Warehouse
  const { sql, params } = boundedGroupsSql(shape, relation, salt)
  const result = yield* warehouse.columns(sql, params)
  return {
    length: result.length,
    keys: shape.keys.map((_, i) => result.values[`k${i}`] as ReadonlyArray<string | number>),
    totals: shape.measures.map((_, i) => result.values[`m${i}`] as ReadonlyArray<number>),
    subjects: (result.values["subjects"] ?? []) as ReadonlyArray<number>
  }
})
