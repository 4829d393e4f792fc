import type { Asset } from "./Asset.ts"
import type { AssetGraph } from "./AssetGraph.ts"

/** What was made last, as the warehouse remembers it. */
export interface Made {
  readonly asset: string
  readonly run: string
  /** The table that holds the rows; the asset's own name is a view on it. */
  readonly physical: string
  readonly codeVersion: string
  readonly dataVersion: string
  /** Data version of every input at that time, by key. */
  readonly inputs: Readonly<Record<string, string>>
  readonly rows: number
  readonly bytes: number
  readonly millis: number
  readonly madeAt: string
}

export type AssetState =
  | { readonly state: "unchanged" }
  | { readonly state: "new" }
  | { readonly state: "stale"; readonly reason: "code" | "input"; readonly inputs: ReadonlyArray<string> }

/**
 * Says for every asset whether a run would make it, and why. An asset is stale when its code changed, or when an input is not the one
 * it was made from, or will itself be made.
 *
 * A `source` is never stale by itself: only looking at its files tells, which the run does. A `release` is decided by its plan and period, not here.
 */
export function staleness(
  graph: AssetGraph,
  version: (asset: Asset) => string,
  made: ReadonlyMap<string, Made>
): ReadonlyMap<string, AssetState> {
  const states = new Map<string, AssetState>()
  for (const asset of graph.order) {
    const last = made.get(asset.key)
    if (last === undefined) {
      states.set(asset.key, { state: "new" })
      continue
    }
    const moved = asset.deps.filter(
      (dep) => states.get(dep)!.state !== "unchanged" || made.get(dep)?.dataVersion !== last.inputs[dep]
    )
    if (last.codeVersion !== version(asset)) states.set(asset.key, { state: "stale", reason: "code", inputs: moved })
    else if (moved.length > 0) states.set(asset.key, { state: "stale", reason: "input", inputs: moved })
    else states.set(asset.key, { state: "unchanged" })
  }
  return states
}
