import { choiceEpsilon } from "../accounting/choiceEpsilon.ts"
import { gaussianVariance } from "../accounting/gaussianVariance.ts"
import { rhoUnits } from "../accounting/rhoUnits.ts"
import { zcdpRho } from "../accounting/zcdpRho.ts"
import { noiseHalfWidth } from "../gaussian/noiseHalfWidth.ts"
import { keyThreshold } from "../keys/keyThreshold.ts"
import { Rational } from "../sampler/Rational.ts"
import { roundUpVariance } from "../sampler/roundUpVariance.ts"
import type { AggregateShape, KeyNoise, MeasureNoise, NoisePlan, PlannedMeasure } from "./AggregatePlan.ts"

/** Weights are kept to a millionth, so that the split is one of integers. */
const WEIGHT_SCALE = 1e6

/**
 * Splits the loss of one release and derives its noise.
 *
 * rho comes from (epsilon, delta/2). Key selection, where there are `dp` keys, takes delta/2 and 1/(m+1) of rho; the m
 * measures share the rest by weight. Every share is in whole units, so that together they never pass the charge, and
 * each variance is rounded up from the exact fraction.
 * @param epsilon      of the release; the shape's own, or one that is tried
 * @param censusUnits  already spent of this release on counting its subjects
 * @returns            undefined if so little loss is left that the noise leaves the exact integers
 * @source             privacy.md, "Mechanisms"
 */
export function planNoise(shape: AggregateShape, epsilon: number, censusUnits: bigint): NoisePlan | undefined {
  const chargeUnits = rhoUnits.limit(zcdpRho(epsilon, shape.delta / 2))
  const left = chargeUnits - censusUnits
  const count = BigInt(shape.measures.length)
  const selects = shape.keys.some((key) => key.domain === undefined)
  const selectionUnits = selects ? left / (count + 1n) : 0n
  const rest = left - selectionUnits
  const weights = shape.measures.map((measure) => BigInt(Math.round(measure.weight * WEIGHT_SCALE)))
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0n)
  const { levels } = shape
  const measures: Array<MeasureNoise> = []
  for (const [i, measure] of shape.measures.entries()) {
    const units = (rest * weights[i]!) / weightSum
    const own = planMeasure(shape, measure, levels === undefined ? units : units / BigInt(levels.length + 1))
    if (own === undefined) return undefined
    measures.push({ ...own, name: measure.name, rhoUnits: units })
  }
  const levelNoise = levels?.map(() =>
    shape.measures.map((measure, i) => levelVariance(shape, measure, measures[i]!.rhoUnits, levels.length))
  )
  if (levelNoise?.some((own) => own.includes(undefined)) === true) return undefined
  const more = levelNoise === undefined ? {} : { levels: levelNoise as ReadonlyArray<ReadonlyArray<Rational>> }
  if (!selects) return { chargeUnits, censusUnits, measures, ...more }
  const selection = planSelection(shape, selectionUnits)
  return selection === undefined ? undefined : { chargeUnits, censusUnits, selection, measures }
}

function planSelection(shape: AggregateShape, units: bigint): KeyNoise | undefined {
  const variance = noiseVariance(shape.l0, 1, units)
  if (variance === undefined || toNumber(variance) > 1e8) return undefined
  const delta = shape.delta / 2
  const tau = keyThreshold({ delta, l0: shape.l0, linf: 1, variance: toNumber(variance) })
  return { rhoUnits: units, delta, variance, tau }
}

/** Half of a mean's or variance's loss goes to the number of subjects, half to the moments: the squares cost nothing more. */
function planMeasure(
  shape: AggregateShape,
  measure: PlannedMeasure,
  units: bigint
): Omit<MeasureNoise, "name" | "rhoUnits"> | undefined {
  const { statistic, linf } = measure
  if (statistic?.kind === "quantile") {
    const choice = choiceEpsilon(BigInt(shape.l0), units)
    return choice === undefined ? undefined : { variance: Rational(1n), halfWidth: 0, choice }
  }
  const momentUnits = statistic === undefined ? units : units - units / 2n
  const variance = noiseVariance(shape.l0, linf, momentUnits)
  if (variance === undefined) return undefined
  const halfWidth = noiseHalfWidth(toNumber(variance), 0.95)
  if (statistic === undefined) return { variance, halfWidth }
  const countVariance = noiseVariance(shape.l0, 1, units / 2n)
  const squareVariance = statistic.kind === "variance" ? noiseVariance(shape.l0, linf ** 2, momentUnits) : undefined
  if (countVariance === undefined || (statistic.kind === "variance" && squareVariance === undefined)) return undefined
  return {
    variance,
    halfWidth,
    moments: { countVariance, ...(squareVariance === undefined ? {} : { squareVariance }) }
  }
}

/** A total of a coarser level may hold all of a subject's cells: L2 = l0 linf. Each level gets an equal share. */
function levelVariance(
  shape: AggregateShape,
  measure: PlannedMeasure,
  units: bigint,
  levels: number
): Rational | undefined {
  return noiseVariance(shape.l0 ** 2, measure.linf, units / BigInt(levels + 1))
}

/** L2 = sqrt(l0) linf, so L2^2 is an integer. */
function noiseVariance(l0: number, linf: number, units: bigint): Rational | undefined {
  if (units <= 0n) return undefined
  const variance = roundUpVariance(gaussianVariance(BigInt(l0) * BigInt(linf) ** 2n, units))
  return variance.num / variance.den > 1n << 88n ? undefined : variance
}

const toNumber = (variance: Rational): number => Number(variance.num) / Number(variance.den)
