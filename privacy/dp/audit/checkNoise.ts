import { rhoUnits } from "../accounting/rhoUnits.ts"
import { zcdpEpsilon } from "../accounting/zcdpEpsilon.ts"
import type { AggregatePlan, MeasureNoise, PlannedMeasure } from "../aggregate/AggregatePlan.ts"
import { discreteGaussianTail } from "../gaussian/discreteGaussianTail.ts"
import type { Rational } from "../sampler/Rational.ts"

/**
 * Recomputes what a plan's noise costs from its variances alone and compares it with what is charged and promised.
 * @returns sentences about what is wrong; empty if nothing is
 */
export function checkNoise({ shape, noise }: AggregatePlan): ReadonlyArray<string> {
  const problems: Array<string> = []
  const l0 = BigInt(shape.l0)
  let spent = noise.censusUnits
  for (const [i, measure] of shape.measures.entries()) {
    const own = noise.measures[i]!
    const levels = (noise.levels ?? []).reduce((sum, level) => sum + loss(l0 ** 2n, measure.linf, level[i]!), 0n)
    const cost = measureCost(l0, measure, own) + levels
    // Each part is rounded up by itself.
    if (cost > own.rhoUnits + 8n) problems.push(`the noise of ${measure.name} costs more than its share`)
    spent += own.rhoUnits
  }
  if (noise.selection !== undefined) {
    const { variance, tau, delta, rhoUnits: share } = noise.selection
    if (loss(l0, 1, variance) > share + 8n) problems.push("the noise on selected keys costs more than its share")
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

/** Units of 2^-40, rounded up: squared sensitivity / (2 variance). */
function loss(groups: bigint, linf: number, variance: Rational): bigint {
  const top = (groups * BigInt(linf) ** 2n * variance.den) << 40n
  const bottom = 2n * variance.num
  return (top + bottom - 1n) / bottom
}

function measureCost(l0: bigint, { linf, statistic }: PlannedMeasure, own: MeasureNoise): bigint {
  if (statistic?.kind === "quantile") {
    const { num, den } = own.choice!
    return ((l0 * num * num) << 40n) / (8n * den * den)
  }
  const sum = loss(l0, linf, own.variance)
  if (statistic === undefined) return sum
  const count = loss(l0, 1, own.moments!.countVariance)
  if (statistic.kind === "mean") return sum + count
  // Sum and squares together cost the larger of their two ends, see moments.proof.md.
  const square = loss(l0, linf ** 2, own.moments!.squareVariance!)
  return count + (square > sum ? square : sum)
}
