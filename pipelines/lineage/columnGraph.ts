import type { BoundAsset } from "./BoundAsset.ts"

/** One influence of a column on another; both are `schema.table.column`. `to` ends in `.*` where it bears on every column of the asset. */
export interface ColumnEdge {
  readonly from: string
  readonly to: string
  readonly type: "DIRECT" | "INDIRECT"
  readonly how: string
}

/**
 * The columns that one column is made from, or that are made from it, step by step.
 *
 * @param depth  how many assets far; `Infinity` for all
 */
export function columnGraph(
  bound: ReadonlyMap<string, BoundAsset>,
  asset: string,
  column: string,
  { up, down, depth }: { readonly up: boolean; readonly down: boolean; readonly depth: number }
): ReadonlyArray<ColumnEdge> {
  const all = [...bound.values()].flatMap(edgesOf)
  const into = Map.groupBy(all, (edge) => edge.to)
  const outOf = Map.groupBy(all, (edge) => edge.from)
  const start = `${asset}.${column}`
  const chosen = new Set<ColumnEdge>()
  const walk = (step: (node: string) => ReadonlyArray<ColumnEdge>, end: "from" | "to"): void => {
    let frontier = new Set([start])
    const seen = new Set(frontier)
    for (let i = 0; i < depth && frontier.size > 0; i++) {
      const next = new Set<string>()
      for (const edge of [...frontier].flatMap(step)) {
        chosen.add(edge)
        if (!seen.has(edge[end])) next.add(edge[end])
        seen.add(edge[end])
      }
      frontier = next
    }
  }
  const everyColumn = (node: string): string => `${node.slice(0, node.lastIndexOf("."))}.*`
  if (up) walk((node) => [...(into.get(node) ?? []), ...(into.get(everyColumn(node)) ?? [])], "from")
  if (down) walk((node) => outOf.get(node) ?? [], "to")
  return [...chosen]
}

function edgesOf({ asset, lineage }: BoundAsset): ReadonlyArray<ColumnEdge> {
  const to = (column: string): string => `${asset.key}.${column}`
  const indirect = (target: string, ways: Readonly<Record<string, ReadonlyArray<string>>>) =>
    Object.entries(ways).flatMap(([from, hows]) =>
      hows.map((how) => ({ from, to: target, type: "INDIRECT", how }) as const)
    )
  return [
    ...Object.entries(lineage.columns).flatMap(([column, sources]) => [
      ...Object.entries(sources.direct).map(([from, how]) => ({ from, to: to(column), type: "DIRECT", how }) as const),
      ...indirect(to(column), sources.indirect)
    ]),
    ...indirect(to("*"), lineage.rows)
  ]
}
