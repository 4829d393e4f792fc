import { Clock, Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { assetGraph } from "./AssetGraph.ts"
import type { AssetGraph } from "./AssetGraph.ts"
import { checkDependencies } from "./checkDependencies.ts"
import { Definitions } from "./Definitions.ts"
import { lastMade } from "./madeTable.ts"
import { dueOf, isIncremental } from "./partition/dueOf.ts"
import { noIntervals, readIntervals } from "./partition/intervalTable.ts"
import type { Intervals } from "./partition/intervalTable.ts"
import { resolveStatements } from "./resolveStatements.ts"
import { staleness } from "./staleness.ts"
import type { AssetState, Made } from "./staleness.ts"

/** What is defined, what was made, and how the two compare. */
export interface Surroundings {
  readonly graph: AssetGraph
  /** The code version of every asset as it is defined now. */
  readonly versions: ReadonlyMap<string, string>
  readonly made: ReadonlyMap<string, Made>
  readonly states: ReadonlyMap<string, AssetState>
  readonly intervals: Intervals
  /** The day that decides which daily partitions there should be. */
  readonly asOf: string
}

/** Reads the definitions and the warehouse's memory; fails when the definitions do not fit together. */
export const lookAround = Effect.fn("lookAround")(function* (day?: string) {
  const warehouse = yield* Warehouse
  const graph = assetGraph(yield* (yield* Definitions).load)
  yield* checkDependencies(graph)
  const asOf = day ?? new Date(yield* Clock.currentTimeMillis).toISOString().slice(0, 10)
  const versions = yield* resolveStatements(graph.order)
  const made = yield* lastMade(warehouse)
  const intervals = made.size > 0 && graph.order.some(isIncremental) ? yield* readIntervals(warehouse) : noIntervals
  const states = staleness(
    graph,
    ({ key }) => versions.get(key)!,
    made,
    (asset) => (isIncremental(asset) ? dueOf(asset, graph, intervals, asOf) : undefined)
  )
  return { graph, versions, made, states, intervals, asOf } satisfies Surroundings as Surroundings
})
