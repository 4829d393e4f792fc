import { pureRho } from "../accounting/pureRho.ts"
import { rhoUnits } from "../accounting/rhoUnits.ts"
import { zcdpEpsilon } from "../accounting/zcdpEpsilon.ts"
import type { AggregatePlan, MeasureNoise, PlannedMeasure, RangeNoise } from "../aggregate/AggregatePlan.ts"
import { discreteGaussianTail } from "../gaussian/discreteGaussianTail.ts"
import { RANGE_BINS } from "../range/rangeBins.ts"
import type { Rational } from "../sampler/Rational.ts"

/**
 * Recomputes what a plan's noise costs from its variances alone and compares it with what is charged and promised.
 * @returns sentences about what is wrong; empty if nothing is
 */
export function checkNoise({ shape, noise }: AggregatePlan): ReadonlyArray<string> {
  const problems: Array<string> = []
  const l0 = BigInt(shape.top?.peel === true ? Math.min(shape.l0, shape.top.k) : shape.l0)
  let spent = noise.censusUnits
  for (const [i, measure] of shape.measures.entries()) {
    if (measure.together !== undefined) continue
    const columns = shape.measures.flatMap((other, place) => (place === i || other.together === i ? [place] : []))
    const share = columns.reduce((sum, place) => sum + noise.measures[place]!.rhoUnits, 0n)
    const levels = (noise.levels ?? []).reduce((sum, level) => sum + loss(l0 ** 2n, measure.linf, level[i]!), 0n)
    // Columns that are drawn together carry the same noise; were one of them quieter, it would count.
    const own = columns.map((place) => measureCost(l0, measure, noise.measures[place]!, columns.length))
    const cost = own.reduce((most, one) => (one > most ? one : most)) + levels
    // Each part is rounded up by itself.
    if (cost > share + 8n) problems.push(`the noise of ${measure.name} costs more than its share`)
    spent += share
    const { range } = noise.measures[i]!
    if (range !== undefined) problems.push(...rangeProblems(measure.name, range))
  }
  if (noise.peel !== undefined) {
    const { epsilon, rhoUnits: share } = noise.peel
    const one = rhoUnits.charge(pureRho(Number(epsilon.num) / Number(epsilon.den)))
    if (one * BigInt(shape.top!.k) > share) problems.push("the choices of cells cost more than their share")
    spent += share
  }
  if (noise.selection !== undefined) {
    const { variance, tau, delta, rhoUnits: share } = noise.selection
    if (loss(BigInt(shape.l0), 1, variance) > share + 8n)
      problems.push("the noise on selected keys costs more than its share")
    spent += share
    const perKey = -Math.expm1(Math.log1p(-delta) / shape.l0)
    if (discreteGaussianTail(Number(variance.num) / Number(variance.den)).atLeast(tau - 1) > perKey)
      problems.push("the threshold lets a lone subject's key pass more often than delta")
  }
  if (spent > noise.chargeUnits) problems.push("the shares come to more than the charge")
  if (zcdpEpsilon(rhoUnits.toRho(noise.chargeUnits), shape.delta / 2) > shape.epsilon * (1 + 1e-9))
    problems.push("the charge gives a larger epsilon than promised")
  return problems
}

/** Each subject is in one bin. */
function rangeProblems(name: string, { variance, threshold, rhoUnits: share }: RangeNoise): ReadonlyArray<string> {
  const passes = discreteGaussianTail(Number(variance.num) / Number(variance.den)).atLeast(threshold)
  return [
    ...(loss(1n, 1, variance) > share + 8n ? [`the noise on the bounds of ${name} costs more than its share`] : []),
    ...(RANGE_BINS * passes > 1.1e-6 ? [`an empty bin passes for a bound of ${name} too often`] : [])
  ]
}

/** Units of 2^-40, rounded up: squared sensitivity / (2 variance). */
function loss(groups: bigint, linf: number, variance: Rational): bigint {
  const top = (groups * BigInt(linf) ** 2n * variance.den) << 40n
  const bottom = 2n * variance.num
  return (top + bottom - 1n) / bottom
}

/** What `columns` columns that are drawn together cost, from the noise of one of them. */
function measureCost(l0: bigint, { linf, statistic }: PlannedMeasure, own: MeasureNoise, columns: number): bigint {
  const range = own.range === undefined ? 0n : loss(1n, 1, own.range.variance)
  if (statistic?.kind === "quantile") {
    const choices = (n: number, { num, den }: Rational): bigint =>
      ((l0 * BigInt(n) * num * num) << 40n) / (8n * den * den)
    const figures = choices(Math.ceil(Math.log2(columns + 1)), own.choice!)
    return range + figures + choices(2 * columns, own.ends!.choice) + loss(l0, 1, own.ends!.countVariance)
  }
  const sum = loss(l0, linf, own.variance)
  // A subject is in one band of a group: all bands together cost what one does.
  if (statistic === undefined || statistic.kind === "bands") return range + sum
  const count = loss(l0, 1, own.moments!.countVariance)
  if (statistic.kind === "mean") return range + sum + count
  // Sum and squares together cost the larger of their two ends, see moments.proof.md.
  const square = loss(l0, linf ** 2, own.moments!.squareVariance!)
  return range + count + (square > sum ? square : sum)
}
