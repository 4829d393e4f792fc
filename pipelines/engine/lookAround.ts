import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { assetGraph } from "./AssetGraph.ts"
import type { AssetGraph } from "./AssetGraph.ts"
import { checkDependencies } from "./checkDependencies.ts"
import { codeVersion } from "./codeVersion.ts"
import { Definitions } from "./Definitions.ts"
import { lastMade } from "./madeTable.ts"
import { staleness } from "./staleness.ts"
import type { AssetState, Made } from "./staleness.ts"

/** What is defined, what was made, and how the two compare. */
export interface Surroundings {
  readonly graph: AssetGraph
  readonly made: ReadonlyMap<string, Made>
  readonly states: ReadonlyMap<string, AssetState>
}

/** Reads the definitions and the warehouse's memory; fails when the definitions do not fit together. */
export const lookAround = Effect.fn("lookAround")(function* () {
  const warehouse = yield* Warehouse
  const graph = assetGraph(yield* (yield* Definitions).load)
  yield* checkDependencies(graph)
  const made = yield* lastMade(warehouse)
  return { graph, made, states: staleness(graph, codeVersion, made) } satisfies Surroundings as Surroundings
})
