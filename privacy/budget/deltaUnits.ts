const SCALE = 2 ** 60

/**
 * The delta of key selections is added up in whole units of 2^-60: a charge rounded up.
 * @throws RangeError outside of 0..1: a bug in the caller
 */
function charge(delta: number): bigint {
  if (!(delta >= 0 && delta <= 1)) throw new RangeError("a delta lies in 0..1")
  return BigInt(Math.ceil(delta * SCALE))
}

/** For people; never for deciding. */
function toDelta(units: bigint | number): number {
  return Number(units) / SCALE
}

/** Turns deltas into budget units of 2^-60 and back. */
export const deltaUnits = { charge, toDelta }
