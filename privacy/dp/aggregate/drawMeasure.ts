import { Effect } from "effect"
import { consistentTotals } from "../consistency/consistentTotals.ts"
import type { TotalLevel } from "../consistency/consistentTotals.ts"
import { noiseHalfWidth } from "../gaussian/noiseHalfWidth.ts"
import { meanOf } from "../moments/meanOf.ts"
import { varianceOf } from "../moments/varianceOf.ts"
import { Noise } from "../Noise.ts"
import { approximateQuantiles } from "../quantile/approximateQuantiles.ts"
import type { Rational } from "../sampler/Rational.ts"
import type { AggregatePlan, MeasureNoise, PlannedMeasure } from "./AggregatePlan.ts"
import type { BoundedGroups, Histogram } from "./boundedGroups.ts"
import type { Cells } from "./Cells.ts"
import { eachCell } from "./eachCell.ts"
import type { KeptKeys } from "./selectKeys.ts"

/** Noisy figures of one measure per cell, in steps, with the half-width of each one's 95 % interval. */
interface Figures {
  readonly values: ArrayLike<number>
  readonly halfWidths?: ArrayLike<number>
}

const toNumber = ({ num, den }: Rational): number => Number(num) / Number(den)

/** Draws one measure of a release: adds its noise, and makes of the noisy totals what is published. */
export const drawMeasure = Effect.fnUntraced(function* (
  plan: AggregatePlan,
  groups: BoundedGroups,
  kept: KeptKeys,
  cells: Cells,
  i: number
): Effect.fn.Return<Figures, never, Noise> {
  const { shape } = plan
  const measure = shape.measures[i]!
  const noise = plan.noise.measures[i]!
  const { gaussian } = yield* Noise
  const noisy = Effect.fnUntraced(function* (exact: ReadonlyArray<number>, variance: Rational) {
    const totals = new Float64Array(cells.length)
    eachCell(shape, groups, kept, cells, (cell, row) => void (totals[cell] = exact[row]!))
    const draws = yield* gaussian(variance, cells.length)
    // Row r of the table takes draw r: the order of the keys, not of the engine.
    cells.order.forEach((cell, row) => void (totals[cell] = totals[cell]! + draws[row]!))
    return totals
  })
  if (measure.statistic?.kind === "quantile") return yield* drawQuantile(plan, groups.histograms[i]!, kept, cells, i)
  if (measure.statistic !== undefined) {
    const sums = yield* noisy(groups.totals[i]!, noise.variance)
    const counts = yield* noisy(groups.counts[i]!, noise.moments!.countVariance)
    const { squareVariance } = noise.moments!
    const squares = squareVariance === undefined ? undefined : yield* noisy(groups.squares[i]!, squareVariance)
    return moments(measure, noise, { sums, counts, squares })
  }
  const totals = yield* noisy(groups.totals[i]!, noise.variance)
  const halfWidths = new Float64Array(cells.length).fill(noise.halfWidth)
  if (shape.levels === undefined) return { values: totals, halfWidths }
  const exact = new Float64Array(cells.length)
  eachCell(shape, groups, kept, cells, (cell, row) => void (exact[cell] = groups.totals[i]![row]!))
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
  return { values: consistentTotals(totals, toNumber(noise.variance), levels), halfWidths }
})

function moments(
  measure: PlannedMeasure,
  noise: MeasureNoise,
  drawn: { readonly sums: Float64Array; readonly counts: Float64Array; readonly squares: Float64Array | undefined }
): Figures {
  const { center, kind } = measure.statistic as { readonly kind: "mean" | "variance"; readonly center: number }
  const widths = {
    count: noiseHalfWidth(toNumber(noise.moments!.countVariance), 0.975),
    sum: noiseHalfWidth(toNumber(noise.variance), 0.975)
  }
  const values = new Float64Array(drawn.sums.length)
  const halfWidths = new Float64Array(drawn.sums.length)
  for (let cell = 0; cell < values.length; cell++) {
    const own = { count: drawn.counts[cell]!, sum: drawn.sums[cell]!, center, radius: measure.linf }
    if (kind === "mean") {
      const { value, half } = meanOf(own, widths)
      values[cell] = value
      halfWidths[cell] = half
    } else {
      values[cell] = varianceOf({ ...own, square: drawn.squares![cell]! })
    }
  }
  return kind === "mean" ? { values, halfWidths } : { values }
}

const drawQuantile = Effect.fnUntraced(function* (
  { shape, noise }: AggregatePlan,
  histogram: Histogram,
  kept: KeptKeys,
  cells: Cells,
  i: number
): Effect.fn.Return<Figures, never, Noise> {
  const measure = shape.measures[i]!
  const { over, under, width, candidates } = measure.statistic as Extract<
    PlannedMeasure["statistic"],
    { kind: "quantile" }
  >
  const rows = new Map<number, Array<number>>()
  eachCell(shape, histogram, kept, cells, (cell, row) => {
    const own = rows.get(cell)
    if (own === undefined) rows.set(cell, [row])
    else own.push(row)
  })
  const { chooser } = yield* Noise
  const choose = yield* chooser(noise.measures[i]!.choice!)
  const values = new Float64Array(cells.length)
  const counts = new Float64Array(candidates)
  for (const cell of cells.order) {
    counts.fill(0)
    for (const row of rows.get(cell) ?? []) counts[histogram.bins[row]!]! += histogram.counts[row]!
    const [place] = approximateQuantiles(counts, [over], under, choose)
    values[cell] = Math.min(measure.upper, measure.lower + place! * width)
  }
  return { values }
})
