import { BadInput } from "#core/BadInput.ts"
import type { AssetGraph } from "./AssetGraph.ts"
import { closestWord } from "../sources/yaml/closestWord.ts"
import { reach } from "./AssetGraph.ts"

/**
 * The keys that a selection names, in the graph's order: `core.order`, `+core.order` with all it reads, `core.order+` with all that
 * reads it, `group:core`, `tag:daily`, `state:stale`; several are separated by commas or blanks. An empty selection is everything.
 *
 * @param stale  tells whether an asset would be made by a run now
 * @throws BadInput for a name that is no asset, with the nearest ones
 */
export function selectAssets(
  graph: AssetGraph,
  selection: string,
  stale: (key: string) => boolean
): ReadonlyArray<string> {
  const terms = selection.split(/[\s,]+/).filter((term) => term !== "")
  if (terms.length === 0) return graph.order.map((asset) => asset.key)
  const chosen = new Set<string>()
  for (const term of terms) for (const key of choose(graph, term, stale)) chosen.add(key)
  return graph.order.map((asset) => asset.key).filter((key) => chosen.has(key))
}

function choose(graph: AssetGraph, term: string, stale: (key: string) => boolean): Iterable<string> {
  const keys = graph.order.map((asset) => asset.key)
  if (term.startsWith("group:")) {
    const group = term.slice("group:".length)
    const found = graph.order.filter((asset) => asset.group === group).map((asset) => asset.key)
    if (found.length === 0) throw unknown(term, [...new Set(graph.order.map((asset) => `group:${asset.group}`))])
    return found
  }
  if (term.startsWith("tag:")) {
    const tag = term.slice("tag:".length)
    const found = graph.order.filter(({ tags }) => tags?.includes(tag) === true).map((asset) => asset.key)
    if (found.length > 0) return found
    throw unknown(term, [...new Set(graph.order.flatMap(({ tags = [] }) => tags.map((one) => `tag:${one}`)))])
  }
  if (term === "state:stale") return keys.filter(stale)
  const name = term.replace(/^\+/, "").replace(/\+$/, "")
  if (!graph.byKey.has(name)) throw unknown(name, near(name, keys))
  return [
    name,
    ...(term.startsWith("+") ? reach([name], (key) => graph.byKey.get(key)!.deps) : []),
    ...(term.endsWith("+") ? reach([name], (key) => graph.readers.get(key) ?? []) : [])
  ]
}

function near(name: string, keys: ReadonlyArray<string>): ReadonlyArray<string> {
  const meant = closestWord(name, keys)
  return meant === undefined ? keys.filter((key) => key.includes(name.split(".").at(-1)!)) : [meant]
}

const unknown = (term: string, near: ReadonlyArray<string>): BadInput =>
  new BadInput({
    code: "asset.unknown",
    message: `There is no asset "${term.slice(0, 80)}".`,
    fix: near.length > 0 ? `Did you mean ${near.slice(0, 5).join(", ")}?` : "`assay ls` lists the assets of this home."
  })
