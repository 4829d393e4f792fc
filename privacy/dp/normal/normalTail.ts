/**
 * Pr[Z >= x] for a standard normal Z, to about 15 significant digits also far out in the tail.
 *
 * Near the middle the series of the error function, beyond 2.5 the continued fraction of Mills' ratio.
 * @returns 0..1; 0 beyond about 38, NaN for NaN
 */
export function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x)
  if (x < 2.5) return 0.5 - density(x) * series(x)
  return density(x) * millsRatio(x)
}

const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)

/** x + x^3/3 + x^5/(3*5) + ... */
const series = (x: number): number => {
  let term = x
  let sum = x
  for (let k = 3; term > sum * 1e-18 && k < 400; k += 2) {
    term *= (x * x) / k
    sum += term
  }
  return sum
}

/** 1/(x + 1/(x + 2/(x + ...))), from the far end inwards. */
const millsRatio = (x: number): number => {
  let ratio = x
  // Its error falls as e^(-2x sqrt(2k)).
  for (let k = 12 + Math.ceil(300 / (x * x)); k >= 1; k--) ratio = x + k / ratio
  return 1 / ratio
}
