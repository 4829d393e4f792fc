import { choiceEpsilon } from "../accounting/choiceEpsilon.ts"
import { gaussianVariance } from "../accounting/gaussianVariance.ts"
import { noiseHalfWidth } from "../gaussian/noiseHalfWidth.ts"
import { rangeNoise } from "../range/rangeNoise.ts"
import { Rational } from "../sampler/Rational.ts"
import { roundUpVariance } from "../sampler/roundUpVariance.ts"
import type { AggregateShape, MeasureNoise, PlannedMeasure } from "./AggregatePlan.ts"
import { publishedGroups } from "./publishedGroups.ts"

/** An eighth of a measure's loss finds its bounds, where they are not public. */
const RANGE_SHARE = 8n

type Drawn = Omit<MeasureNoise, "name" | "rhoUnits" | "range">

/**
 * The noise of a measure and of all columns that are drawn together with it, out of one share of the loss.
 * @param first  the first of the columns
 * @param units  of 2^-40 rho for all of them
 * @returns      one entry per column, the shares adding up to `units`; undefined if the noise leaves the exact integers
 */
export function measureNoise(
  shape: AggregateShape,
  first: PlannedMeasure,
  units: bigint
): ReadonlyArray<MeasureNoise> | undefined {
  const place = shape.measures.indexOf(first)
  const columns = shape.measures.filter((measure, i) => i === place || measure.together === place)
  const rangeUnits = first.range === undefined ? 0n : units / RANGE_SHARE
  const range = first.range === undefined ? undefined : rangeNoise(rangeUnits)
  if (first.range !== undefined && range === undefined) return undefined
  const own = drawn(shape, first, columns.length, units - rangeUnits)
  if (own === undefined) return undefined
  const each = units / BigInt(columns.length)
  return columns.map(({ name }, i) => ({
    name,
    rhoUnits: i === 0 ? units - each * BigInt(columns.length - 1) : each,
    ...own,
    ...(i === 0 && range !== undefined ? { range } : {})
  }))
}

function drawn(shape: AggregateShape, measure: PlannedMeasure, columns: number, units: bigint): Drawn | undefined {
  const { linf, statistic } = measure
  const l0 = publishedGroups(shape)
  switch (statistic?.kind) {
    case "quantile":
      return quantileNoise(l0, columns, units)
    case "mean":
    case "variance": {
      // Half goes to the number of subjects, half to the moments: the squares cost nothing more.
      const momentUnits = units - units / 2n
      const variance = noiseVariance(l0, linf, momentUnits)
      const countVariance = noiseVariance(l0, 1, units / 2n)
      const squareVariance = statistic.kind === "variance" ? noiseVariance(l0, linf ** 2, momentUnits) : undefined
      if (variance === undefined || countVariance === undefined) return undefined
      if (statistic.kind === "variance" && squareVariance === undefined) return undefined
      const moments = { countVariance, ...(squareVariance === undefined ? {} : { squareVariance }) }
      return { variance, halfWidth: noiseHalfWidth(toNumber(variance), 0.95), moments }
    }
    case "bands":
    case undefined: {
      const shares = statistic === undefined ? BigInt((shape.levels?.length ?? 0) + 1) : 1n
      const variance = noiseVariance(l0, linf, units / shares)
      return variance === undefined ? undefined : { variance, halfWidth: noiseHalfWidth(toNumber(variance), 0.95) }
    }
  }
}

/**
 * Half of a quantile's loss chooses the figures (one choice per depth), three eighths the two ends of each interval, and
 * an eighth counts the subjects with a value, without which no interval could be said.
 */
function quantileNoise(l0: number, columns: number, units: bigint): Drawn | undefined {
  const [countUnits, endUnits] = [units / 8n, (units * 3n) / 8n]
  const depth = Math.ceil(Math.log2(columns + 1))
  const choice = choiceEpsilon(BigInt(l0 * depth), units - countUnits - endUnits)
  const ends = choiceEpsilon(BigInt(l0 * 2 * columns), endUnits)
  const countVariance = noiseVariance(l0, 1, countUnits)
  if (choice === undefined || ends === undefined || countVariance === undefined) return undefined
  return { variance: Rational(1n), halfWidth: 0, choice, ends: { choice: ends, countVariance } }
}

/** L2 = sqrt(l0) linf, so L2^2 is an integer. */
function noiseVariance(l0: number, linf: number, units: bigint): Rational | undefined {
  if (units <= 0n) return undefined
  const variance = roundUpVariance(gaussianVariance(BigInt(l0) * BigInt(linf) ** 2n, units))
  return variance.num / variance.den > 1n << 88n ? undefined : variance
}

const toNumber = (variance: Rational): number => Number(variance.num) / Number(variance.den)
