/** What k releases that each fail with delta0, and a slack of their composition, leak together: 1 - (1-delta0)^k (1-slack). */
export function composeDelta(delta0: number, k: number, slack: number): number {
  return -Math.expm1(k * Math.log1p(-delta0) + Math.log1p(-slack))
}
