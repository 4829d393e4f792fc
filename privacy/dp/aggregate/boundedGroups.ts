import { Effect } from "effect"
import type { Columns } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { AggregateShape } from "./AggregatePlan.ts"
import { boundedGroupsSql } from "./boundedGroupsSql.ts"

/** How many subjects of a group have their value at a candidate; one row per group and candidate that occurs. */
export interface Histogram {
  readonly length: number
  readonly keys: ReadonlyArray<ReadonlyArray<string | number>>
  readonly bins: ReadonlyArray<number>
  readonly counts: ReadonlyArray<number>
}

/** Exact group totals before noise: private, in memory only, never stored, shown or logged. */
export interface BoundedGroups {
  readonly length: number
  /** per key column: the text of a selected value, or the place in its public domain */
  readonly keys: ReadonlyArray<ReadonlyArray<string | number>>
  /** per measure: integer totals in steps */
  readonly totals: ReadonlyArray<ReadonlyArray<number>>
  /** per measure: subjects with a value, for means and variances */
  readonly counts: ReadonlyArray<ReadonlyArray<number> | undefined>
  /** per measure: centred squares, for variances */
  readonly squares: ReadonlyArray<ReadonlyArray<number> | undefined>
  /** per measure: values per candidate, for quantiles */
  readonly histograms: ReadonlyArray<Histogram | undefined>
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
  const keysOf = (values: Columns["values"]) =>
    shape.keys.map((_, i) => values[`k${i}`] as ReadonlyArray<string | number>)
  const histograms = yield* Effect.forEach(shape.measures, ({ statistic }, i) => {
    if (statistic?.kind !== "quantile") return Effect.succeed(undefined)
    const counting = boundedGroupsSql(shape, relation, salt, i)
    return Effect.map(warehouse.columns(counting.sql, counting.params), ({ length, values }): Histogram => ({
      length,
      keys: keysOf(values),
      bins: values["bin"] as ReadonlyArray<number>,
      counts: values["n"] as ReadonlyArray<number>
    }))
  })
  return {
    length: result.length,
    keys: keysOf(result.values),
    totals: shape.measures.map((_, i) => result.values[`m${i}`] as ReadonlyArray<number>),
    counts: shape.measures.map((_, i) => result.values[`c${i}`] as ReadonlyArray<number> | undefined),
    squares: shape.measures.map((_, i) => result.values[`q${i}`] as ReadonlyArray<number> | undefined),
    histograms,
    subjects: (result.values["subjects"] ?? []) as ReadonlyArray<number>
  }
})
