import { Effect } from "effect"
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
  const parts = result.values["part"] as ReadonlyArray<number | null> | undefined
  const rowsOf = (part: number | null): ReadonlyArray<number> | undefined =>
    parts === undefined ? undefined : places(parts, part)
  const own = rowsOf(null)
  const take = <A>(name: string, rows: ReadonlyArray<number> | undefined): ReadonlyArray<A> => {
    const column = (result.values[name] ?? []) as ReadonlyArray<A>
    return rows === undefined || column.length === 0 ? column : rows.map((row) => column[row]!)
  }
  const keysOf = (rows: ReadonlyArray<number> | undefined) =>
    shape.keys.map((_, i) => take<string | number>(`k${i}`, rows))
  const ofStatistic = (prefix: "c" | "q") =>
    shape.measures.map((_, i) =>
      result.values[`${prefix}${i}`] === undefined ? undefined : take<number>(`${prefix}${i}`, own)
    )
  return {
    length: own?.length ?? result.length,
    keys: keysOf(own),
    totals: shape.measures.map((_, i) => take<number>(`m${i}`, own)),
    counts: ofStatistic("c"),
    squares: ofStatistic("q"),
    histograms: shape.measures.map(({ statistic }, i): Histogram | undefined => {
      if (statistic?.kind !== "quantile") return undefined
      const rows = rowsOf(i)!
      return { length: rows.length, keys: keysOf(rows), bins: take("bin", rows), counts: take("n", rows) }
    }),
    subjects: take("subjects", own)
  }
})

function places(parts: ReadonlyArray<number | null>, part: number | null): ReadonlyArray<number> {
  const found: Array<number> = []
  for (let row = 0; row < parts.length; row++) if (parts[row] === part) found.push(row)
  return found
}
