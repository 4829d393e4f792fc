import { Rational } from "../sampler/Rational.ts"
import { pureRho } from "./pureRho.ts"
import { rhoUnits } from "./rhoUnits.ts"

/**
 * The largest eps (a multiple of 2^-20) at which `choices` pure eps-DP mechanisms cost at most `units` of 2^-40 rho,
 * each charged eps tanh(eps / 2), rounded up.
 * @returns undefined if not even 2^-20 fits
 * @source  arXiv 2510.25746
 */
export function pureEpsilon(choices: number, units: bigint): Rational | undefined {
  const fits = (steps: number): boolean => rhoUnits.charge(pureRho(steps / 2 ** 20)) * BigInt(choices) <= units
  let [low, high] = [0, 2 ** 25]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle
  }
  return low === 0 ? undefined : Rational(BigInt(low), 1n << 20n)
}
