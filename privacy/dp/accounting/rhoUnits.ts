import type { Rational } from "../sampler/Rational.ts"

/** The budget is kept in whole units of 2^-40 rho, so that no decision to spend hangs on a float. */
const SCALE_BITS = 40n
const SCALE = 2 ** 40

/** A float that came out of a formula may be short by some ulps; charges are lifted and limits lowered by more than that. */
const SLACK = 1e-12

/** What a mechanism costs, from a formula on floats: rounded up. */
function charge(rho: number): bigint {
  assertLoss(rho)
  return rho === 0 ? 0n : BigInt(Math.ceil(rho * (1 + SLACK) * SCALE))
}

/** What may be spent, from a formula on floats: rounded down. */
function limit(rho: number): bigint {
  assertLoss(rho)
  return BigInt(Math.floor(rho * (1 - SLACK) * SCALE))
}

/** What a mechanism costs, from an exact fraction: rounded up, nothing else. */
function chargeExact(rho: Rational): bigint {
  return ((rho.num << SCALE_BITS) + rho.den - 1n) / rho.den
}

/** A limit written as a decimal such as "1.0907857": rounded down, exactly. */
function limitOfDecimal(text: string): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text)
  if (match === null) throw new RangeError("a limit is written as a plain decimal")
  const fraction = match[2] ?? ""
  return (BigInt(match[1]! + fraction) << SCALE_BITS) / 10n ** BigInt(fraction.length)
}

/** For people and for converting to (eps, delta); never for deciding. */
function toRho(units: bigint): number {
  return Number(units) / SCALE
}

function assertLoss(rho: number): void {
  if (!(rho >= 0 && rho <= 4096)) throw new RangeError("a privacy loss lies in 0..4096 rho")
}

/**
 * Turns privacy losses into budget units of 2^-40 rho and back: charges up, limits down.
 * @throws RangeError for a loss that is negative, NaN or above 4,096 rho: a bug in the caller
 */
export const rhoUnits = { charge, limit, chargeExact, limitOfDecimal, toRho }
