import { Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { lastMade } from "../engine/madeTable.ts"

/**
 * Refuses a release whose snapshot is stale: one of the assets that it is made from was itself made from an older version of an input than
 * the one that stands now. Such a snapshot would be sold as of this period although newer records are in the house. A run of all assets
 * makes them anew first, so this is met where a release is run by itself, or where something it reads failed and was let pass.
 *
 * @param lineage  keys of every asset that it is made from, direct and indirect
 */
export const staleBelow = Effect.fn("staleBelow")(function* (product: string, lineage: ReadonlyArray<string>) {
  const made = yield* lastMade(yield* Warehouse)
  for (const key of lineage) {
    const own = made.get(key)
    const moved = Object.entries(own?.inputs ?? {}).find(
      ([input, version]) => made.has(input) && made.get(input)!.dataVersion !== version
    )
    if (moved !== undefined) return staleSnapshot(product, key, moved[0])
  }
  return undefined
})

/** @param input  what was made anew since; the asset itself where its code changed */
export const staleSnapshot = (product: string, asset: string, input: string): Refused =>
  new Refused({
    code: "release.stale",
    message:
      `${product} would stand on a stale snapshot: ${asset} was made ` +
      (input === asset ? "by other code than it has now." : `from an older version of ${input} than stands now.`),
    fix: `Make what it reads first: assay run +release.${product}.`,
    where: { asset, field: "from" }
  })
