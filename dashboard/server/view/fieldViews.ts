import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { fieldTags } from "#pipelines/guard/fieldTags.ts"
import type { FieldTags } from "#pipelines/guard/fieldTags.ts"
import { bindHome } from "#pipelines/lineage/bindHome.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import type { TaggedField } from "#privacy/access/AccessRules.ts"

/** A column with the tags that its sources give it. */
export interface AssetColumn extends TaggedField {
  readonly type: string
}

const known = new WeakMap<object, { readonly key: string; readonly tags: FieldTags }>()

/** The tags of every column of the home, followed up through lineage to the fields that sources declare. What was followed holds while no source, statement or asset changes. */
export const homeTags = Effect.fn("homeTags")(function* () {
  const engine = yield* Engine
  const connected = yield* (yield* Connections).all
  const facts = yield* engine.facts
  const key = JSON.stringify([connected, facts.map(({ asset, made }) => [asset, made?.dataVersion])])
  const before = known.get(engine)
  if (before?.key === key) return before.tags
  const tags = fieldTags((yield* bindHome()).bound, connected)
  known.set(engine, { key, tags })
  return tags
})

/** The columns of an asset with their tags. */
export const assetFields = Effect.fn("assetFields")(function* (key: string) {
  const engine = yield* Engine
  const found = (yield* engine.facts).find(({ asset }) => asset.key === key)
  if (found === undefined) {
    const message = "There is no such asset."
    return yield* new BadInput({ code: "asset.unknown", message, fix: "Choose one in the asset graph." })
  }
  const columns = found.made === undefined ? [] : yield* engine.columns(key)
  const tags = new Map((yield* homeTags()).get(key)?.map((one) => [one.name, one.tags]))
  return columns.map(({ name, type }): AssetColumn => ({ name, type, tags: tags.get(name) ?? [] }))
})
