import type { Asset } from "./Asset.ts"
import type { AssetGraph } from "./AssetGraph.ts"
import type { Due } from "./partition/duePartitions.ts"

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
  /** Sum of the hashes of its rows, as digits; absent where `dataVersion` comes from elsewhere. */
  readonly sum?: string
}

export type AssetState =
  | { readonly state: "unchanged" }
  | { readonly state: "new" }
  | {
      readonly state: "stale"
      /** `partitions`: some of its own were never made, or what they are made from changed. */
      readonly reason: "code" | "input" | "partitions"
      /** What it reads and that moved on or will be made. */
      readonly inputs: ReadonlyArray<string>
      readonly due?: Due
    }

/**
 * Says for every asset whether a run would make it, and why. An asset is stale when its code changed, or when an input is not the one
 * it was made from, or will itself be made.
 *
 * A `source` is never stale by itself: only looking at its files tells, which the run does. A `release` is decided by its plan and period, not here.
 */
export function staleness(
  graph: AssetGraph,
  version: (asset: Asset) => string,
  made: ReadonlyMap<string, Made>,
  dueOf: (asset: Asset) => Due | undefined = () => undefined
): ReadonlyMap<string, AssetState> {
  const states = new Map<string, AssetState>()
  for (const asset of graph.order) states.set(asset.key, stateOf(asset, version(asset), states, made, dueOf(asset)))
  return states
}

function stateOf(
  asset: Asset,
  version: string,
  states: ReadonlyMap<string, AssetState>,
  made: ReadonlyMap<string, Made>,
  due: Due | undefined
): AssetState {
  const last = made.get(asset.key)
  if (last === undefined) return { state: "new" }
  const unsettled = asset.deps.filter((dep) => states.get(dep)!.state !== "unchanged")
  if (due !== undefined) {
    const inputs = unsettled
    if (last.codeVersion !== version) return { state: "stale", reason: "code", inputs, due }
    if (due.missing.length + due.touched.length > 0) return { state: "stale", reason: "partitions", inputs, due }
    return inputs.length > 0 ? { state: "stale", reason: "input", inputs, due } : { state: "unchanged" }
  }
  const inputs = asset.deps.filter((dep) => unsettled.includes(dep) || made.get(dep)?.dataVersion !== last.inputs[dep])
  if (last.codeVersion !== version) return { state: "stale", reason: "code", inputs }
  return inputs.length > 0 ? { state: "stale", reason: "input", inputs } : { state: "unchanged" }
}
