import type { Asset } from "../Asset.ts"
import type { AssetGraph } from "../AssetGraph.ts"
import { duePartitions } from "./duePartitions.ts"
import type { Change, Due } from "./duePartitions.ts"
import type { Intervals } from "./intervalTable.ts"
import { everything } from "./KeyRange.ts"
import { addDays, expectedRanges } from "./partitionKeys.ts"

/** Whether an asset is made by partitions. */
export const isIncremental = ({ kind }: Asset): boolean => kind.startsWith("incremental")

/** The partitions of an asset that are due on a day; an incremental one without partitions is a single one. */
export function dueOf(asset: Asset, graph: AssetGraph, intervals: Intervals, asOf: string): Due {
  const { partitions } = asset
  const expected = partitions === undefined || !isIncremental(asset) ? [everything] : expectedRanges(partitions, asOf)
  return duePartitions(
    expected,
    intervals.made.get(asset.key) ?? [],
    asset.deps.flatMap((dep) => changesOf(asset, graph.byKey.get(dep)!, intervals))
  )
}

function changesOf({ partitions }: Asset, input: Asset, intervals: Intervals): ReadonlyArray<Change> {
  const alike = partitions !== undefined && input.partitions?.type === partitions.type
  const how = partitions?.inputs?.[input.key] ?? (alike ? "same" : "all")
  if (how === "all" || partitions === undefined) {
    const seq = intervals.changedAt.get(input.key)
    return seq === undefined ? [] : [{ ...everything, seq }]
  }
  const { lookback = 0 } = partitions
  return (intervals.touched.get(input.key) ?? []).map(({ from, to, seq }) => ({
    from,
    to: lookback > 0 && /^\d{4}-\d{2}-\d{2}$/.test(to) ? addDays(to, lookback) : to,
    seq
  }))
}
