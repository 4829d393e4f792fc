/**
 * The exact delta of discrete Laplace noise, Pr[k] proportional to exp(-a|k|), at eps.
 *
 * The privacy loss falls by steps of 2a between the two centres, so the sum has at most D + 1 terms and two geometric
 * tails.
 * @param a            > 0, the inverse of the scale
 * @param sensitivity  D, an integer >= 1
 * @param eps          any sign
 */
export function discreteLaplaceDelta(a: number, sensitivity: number, eps: number): number {
  if (!(a > 0) || !Number.isInteger(sensitivity) || sensitivity < 1) {
    throw new RangeError("a must be positive and the sensitivity a positive integer")
  }
  const atZero = Math.tanh(a / 2)
  const tail = Math.exp(-a) / (1 + Math.exp(-a))
  const excess = (mass: number, loss: number): number => Math.max(0, mass * -Math.expm1(eps - loss))
  // Outcomes at or below 0 have the full loss a D, those at or above D its negative.
  let delta = excess(tail + atZero, a * sensitivity)
  for (let k = 1; k < sensitivity; k++) delta += excess(atZero * Math.exp(-a * k), a * (sensitivity - 2 * k))
  return delta + excess((tail + atZero) * Math.exp(-a * sensitivity), -a * sensitivity)
}
