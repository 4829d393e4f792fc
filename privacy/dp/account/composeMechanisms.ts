import { discreteLaplaceRho } from "../accounting/discreteLaplaceRho.ts"
import { laplaceRho } from "../accounting/laplaceRho.ts"
import { zcdpEpsilon } from "../accounting/zcdpEpsilon.ts"
import { composeLosses } from "../pld/composeLosses.ts"
import type { LossDistribution } from "../pld/LossDistribution.ts"
import { lossEpsilon } from "../pld/lossEpsilon.ts"
import { mechanismLosses } from "../pld/mechanismLosses.ts"
import { selfComposeLosses } from "../pld/selfComposeLosses.ts"
import type { MechanismList } from "./MechanismList.ts"

/** The joint loss of a list of mechanisms, by zCDP and by privacy-loss distributions. */
export interface ComposedLoss {
  readonly rho: number
  readonly epsilon: number
  readonly delta: number
  readonly byPld: { readonly epsilon: number }
}

/** One entry as both accountants see it. */
interface Part {
  readonly count: number
  readonly rho: number
  /** of one run's loss, for choosing the grid */
  readonly variance: number
  readonly widest: number
  on(grid: number): LossDistribution
}

/**
 * Composes mechanisms that were fixed in advance.
 *
 * Laplace noise with an integer sensitivity may be the discrete one, which costs more zCDP, so it is charged as that; the
 * loss distribution is of the continuous law, which dominates the discrete one at integer sensitivities.
 * @source privacy.md, "Accounting"
 */
export function composeMechanisms({ delta, mechanisms }: MechanismList): ComposedLoss {
  const parts = mechanisms.map((entry): Part => {
    const count = entry.count ?? 1
    if ("gaussian" in entry) {
      const { sigma, sensitivity } = entry.gaussian
      const rho = sensitivity ** 2 / (2 * sigma ** 2)
      return {
        count,
        rho,
        variance: 2 * rho,
        widest: rho + 10 * Math.sqrt(2 * rho),
        on: (grid) => mechanismLosses.gaussian(sensitivity, sigma, grid)
      }
    }
    if ("laplace" in entry) {
      const { scale, sensitivity } = entry.laplace
      const eps = sensitivity / scale
      const rho = Number.isInteger(sensitivity) ? discreteLaplaceRho(eps, sensitivity) : laplaceRho(eps)
      return {
        count,
        rho,
        variance: eps ** 2,
        widest: eps,
        on: (grid) => mechanismLosses.laplace(sensitivity, scale, grid)
      }
    }
    const { epsilon } = entry.exponential
    return {
      count,
      rho: epsilon ** 2 / 8,
      variance: epsilon ** 2,
      widest: epsilon,
      on: (grid) => mechanismLosses.approximate(epsilon, 0, grid)
    }
  })
  const rho = parts.reduce((sum, part) => sum + part.count * part.rho, 0)
  const variance = parts.reduce((sum, part) => sum + part.count * part.variance, 0)
  const widest = parts.reduce((sum, part) => sum + part.count * part.widest, 0)
  const grid = mechanismLosses.gridFor(variance, widest)
  const composed = parts.map((part) => selfComposeLosses(part.on(grid), part.count)).reduce(composeLosses)
  return { rho, epsilon: zcdpEpsilon(rho, delta), delta, byPld: { epsilon: lossEpsilon(composed, delta) } }
}
