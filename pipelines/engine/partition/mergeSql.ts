import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Asset } from "../Asset.ts"

const grainOf = ({ grain }: Asset): ReadonlyArray<string> => grain.map((name) => quoteIdentifier(name))

/** Whether rows of two relations have one grain; empty parts of it are equal to one another. */
export const sameGrain = (asset: Asset, a: string, b: string): string =>
  grainOf(asset)
    .map((name) => `${a}.${name} is not distinct from ${b}.${name}`)
    .join(" and ")

/** One row for each grain: the greatest partition, and among equals always the same one. */
export function newestOfEachKey(asset: Asset, rows: string): string {
  const order = [...(asset.partitions === undefined ? [] : [`(${asset.partitions.by}) desc`]), "hash(_rows)"]
  return `select * from (${rows}) as _rows qualify row_number() over (partition by ${grainOf(asset).join(", ")} order by ${order.join(", ")}) = 1`
}

/** Takes out of a batch what is older than the row of its grain that stands already. */
export function dropOutdated(asset: Asset, staged: string, standing: string): string {
  const by = `(${asset.partitions!.by})`
  const grain = grainOf(asset).join(", ")
  return `delete from ${staged} where rowid in (
    select _new.at from (select ${grain}, ${by} as _by, rowid as at from ${staged}) as _new
    join (select ${grain}, ${by} as _by from ${standing}) as _old on ${sameGrain(asset, "_new", "_old")}
    where _old._by > _new._by)`
}
