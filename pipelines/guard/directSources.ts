import type { BoundAsset } from "../lineage/BoundAsset.ts"

/** Every field of a source, as `raw.<source>__<stream>.<field>`, whose values pass into a column; what only decides on rows is left out. */
export function directSources(
  bound: ReadonlyMap<string, BoundAsset>,
  asset: string,
  column: string
): ReadonlyArray<string> {
  const seen = new Set<string>()
  const waiting = [`${asset}.${column}`]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    const at = node.lastIndexOf(".")
    const sources = bound.get(node.slice(0, at))?.lineage.columns[node.slice(at + 1)]
    waiting.push(...Object.keys(sources?.direct ?? {}))
  }
  return [...seen].filter((node) => node.startsWith("raw."))
}
