import { Effect } from "effect"
import { assetGraph } from "../engine/AssetGraph.ts"
import { Engine } from "../engine/Engine.ts"
import { bindMade } from "./bindMade.ts"

/** Every asset of the home, bound against the schema twin, with what is known of it. */
export const bindHome = Effect.fn("bindHome")(function* () {
  const facts = yield* (yield* Engine).facts
  const graph = assetGraph(facts.map(({ asset }) => asset))
  const known = new Map(facts.map((one) => [one.asset.key, one]))
  return {
    graph,
    facts: known,
    bound: yield* bindMade(graph.order, (key) => known.get(key)?.made)
  }
})
