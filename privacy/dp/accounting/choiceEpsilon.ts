import { Rational } from "../sampler/Rational.ts"

/**
 * The largest eps (a multiple of 2^-20) at which `choices` runs of the exponential mechanism cost at most `units` of
 * 2^-40 rho: choices eps^2 / 8, exactly.
 * @returns undefined if not even 2^-20 fits
 * @source  Cesar, Rogers 2020 (arXiv 2004.07223)
 */
export function choiceEpsilon(choices: bigint, units: bigint): Rational | undefined {
  const square = (8n * units) / choices
  let root = BigInt(Math.floor(Math.sqrt(Number(square))))
  while (root * root > square) root--
  while ((root + 1n) ** 2n <= square) root++
  return root <= 0n ? undefined : Rational(root, 1n << 20n)
}
