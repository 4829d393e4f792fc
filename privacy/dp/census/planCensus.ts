import { gaussianVariance } from "../accounting/gaussianVariance.ts"
import type { AggregatePlan } from "../aggregate/AggregatePlan.ts"
import type { Rational } from "../sampler/Rational.ts"
import { roundUpVariance } from "../sampler/roundUpVariance.ts"

/** Two parts in a hundred of the release's rho. */
const SHARE = 50n

/** What counting the subjects of an asset costs and how noisy it is; one subject changes the count by one. */
export function planCensus(plan: AggregatePlan): { readonly rhoUnits: bigint; readonly variance: Rational } {
  const units = plan.noise.chargeUnits / SHARE
  return { rhoUnits: units, variance: roundUpVariance(gaussianVariance(1n, units)) }
}
