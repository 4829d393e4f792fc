/** ln n! by Stirling's series from 10 on; exact to 1e-12 relative. */
function logFactorial(n: number): number {
  if (n < 10) {
    let product = 1
    for (let i = 2; i <= n; i++) product *= i
    return Math.log(product)
  }
  const x = n + 1
  return (
    (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5)
  )
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k)

/**
 * The chance that of all hits of two groups at least so many fall into the first, if membership of a group does not matter: the
 * one-sided test of Fisher, exact for every size.
 *
 * @param hits  in the first and in the second group
 * @param n     sizes of the groups
 */
export function hypergeometricTail(hits: readonly [number, number], n: readonly [number, number]): number {
  const all = hits[0] + hits[1]
  const base = logChoose(n[0] + n[1], all)
  let tail = 0
  for (let x = hits[0]; x <= Math.min(all, n[0]); x++) {
    if (all - x <= n[1]) tail += Math.exp(logChoose(n[0], x) + logChoose(n[1], all - x) - base)
  }
  return Math.min(1, tail)
}
