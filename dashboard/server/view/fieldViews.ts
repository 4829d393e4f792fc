import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { categoriesRead } from "#pipelines/guard/categoriesRead.ts"
import type { BoundAsset } from "#pipelines/lineage/BoundAsset.ts"
import { bindHome } from "#pipelines/lineage/bindHome.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import type { TaggedField } from "#privacy/access/AccessRules.ts"

/** A column with the tags that its sources give it. */
export interface AssetColumn extends TaggedField {
  readonly type: string
}

let known: { readonly version: string; readonly bound: ReadonlyMap<string, BoundAsset> } | undefined

/**
 * The columns of an asset with their tags, followed up through its lineage to the fields that sources declare.
 *
 * @param version of the records; what was bound for it is used again
 */
export const assetFields = Effect.fn("assetFields")(function* (key: string, version: string) {
  const engine = yield* Engine
  const found = (yield* engine.facts).find(({ asset }) => asset.key === key)
  if (found === undefined) {
    const message = "There is no such asset."
    return yield* new BadInput({ code: "asset.unknown", message, fix: "Choose one in the asset graph." })
  }
  const columns = found.made === undefined ? [] : yield* engine.columns(key)
  const bound = known?.version === version ? known.bound : (yield* bindHome()).bound
  known = { version, bound }
  const connected = yield* (yield* Connections).all
  return columns.map(({ name, type }): AssetColumn => {
    const { categories, unclassified } = categoriesRead(bound, key, [name], connected)
    return { name, type, tags: unclassified.length > 0 ? [...categories, "unclassified"] : categories }
  })
})
