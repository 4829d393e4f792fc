import { gaussianDelta } from "../gaussian/gaussianDelta.ts"
import { discreteLaplaceDelta } from "../laplace/discreteLaplaceDelta.ts"
import { laplaceDelta } from "../laplace/laplaceDelta.ts"
import { normalTail } from "../normal/normalTail.ts"
import { connectDots } from "./connectDots.ts"
import type { LossDistribution } from "./LossDistribution.ts"

/** Standard deviations beyond which Gaussian noise has less than 1e-21. */
const REACH = 9.5

/** The same for sampled noise, whose tail is q times thinner. */
const SAMPLED_REACH = 7.5

/** A bundle as wide as this many grid points is the widest that is composed. */
const MOST_POINTS = 2 ** 20

/** Rounded outwards to the grid, unless it lies on it but for an ulp. */
const outward = (loss: number, grid: number): number => Math.ceil(loss / grid - 1e-9)

/** Continuous Gaussian noise; discrete noise of the same variance has very nearly this loss, but is not covered by it. */
function gaussian(sensitivity: number, sigma: number, grid: number): LossDistribution {
  const s = sensitivity / sigma
  const delta = (eps: number): number => gaussianDelta(sensitivity, sigma, eps)
  const reach = REACH * s
  return connectDots(delta, delta, -outward(s * s * 0.5 + reach, grid), outward((s * s) / 2 + reach, grid), grid)
}

/** Continuous Laplace noise of a scale. */
function laplace(sensitivity: number, scale: number, grid: number): LossDistribution {
  const delta = (eps: number): number => laplaceDelta(sensitivity, scale, eps)
  const top = outward(sensitivity / scale, grid)
  return connectDots(delta, delta, -top, top, grid)
}

/** Discrete Laplace noise, Pr[k] proportional to exp(-a|k|), for an integer sensitivity. */
function discreteLaplace(sensitivity: number, a: number, grid: number): LossDistribution {
  const delta = (eps: number): number => discreteLaplaceDelta(a, sensitivity, eps)
  const top = outward(sensitivity * a, grid)
  return connectDots(delta, delta, -top, top, grid)
}

/** Any (eps, delta)-DP mechanism, at its worst: randomised response with a leak. */
function approximate(eps: number, delta: number, grid: number): LossDistribution {
  const top = outward(eps, grid)
  const mass = new Float64Array(2 * top + 1)
  const lifted = top * grid
  mass[2 * top] = (1 - delta) / (1 + Math.exp(-lifted))
  mass[0]! += (1 - delta) / (1 + Math.exp(lifted))
  return { grid, first: -top, mass, infinity: delta }
}

/**
 * Poisson-sampled continuous Gaussian noise, rate q, once for the removal of a subject and once for its addition.
 * @source the mixture (1-q) N(0) + q N(D) against N(0): delta(eps) = q delta_gauss(log(1 + (e^eps - 1) / q)) above log(1-q)
 */
function sampledGaussian(
  sensitivity: number,
  sigma: number,
  q: number,
  grid: number
): { readonly removal: LossDistribution; readonly addition: LossDistribution } {
  const removal = (eps: number): number => {
    const inner = 1 + Math.expm1(eps) / q
    return inner <= 0 ? -Math.expm1(eps) : q * gaussianDelta(sensitivity, sigma, Math.log(inner))
  }
  const addition = (eps: number): number => {
    const inner = 1 + Math.expm1(-eps) / q
    if (inner <= 0) return 0
    // Directly over the event in which the addition shows, not as a complement: nothing cancels in the tail.
    const edge = -Math.log(inner) / s - s / 2
    return Math.max(0, normalTail(edge) * (1 - Math.exp(eps) * (1 - q)) - Math.exp(eps) * q * normalTail(edge + s))
  }
  const s = sensitivity / sigma
  const top = outward(Math.log1p(q * Math.expm1((s * s) / 2 + SAMPLED_REACH * s)), grid)
  const low = outward(-Math.log1p(-q), grid)
  return {
    removal: connectDots(removal, addition, -low - 1, top, grid),
    addition: connectDots(addition, removal, -top, low + 1, grid)
  }
}

/**
 * The finest of the usual grids on which a bundle of a given spread stays small enough.
 * @param variance  of the loss of the whole bundle
 * @param widest    its largest loss
 */
function gridFor(variance: number, widest: number): number {
  const width = Math.min(2 * widest, 20 * Math.sqrt(variance))
  return [1e-4, 1e-3, 1e-2].find((grid) => width / grid <= MOST_POINTS) ?? 0.1
}

/**
 * Loss distributions of single mechanisms on their worst pair of neighbours.
 * @source arXiv 2207.04380; pld.proof.md
 */
export const mechanismLosses = { gaussian, laplace, discreteLaplace, approximate, sampledGaussian, gridFor }
