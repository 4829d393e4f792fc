import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "../Asset.ts"
import { reach } from "../AssetGraph.ts"
import type { AssetGraph } from "../AssetGraph.ts"
import type { Backfill } from "../Backfill.ts"
import type { MakeContext } from "../MakeContext.ts"
import { dueOf, isIncremental } from "./dueOf.ts"
import { noIntervals, readIntervals, readMoment } from "./intervalTable.ts"
import { everything, intersect, subtract, unite } from "./KeyRange.ts"
import { expectedRanges, namedRange } from "./partitionKeys.ts"

type AtHand = Pick<MakeContext, "intervals" | "due" | "allDue" | "partitionedReaders">

interface Asked {
  readonly asOf: string
  /** It was never made. */
  readonly isNew: boolean
  /** The definition changed since it was made. */
  readonly moved: boolean
  readonly backfill: Backfill | undefined
  /** The runs that this one goes on with: what they made is not made again. */
  readonly before: ReadonlyArray<string>
}

/** What is due of an asset's partitions, and what a run makes of it: all that is due, or what a backfill names. */
export const partitionsAtHand = Effect.fn("partitionsAtHand")(function* (
  asset: Asset,
  graph: AssetGraph,
  asked: Asked
) {
  const { partitions } = asset
  const incremental = isIncremental(asset)
  const readers = reach([asset.key], (key) => graph.readers.get(key) ?? [])
  const partitionedReaders =
    partitions !== undefined && [...readers].some((key) => key !== asset.key && isIncremental(graph.byKey.get(key)!))
  if (!incremental && (asset.kind !== "view" || !partitionedReaders)) {
    return { intervals: noIntervals, due: [], allDue: [], partitionedReaders } satisfies AtHand as AtHand
  }
  const warehouse = yield* Warehouse
  // Of what was never made all partitions are due, whatever happened to what it reads.
  const intervals = asked.isNew
    ? { ...noIntervals, now: yield* readMoment(warehouse) }
    : yield* readIntervals(warehouse)
  const { missing, touched } = dueOf(asset, graph, intervals, asked.asOf)
  const whole = incremental && partitions !== undefined ? expectedRanges(partitions, asked.asOf) : [everything]
  const allDue = asked.moved ? whole : unite([...missing, ...touched])
  if (asked.moved || asked.backfill === undefined || partitions === undefined || !incremental) {
    return { intervals, due: allDue, allDue, partitionedReaders } satisfies AtHand as AtHand
  }
  const named = intersect(yield* readNames(partitions, asked.backfill), whole)
  const done = (intervals.made.get(asset.key) ?? []).filter(({ run }) => asked.before.includes(run))
  const due = subtract(named, unite(done))
  return { intervals, due, allDue, partitionedReaders } satisfies AtHand as AtHand
})

const readNames = (partitions: NonNullable<Asset["partitions"]>, { from, to }: Backfill) => {
  const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
  if (partitions.type === "daily" && (!isDay(from) || !isDay(to) || from > to)) {
    return Effect.fail(
      new BadInput({
        code: "backfill.range",
        message: "A backfill of daily partitions takes two calendar days, the first not after the last.",
        fix: "Write them as --from 2026-01-01 --to 2026-01-31."
      })
    )
  }
  return Effect.succeed(namedRange(partitions, from, to))
}
