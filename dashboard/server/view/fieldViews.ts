import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { fieldTags } from "#pipelines/guard/fieldTags.ts"
import type { FieldTags } from "#pipelines/guard/fieldTags.ts"
import { bindHome } from "#pipelines/lineage/bindHome.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import type { TaggedField } from "#privacy/access/AccessRules.ts"
import { hasTable } from "../face/steward/hasTable.ts"

/** A column with the tags that its sources give it. */
export interface AssetColumn extends TaggedField {
  readonly type: string
}

const known = new WeakMap<object, { readonly key: string; readonly tags: FieldTags }>()

/** The tags of every column of the home, followed up through lineage to the fields that sources declare. What was followed holds while no source changes and nothing is made. */
export const homeTags = Effect.fn("homeTags")(function* () {
  const engine = yield* Engine
  const connected = yield* (yield* Connections).all
  const key = JSON.stringify([connected, yield* lastMade()])
  const before = known.get(engine)
  if (before?.key === key) return before.tags
  const tags = fieldTags((yield* bindHome()).bound, connected)
  known.set(engine, { key, tags })
  return tags
})

/** Grows with everything that is made: until then the columns of tables are what they were. */
const lastMade = Effect.fnUntraced(function* () {
  if (!(yield* hasTable("_assay", "made"))) return 0
  const [row] = yield* (yield* Warehouse).query<{ seq: number }>(
    "select coalesce(max(seq), 0)::integer as seq from _assay.made"
  )
  return row!.seq
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
