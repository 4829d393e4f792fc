import type { AssetFacts } from "#pipelines/engine/Engine.ts"
import { stateInWords } from "#pipelines/engine/stateInWords.ts"
import type { AssetNode } from "../../api/AssetNode.ts"

/** What the graph shows of an asset. Row counts are exact, so only those who may see raw data see them; a view stores none. */
export function assetNodeOf({ asset, state, made }: AssetFacts, withRows: boolean): AssetNode {
  return {
    key: asset.key,
    group: asset.group,
    kind: asset.kind,
    barrier: asset.kind === "release",
    state: state.state === "unchanged" ? "fresh" : state.state === "new" ? "missing" : "stale",
    reasons: state.state === "stale" ? [stateInWords(state)] : [],
    madeAt: made?.madeAt ?? null,
    version: made?.dataVersion ?? null,
    rows: withRows && asset.kind !== "view" ? (made?.rows ?? null) : null
  }
}
