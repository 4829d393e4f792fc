import { Effect } from "effect"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Noise } from "../../dp/Noise.ts"
import { cellsOf } from "../model/cellsOf.ts"
import type { Estimate } from "../model/estimate.ts"
import type { Brief } from "./Brief.ts"
import { downwardClosure } from "./downwardClosure.ts"
import type { Candidate } from "./downwardClosure.ts"
import { Joining } from "./Joining.ts"
import { readColumns } from "./readColumns.ts"
import type { Reading } from "./Reading.ts"
import { refitReadings } from "./refitReadings.ts"

/** Columns of more values have their rare values joined first. */
const WIDE = 128
/** A marginal of more cells is left out of the workload. */
const LARGEST = 10_000

/** Where every form of AIM starts: all columns are read, and nothing of how they hang together is known but what was paid before. */
export interface AimStart {
  readonly readings: ReadonlyArray<Reading>
  readonly joining: Joining
  /** the closure of the workload */
  readonly candidates: ReadonlyArray<Candidate>
  readonly fitted: Estimate
}

/**
 * Reads the columns that nobody paid yet, and lists what could be measured next.
 * @param units  for the columns; all that is left where the workload asks for nothing else
 */
export const beginAim = Effect.fnUntraced(function* (
  brief: Brief,
  units: bigint
): Effect.fn.Return<AimStart, WarehouseError, Noise> {
  const { sizes } = brief.source
  const nothingMore = brief.workload.every(({ clique }) => clique.length < 2)
  const readings = yield* readColumns(brief, nothingMore ? brief.purse.left : units)
  const ruled = new Set(brief.rules.flatMap(({ clique }) => clique))
  const joining = Joining(sizes, readings, (column) => sizes[column]! > WIDE && !ruled.has(column))
  const candidates = downwardClosure([
    ...sizes.map((_, column) => ({ clique: [column], weight: 1 })),
    ...brief.workload.filter(({ clique }) => cellsOf(joining.sizes, clique) <= LARGEST)
  ])
  return { readings, joining, candidates, fitted: refitReadings(brief, joining, readings) }
})
