/**
 * The zCDP loss that covers every eps-DP mechanism: eps tanh(eps / 2), reached by randomised response.
 * @source arXiv 2510.25746
 */
export function pureRho(eps: number): number {
  return eps * Math.tanh(eps / 2)
}
