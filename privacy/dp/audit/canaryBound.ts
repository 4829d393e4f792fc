/**
 * The largest eps that an audit by guesses refutes with 95 % confidence: each of `guesses` canaries was in or out by a
 * fair coin, and `correct` were guessed right.
 *
 * Under eps-DP (and delta) the number of right guesses is at most binomial with rate e^eps / (1 + e^eps), but for a chance
 * of at most 2 guesses delta.
 * @returns a lower bound on eps, 0 if nothing is refuted
 * @source  Steinke, Nasr, Jagielski 2023 (arXiv 2305.08846), theorem 1 and its delta term
 */
export function canaryBound(correct: number, guesses: number, delta: number): number {
  const refuted = (eps: number): boolean =>
    binomialTail(correct, guesses, Math.exp(eps) / (1 + Math.exp(eps))) + 2 * guesses * delta <= 0.05
  if (!refuted(0)) return 0
  let [low, high] = [0, 20]
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    if (refuted(middle)) low = middle
    else high = middle
  }
  return low
}

/** Pr[Bin(n, p) >= k] */
function binomialTail(k: number, n: number, p: number): number {
  let log = n * Math.log1p(-p)
  const odds = Math.log(p) - Math.log1p(-p)
  let [sum, term] = [0, 0]
  for (let i = 0; i <= n; i++) {
    term = Math.exp(log)
    if (i >= k) sum += term
    log += Math.log((n - i) / (i + 1)) + odds
  }
  return Math.min(1, sum)
}
