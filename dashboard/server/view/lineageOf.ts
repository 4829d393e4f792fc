import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import type { Lineage } from "../../api/Lineage.ts"
import { mendWarehouse } from "./mendWarehouse.ts"

/** What an asset is made from, back to the sources: the names alone, which are in nobody's confidence. */
export const lineageOf = Effect.fn("lineageOf")(function* (key: string) {
  const facts = yield* mendWarehouse(Engine.use((engine) => engine.facts))
  const assets = new Map(facts.map(({ asset }) => [asset.key, asset]))
  const found = new Set<string>()
  const follow = (one: string): void => {
    if (found.has(one) || !assets.has(one)) return
    found.add(one)
    assets.get(one)!.deps.forEach(follow)
  }
  follow(key)
  if (found.size === 0)
    return yield* new BadInput({
      code: "asset.unknown",
      message: "There is no such asset.",
      fix: "Choose one in the asset graph."
    })
  const nodes = [...found].map((one) => assets.get(one)!)
  return {
    of: key,
    nodes: nodes.map(({ key: name, group, kind }) => ({ key: name, group, kind, barrier: kind === "release" })),
    edges: nodes.flatMap((one) => one.deps.flatMap((from) => (found.has(from) ? [{ from, to: one.key }] : [])))
  } satisfies Lineage as Lineage
})
