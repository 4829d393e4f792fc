import { BadInput } from "#core/BadInput.ts"
import type { Asset } from "./Asset.ts"

/** All assets of a home, each after those it reads. */
export interface AssetGraph {
  readonly order: ReadonlyArray<Asset>
  readonly byKey: ReadonlyMap<string, Asset>
  /** The keys that read an asset directly. */
  readonly readers: ReadonlyMap<string, ReadonlyArray<string>>
}

/**
 * Puts assets in an order in which each follows what it reads; ties by key, so the order never depends on the input's.
 *
 * @throws BadInput for a key given twice, a dependency that nobody defines, a circle
 */
export function assetGraph(assets: ReadonlyArray<Asset>): AssetGraph {
  const byKey = new Map<string, Asset>()
  for (const asset of assets) {
    if (byKey.has(asset.key)) throw twice(asset.key)
    byKey.set(asset.key, asset)
  }
  const readers = new Map<string, Array<string>>()
  const waitsFor = new Map<string, number>()
  for (const asset of assets) {
    waitsFor.set(asset.key, asset.deps.length)
    for (const dep of asset.deps) {
      if (!byKey.has(dep))
        throw missing(
          asset.key,
          dep,
          [...byKey.keys()].filter((key) => key !== asset.key)
        )
      readers.set(dep, [...(readers.get(dep) ?? []), asset.key])
    }
  }
  const order: Array<Asset> = []
  let ready = [...byKey.keys()].filter((key) => waitsFor.get(key) === 0).sort()
  while (ready.length > 0) {
    const next = new Set<string>()
    for (const key of ready) {
      order.push(byKey.get(key)!)
      for (const reader of readers.get(key) ?? []) {
        const left = waitsFor.get(reader)! - 1
        waitsFor.set(reader, left)
        if (left === 0) next.add(reader)
      }
    }
    ready = [...next].sort()
  }
  if (order.length < byKey.size) throw circle([...byKey.keys()].filter((key) => (waitsFor.get(key) ?? 0) > 0))
  return { order, byKey, readers }
}

/** The assets that `keys` reach by following `next`, themselves included. */
export function reach(keys: Iterable<string>, next: (key: string) => ReadonlyArray<string>): ReadonlySet<string> {
  const seen = new Set<string>()
  const waiting = [...keys]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue
    seen.add(key)
    waiting.push(...next(key))
  }
  return seen
}

const twice = (key: string): BadInput =>
  new BadInput({
    code: "asset.twice",
    message: `Two definitions claim the asset ${key}.`,
    fix: "Rename one: a source and stream, or a product, has each name once.",
    where: { asset: key }
  })

const missing = (key: string, dep: string, known: ReadonlyArray<string>): BadInput =>
  new BadInput({
    code: "asset.missing",
    message: `${key} reads ${dep}, which nothing defines.`,
    fix: `Connect the source that brings it, or read one of: ${known.slice(0, 12).join(", ")}${known.length > 12 ? ", …" : ""}.`,
    where: { asset: key }
  })

const circle = (keys: ReadonlyArray<string>): BadInput =>
  new BadInput({
    code: "asset.circle",
    message: `These assets read one another in a circle: ${keys.join(", ")}.`,
    fix: "Remove one of the dependencies.",
    where: { asset: keys[0]! }
  })
