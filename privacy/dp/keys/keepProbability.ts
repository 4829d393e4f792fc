/**
 * The optimal probability to keep a key that n subjects have, when nothing else is released about it.
 *
 * pi_0 = 0, pi_n = min(e^eps pi_(n-1) + delta, 1 - e^-eps (1 - pi_(n-1) - delta), 1), with eps and delta divided by l0.
 * @param subjects  n >= 0
 * @source          Desfontaines, Voss, Gipson, Mandayam 2020 (arXiv 2006.03684), theorem 1
 */
export function keepProbability(eps: number, delta: number, l0: number, subjects: number): number {
  const step = eps / l0
  const leak = delta / l0
  let pi = 0
  for (let n = 0; n < subjects && pi < 1; n++) {
    pi = Math.min(Math.exp(step) * pi + leak, 1 - Math.exp(-step) * (1 - pi - leak), 1)
  }
  return pi
}
