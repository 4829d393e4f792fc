/** Where a node of a layered graph stands: which layer, and which place within it. */
export interface Placed {
  readonly key: string
  readonly layer: number
  readonly place: number
}

interface Edge {
  readonly from: string
  readonly to: string
}

/**
 * Lays a directed graph out in layers: each node one layer after its furthest input, places within a layer by the mean place
 * of its neighbours, swept forth and back (Sugiyama's barycentre method). An edge that closes a circle is not followed.
 */
export function layerGraph(keys: ReadonlyArray<string>, edges: ReadonlyArray<Edge>): ReadonlyArray<Placed> {
  const known = new Set(keys)
  const inputs = new Map(keys.map((key) => [key, [] as Array<string>]))
  const outputs = new Map(keys.map((key) => [key, [] as Array<string>]))
  for (const { from, to } of edges) {
    if (!known.has(from) || !known.has(to)) continue
    inputs.get(to)!.push(from)
    outputs.get(from)!.push(to)
  }
  const layerOf = longestPaths(keys, inputs)
  const layers: Array<Array<string>> = []
  for (const key of [...keys].sort()) (layers[layerOf.get(key)!] ??= []).push(key)

  const place = new Map<string, number>()
  const note = (layer: ReadonlyArray<string>): void => layer.forEach((key, i) => place.set(key, i / layer.length))
  layers.forEach(note)
  for (let sweep = 0; sweep < 8; sweep++) {
    const forth = sweep % 2 === 0
    for (const layer of forth ? layers : layers.toReversed()) {
      const mean = (key: string): number => {
        const near = forth ? inputs.get(key)! : outputs.get(key)!
        return near.length === 0
          ? place.get(key)!
          : near.reduce((sum, other) => sum + place.get(other)!, 0) / near.length
      }
      const means = new Map(layer.map((key) => [key, mean(key)]))
      layer.sort((a, b) => means.get(a)! - means.get(b)! || a.localeCompare(b))
      note(layer)
    }
  }
  return layers.flatMap((layer, i) => layer.map((key, j) => ({ key, layer: i, place: j })))
}

function longestPaths(
  keys: ReadonlyArray<string>,
  inputs: ReadonlyMap<string, ReadonlyArray<string>>
): ReadonlyMap<string, number> {
  const layerOf = new Map<string, number>()
  const open = new Set<string>()
  const visit = (key: string): number => {
    const done = layerOf.get(key)
    if (done !== undefined) return done
    open.add(key)
    let layer = 0
    for (const input of inputs.get(key)!) if (!open.has(input)) layer = Math.max(layer, visit(input) + 1)
    open.delete(key)
    layerOf.set(key, layer)
    return layer
  }
  for (const key of keys) visit(key)
  return layerOf
}
