import type { BoundAsset } from "../lineage/BoundAsset.ts"
import type { Connection } from "../sources/Connections.ts"
import { directSources } from "./directSources.ts"

/** What some columns hold, by what the sources declare for the fields they are made from. */
export interface CategoriesRead {
  readonly categories: ReadonlyArray<string>
  /** Columns that are made from a field without a category, which stays inside the house. */
  readonly unclassified: ReadonlyArray<string>
}

/** Follows columns of an asset up to the fields of the sources, by what goes into their values, and reads the categories there. */
export function categoriesRead(
  bound: ReadonlyMap<string, BoundAsset>,
  asset: string,
  columns: ReadonlyArray<string>,
  connected: ReadonlyArray<Connection>
): CategoriesRead {
  const fields = new Map(
    connected.flatMap(({ spec }) =>
      spec.streams.map((stream) => {
        const categories = Object.entries(stream.categories ?? {}).map(
          ([field, category]) => [field.toLowerCase(), category] as const
        )
        return [`raw.${spec.source}__${stream.stream}` as string, new Map(categories)] as const
      })
    )
  )
  const categories = new Set<string>()
  const unclassified = columns.filter((column) => {
    const own = directSources(bound, asset, column)
    const found = own.map((from) => {
      const at = from.lastIndexOf(".")
      return fields.get(from.slice(0, at))?.get(from.slice(at + 1).toLowerCase())
    })
    for (const category of found) if (category !== undefined) categories.add(category)
    return found.includes(undefined)
  })
  return { categories: [...categories].sort(), unclassified }
}
