import { Effect } from "effect"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { AggregateShape, PlannedMeasure } from "./AggregatePlan.ts"
import { boundedGroups } from "./boundedGroups.ts"
import type { BoundedGroups } from "./boundedGroups.ts"

/**
 * The exact inputs of a shape's mechanisms. Columns that are drawn together are read once, under the first of them;
 * bands are counted like the candidates of a quantile.
 * @param relation  schema and name of the table or view to read, already permitted
 * @param salt      fresh per release
 */
export const readGroups = Effect.fnUntraced(function* (
  shape: AggregateShape,
  relation: ReadonlyArray<string>,
  salt: string
): Effect.fn.Return<BoundedGroups, WarehouseError, Warehouse> {
  const firsts = shape.measures.filter(({ together }) => together === undefined)
  const groups = yield* boundedGroups({ ...shape, measures: firsts.map(asRead) }, relation, salt)
  if (firsts.length === shape.measures.length) return groups
  const at = shape.measures.map((measure) => firsts.indexOf(measure))
  return {
    ...groups,
    totals: at.map((place) => (place < 0 ? [] : groups.totals[place]!)),
    counts: at.map((place) => groups.counts[place]),
    squares: at.map((place) => groups.squares[place]),
    histograms: at.map((place) => groups.histograms[place])
  }
})

function asRead({ statistic, ...measure }: PlannedMeasure): PlannedMeasure {
  if (statistic?.kind !== "bands") return { ...measure, ...(statistic === undefined ? {} : { statistic }) }
  const { width, candidates } = statistic
  return { ...measure, statistic: { kind: "quantile", over: 1, under: 2, width, candidates } }
}
