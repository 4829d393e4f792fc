import { Effect } from "effect"
import { consistentTotals } from "../consistency/consistentTotals.ts"
import type { TotalLevel } from "../consistency/consistentTotals.ts"
import { noiseHalfWidth } from "../gaussian/noiseHalfWidth.ts"
import { meanOf } from "../moments/meanOf.ts"
import { varianceOf } from "../moments/varianceOf.ts"
import { Noise } from "../Noise.ts"
import type { Rational } from "../sampler/Rational.ts"
import type { AggregatePlan, MeasureNoise, PlannedMeasure } from "./AggregatePlan.ts"
import type { BoundedGroups } from "./boundedGroups.ts"
import type { Cells } from "./Cells.ts"
import { drawQuantiles } from "./drawQuantiles.ts"
import { eachCell } from "./eachCell.ts"
import type { KeptKeys } from "./selectKeys.ts"

/** Noisy figures of one column per cell, in steps, with the half-width of each one's 95 % interval. */
export interface Figures {
  /** of the column in `measures` */
  readonly place: number
  readonly values: ArrayLike<number>
  readonly halfWidths: ArrayLike<number>
}

const toNumber = ({ num, den }: Rational): number => Number(num) / Number(den)

/**
 * Draws one measure of a release and all columns that share its charge: adds its noise, and makes of the noisy totals
 * what is published.
 * @param i  place of the first of the columns
 */
export const drawMeasure = Effect.fnUntraced(function* (
  plan: AggregatePlan,
  groups: BoundedGroups,
  kept: KeptKeys,
  cells: Cells,
  i: number
): Effect.fn.Return<ReadonlyArray<Figures>, never, Noise> {
  const { shape } = plan
  const measure = shape.measures[i]!
  const noise = plan.noise.measures[i]!
  const { gaussian } = yield* Noise
  const withNoise = Effect.fnUntraced(function* (totals: Float64Array, variance: Rational) {
    const draws = yield* gaussian(variance, cells.length)
    // Row r of the table takes draw r: the order of the keys, not of the engine.
    cells.order.forEach((cell, row) => void (totals[cell] = totals[cell]! + draws[row]!))
    return totals
  })
  const exactly = (figures: ReadonlyArray<number>): Float64Array => {
    const totals = new Float64Array(cells.length)
    eachCell(shape, groups, kept, cells, (cell, row) => void (totals[cell] = figures[row]!))
    return totals
  }
  const halfWidths = new Float64Array(cells.length).fill(noise.halfWidth)
  switch (measure.statistic?.kind) {
    case "quantile":
      return yield* drawQuantiles(plan, groups.histograms[i]!, kept, cells, i)
    case "bands": {
      const { candidates } = measure.statistic
      const counts = Array.from({ length: candidates }, () => new Float64Array(cells.length))
      const histogram = groups.histograms[i]!
      eachCell(shape, histogram, kept, cells, (cell, row) => {
        const band = counts[histogram.bins[row]!]!
        band[cell] = band[cell]! + histogram.counts[row]!
      })
      const figures: Array<Figures> = []
      for (const [band, own] of counts.entries())
        figures.push({ place: i + band, values: yield* withNoise(own, noise.variance), halfWidths })
      return figures
    }
    case "mean":
    case "variance": {
      const sums = yield* withNoise(exactly(groups.totals[i]!), noise.variance)
      const counts = yield* withNoise(exactly(groups.counts[i]!), noise.moments!.countVariance)
      const { squareVariance } = noise.moments!
      const squares =
        squareVariance === undefined ? undefined : yield* withNoise(exactly(groups.squares[i]!), squareVariance)
      return [{ place: i, ...moments(measure, noise, { sums, counts, squares }) }]
    }
    case undefined:
  }
  const totals = yield* withNoise(exactly(groups.totals[i]!), noise.variance)
  if (shape.levels === undefined) return [{ place: i, values: totals, halfWidths }]
  const exact = exactly(groups.totals[i]!)
  const levels: Array<TotalLevel> = []
  for (const [l, level] of shape.levels.entries()) {
    const variance = plan.noise.levels![l]![i]!
    const parentOf = Uint32Array.from({ length: cells.length }, (_, cell) =>
      level.reduce((at, key) => at * shape.keys[key]!.domain!.values.length + cells.indexOf(key, cell), 0)
    )
    const size = level.reduce((product, key) => product * shape.keys[key]!.domain!.values.length, 1)
    const sums = yield* gaussian(variance, size)
    for (let cell = 0; cell < cells.length; cell++) sums[parentOf[cell]!]! += exact[cell]!
    levels.push({ totals: sums, variance: toNumber(variance), parentOf })
  }
  return [{ place: i, values: consistentTotals(totals, toNumber(noise.variance), levels), halfWidths }]
})

/** Each of the noisy totals stays within its width but for an equal part of 5 %, so all of them do with 95 %. */
function moments(
  measure: PlannedMeasure,
  noise: MeasureNoise,
  drawn: { readonly sums: Float64Array; readonly counts: Float64Array; readonly squares: Float64Array | undefined }
): Omit<Figures, "place"> {
  const { center } = measure.statistic as { readonly kind: "mean" | "variance"; readonly center: number }
  const { countVariance, squareVariance } = noise.moments!
  const confidence = 1 - 0.05 / (squareVariance === undefined ? 2 : 3)
  const width = (variance: Rational): number => noiseHalfWidth(toNumber(variance), confidence)
  const widths = {
    count: width(countVariance),
    sum: width(noise.variance),
    square: squareVariance === undefined ? 0 : width(squareVariance)
  }
  const values = new Float64Array(drawn.sums.length)
  const halfWidths = new Float64Array(drawn.sums.length)
  for (let cell = 0; cell < values.length; cell++) {
    const own = { count: drawn.counts[cell]!, sum: drawn.sums[cell]!, center, radius: measure.linf }
    const { value, half } =
      drawn.squares === undefined ? meanOf(own, widths) : varianceOf({ ...own, square: drawn.squares[cell]! }, widths)
    values[cell] = value
    halfWidths[cell] = half
  }
  return { values, halfWidths }
}
