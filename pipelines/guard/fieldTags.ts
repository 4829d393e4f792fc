import type { BoundAsset } from "../lineage/BoundAsset.ts"
import type { Connection } from "../sources/Connections.ts"
import { directSources } from "./directSources.ts"

/** The tags of every column of every asset, in the order of its columns. */
export type FieldTags = ReadonlyMap<
  string,
  ReadonlyArray<{ readonly name: string; readonly tags: ReadonlyArray<string> }>
>

/**
 * What the sources say of the fields that each column is made from: their categories, the house's own tags, `identifier` where a field names
 * the subject, and `unclassified` where one has no category. A column that is made from no field has none.
 */
export function fieldTags(bound: ReadonlyMap<string, BoundAsset>, connected: ReadonlyArray<Connection>): FieldTags {
  const declared = new Map<string, Set<string>>()
  const add = (field: string, ...tags: ReadonlyArray<string>): void => {
    const known = declared.get(field) ?? new Set()
    for (const tag of tags) known.add(tag)
    declared.set(field, known)
  }
  for (const { spec } of connected) {
    for (const { stream, subject, categories, tags } of spec.streams) {
      const place = (field: string): string => `raw.${spec.source}__${stream}.${field.toLowerCase()}`
      for (const [field, category] of Object.entries(categories ?? {})) add(place(field), category, classified)
      for (const [field, own] of Object.entries(tags ?? {})) add(place(field), ...own)
      if (subject !== undefined) add(place(subject), "identifier")
    }
  }
  const tagsOf = (asset: string, column: string): ReadonlyArray<string> => {
    const all = new Set<string>()
    const own = directSources(bound, asset, column)
    // The currency that is declared for an amount is made from no field, and as delicate as the amount.
    const amount = column.replace(/_currency$/, "_minor")
    const nodes = own.length === 0 && amount !== column ? directSources(bound, asset, amount) : own
    for (const node of nodes) {
      const at = node.lastIndexOf(".")
      const said = declared.get(`${node.slice(0, at)}.${node.slice(at + 1).toLowerCase()}`) ?? new Set()
      for (const tag of said) if (tag !== classified) all.add(tag)
      if (!said.has(classified)) all.add("unclassified")
    }
    return [...all].sort()
  }
  return new Map(
    [...bound].map(([asset, { columns }]) => [asset, columns.map(({ name }) => ({ name, tags: tagsOf(asset, name) }))])
  )
}

/** Stands beside a category; no source can declare it, for want of a prefix. */
const classified = "\u0000classified"
