/**
 * The exact delta of continuous Laplace noise of scale b at eps.
 * @param sensitivity  D > 0 in L1
 * @param scale        b > 0
 * @param eps          any sign
 * @source             the hockey-stick divergence of two Laplace laws, D apart
 */
export function laplaceDelta(sensitivity: number, scale: number, eps: number): number {
  const most = sensitivity / scale
  if (eps >= most) return 0
  if (eps <= -most) return -Math.expm1(eps)
  return -Math.expm1((eps - most) / 2)
}
