import { Effect } from "effect"
import { Engine } from "../engine/Engine.ts"
import { assetGraph } from "../engine/AssetGraph.ts"
import { resolveStatements } from "../engine/resolveStatements.ts"
import { bindMade } from "./bindMade.ts"

/** Every asset of the home, bound against the schema twin, with what is known of it and its code version now. */
export const bindHome = Effect.fn("bindHome")(function* () {
  const facts = yield* (yield* Engine).facts
  const graph = assetGraph(facts.map(({ asset }) => asset))
  const known = new Map(facts.map((one) => [one.asset.key, one]))
  const { bound } = yield* bindMade(graph.order, (key) => known.get(key)?.made)
  return { graph, facts: known, bound, versions: yield* resolveStatements(graph.order) }
})
