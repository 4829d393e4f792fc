import { gaussianVariance } from "../accounting/gaussianVariance.ts"
import { pureEpsilon } from "../accounting/pureEpsilon.ts"
import { rhoUnits } from "../accounting/rhoUnits.ts"
import { zcdpRho } from "../accounting/zcdpRho.ts"
import { keyThreshold } from "../keys/keyThreshold.ts"
import { Rational } from "../sampler/Rational.ts"
import { roundUpVariance } from "../sampler/roundUpVariance.ts"
import type { AggregateShape, KeyNoise, MeasureNoise, NoisePlan, PeelNoise } from "./AggregatePlan.ts"
import { measureNoise } from "./measureNoise.ts"
import { publishedGroups } from "./publishedGroups.ts"

/** Weights are kept to a millionth, so that the split is one of integers. */
const WEIGHT_SCALE = 1e6

/**
 * Splits the loss of one release and derives its noise.
 *
 * rho comes from (epsilon, delta/2). Key selection, where there are `dp` keys, takes delta/2 and 1/(m+1) of rho, and so
 * does a peeled top; the m measures share the rest by weight, columns that are drawn together one share. Every share is
 * in whole units, so that together they never pass the charge, and each variance is rounded up from the exact fraction.
 * @param epsilon      of the release; the shape's own, or one that is tried
 * @param censusUnits  already spent of this release on counting its subjects
 * @returns            undefined if so little loss is left that the noise leaves the exact integers
 * @source             privacy.md, "Mechanisms"
 */
export function planNoise(shape: AggregateShape, epsilon: number, censusUnits: bigint): NoisePlan | undefined {
  const chargeUnits = rhoUnits.limit(zcdpRho(epsilon, shape.delta / 2))
  const left = chargeUnits - censusUnits
  const firsts = shape.measures.filter(({ together }) => together === undefined)
  const part = left / BigInt(firsts.length + 1)
  const selects = shape.keys.some((key) => key.domain === undefined)
  const peels = shape.top?.peel === true
  const rest = left - (selects || peels ? part : 0n)
  const weights = firsts.map((measure) => BigInt(Math.round(measure.weight * WEIGHT_SCALE)))
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0n)
  const measures: Array<MeasureNoise> = []
  for (const [i, first] of firsts.entries()) {
    const own = measureNoise(shape, first, (rest * weights[i]!) / weightSum)
    if (own === undefined) return undefined
    measures.push(...own)
  }
  const { levels } = shape
  const levelNoise = levels?.map(() =>
    shape.measures.map(({ linf }, i) => {
      const { rhoUnits: units, range } = measures[i]!
      return levelVariance(shape, linf, (units - (range?.rhoUnits ?? 0n)) / BigInt(levels.length + 1))
    })
  )
  if (levelNoise?.some((own) => own.includes(undefined)) === true) return undefined
  const more = levelNoise === undefined ? {} : { levels: levelNoise as ReadonlyArray<ReadonlyArray<Rational>> }
  const peel = peels ? planPeel(shape, part) : undefined
  const selection = selects ? planSelection(shape, part) : undefined
  if ((peels && peel === undefined) || (selects && selection === undefined)) return undefined
  return {
    chargeUnits,
    censusUnits,
    measures,
    ...more,
    ...(peel === undefined ? {} : { peel }),
    ...(selection === undefined ? {} : { selection })
  }
}

function planSelection(shape: AggregateShape, units: bigint): KeyNoise | undefined {
  if (units <= 0n) return undefined
  const variance = roundUpVariance(gaussianVariance(BigInt(shape.l0), units))
  if (Number(variance.num) / Number(variance.den) > 1e8) return undefined
  const delta = shape.delta / 2
  const tau = keyThreshold({ delta, l0: shape.l0, linf: 1, variance: Number(variance.num) / Number(variance.den) })
  return { rhoUnits: units, delta, variance, tau }
}

function planPeel(shape: AggregateShape, units: bigint): PeelNoise | undefined {
  const epsilon = pureEpsilon(shape.top!.k, units)
  return epsilon === undefined ? undefined : { rhoUnits: units, epsilon }
}

/** A total of a coarser level may hold all of a subject's cells: L2 = l0 linf. Each level gets an equal share. */
function levelVariance(shape: AggregateShape, linf: number, units: bigint): Rational | undefined {
  if (units <= 0n) return undefined
  const variance = roundUpVariance(gaussianVariance(BigInt(publishedGroups(shape)) ** 2n * BigInt(linf) ** 2n, units))
  return variance.num / variance.den > 1n << 88n ? undefined : variance
}
