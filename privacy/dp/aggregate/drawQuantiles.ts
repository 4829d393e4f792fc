import { Effect } from "effect"
import { noiseHalfWidth } from "../gaussian/noiseHalfWidth.ts"
import { Noise } from "../Noise.ts"
import { approximateQuantiles } from "../quantile/approximateQuantiles.ts"
import { quantileEnds } from "../quantile/quantileEnds.ts"
import type { AggregatePlan, Statistic } from "./AggregatePlan.ts"
import type { Histogram } from "./boundedGroups.ts"
import type { Cells } from "./Cells.ts"
import type { Figures } from "./drawMeasure.ts"
import { eachCell } from "./eachCell.ts"
import type { KeptKeys } from "./selectKeys.ts"

/** Shares of an interval's ends are parts of a million: finer than those of the quantiles. */
const FINE = 1000
/** 5 %, equally over the two ends and the count. */
const BETA = 0.05 / 3

/** Draws one or several quantiles of a measure per cell, and for each the interval that holds it with 95 %. */
export const drawQuantiles = Effect.fnUntraced(function* (
  { shape, noise }: AggregatePlan,
  histogram: Histogram,
  kept: KeptKeys,
  cells: Cells,
  i: number
): Effect.fn.Return<ReadonlyArray<Figures>, never, Noise> {
  const measure = shape.measures[i]!
  const { choice, ends } = noise.measures[i]!
  const { under, width, candidates } = measure.statistic as Extract<Statistic, { kind: "quantile" }>
  const places = shape.measures.flatMap((other, place) => (place === i || other.together === i ? [place] : []))
  const shares = places.map((place) => (shape.measures[place]!.statistic as { readonly over: number }).over)
  const rows = new Map<number, Array<number>>()
  eachCell(shape, histogram, kept, cells, (cell, row) => {
    const own = rows.get(cell)
    if (own === undefined) rows.set(cell, [row])
    else own.push(row)
  })
  const { chooser, gaussian } = yield* Noise
  const choose = yield* chooser(choice!)
  const chooseEnd = yield* chooser(ends!.choice)
  const epsilon = Number(ends!.choice.num) / Number(ends!.choice.den)
  const countVariance = Number(ends!.countVariance.num) / Number(ends!.countVariance.den)
  const slack = noiseHalfWidth(countVariance, 1 - 2 * BETA)
  const draws = yield* gaussian(ends!.countVariance, cells.length)
  const figures = places.map((place) => ({
    place,
    values: new Float64Array(cells.length),
    halfWidths: new Float64Array(cells.length)
  }))
  const counts = new Float64Array(candidates)
  const at = (place: number): number => Math.min(measure.upper, measure.lower + place * width)
  for (const [row, cell] of cells.order.entries()) {
    counts.fill(0)
    for (const own of rows.get(cell) ?? []) counts[histogram.bins[own]!]! += histogram.counts[own]!
    const least = counts.reduce((sum, n) => sum + n, 0) + draws[row]! - slack
    for (const [s, place] of approximateQuantiles(counts, shares, under, choose).entries()) {
      const rule = { under: under * FINE, epsilon, choose: chooseEnd, least, beta: BETA }
      const [low, high] = quantileEnds(counts, shares[s]! * FINE, rule)
      const value = at(place)
      // A candidate stands for the values above the one before it.
      const from = low < 0 ? measure.lower : Math.max(measure.lower, at(low) - width + 1)
      const to = high >= candidates ? measure.upper : at(high)
      figures[s]!.values[cell] = value
      figures[s]!.halfWidths[cell] = Math.max(0, value - from, to - value)
    }
  }
  return figures
})
