import { laplaceRho } from "#privacy/dp/accounting/laplaceRho.ts"
import { pureRho } from "#privacy/dp/accounting/pureRho.ts"
import { zcdpDelta } from "#privacy/dp/accounting/zcdpDelta.ts"
import { zcdpEpsilon } from "#privacy/dp/accounting/zcdpEpsilon.ts"
import { zcdpRho } from "#privacy/dp/accounting/zcdpRho.ts"
import { composeDelta } from "#privacy/dp/composition/composeDelta.ts"
import { composeHomogeneous } from "#privacy/dp/composition/composeHomogeneous.ts"
import { discreteGaussianDelta } from "#privacy/dp/gaussian/discreteGaussianDelta.ts"
import { discreteGaussianVariance } from "#privacy/dp/gaussian/discreteGaussianVariance.ts"
import { gaussianDelta } from "#privacy/dp/gaussian/gaussianDelta.ts"
import { gaussianSigma } from "#privacy/dp/gaussian/gaussianSigma.ts"
import { gaussianInterval } from "#privacy/dp/interval/gaussianInterval.ts"
import { laplaceInterval } from "#privacy/dp/interval/laplaceInterval.ts"
import { gaussianThreshold } from "#privacy/dp/keys/gaussianThreshold.ts"
import { keepProbability } from "#privacy/dp/keys/keepProbability.ts"
import { laplaceThreshold } from "#privacy/dp/keys/laplaceThreshold.ts"
import { discreteLaplaceDelta } from "#privacy/dp/laplace/discreteLaplaceDelta.ts"
import { discreteLaplaceParameter } from "#privacy/dp/laplace/discreteLaplaceParameter.ts"
import { discreteLaplaceVariance } from "#privacy/dp/laplace/discreteLaplaceVariance.ts"
import { laplaceDelta } from "#privacy/dp/laplace/laplaceDelta.ts"
import { normalQuantile } from "#privacy/dp/normal/normalQuantile.ts"
import { ceilPowerOfTwo } from "#privacy/dp/granularity/ceilPowerOfTwo.ts"
import { normalTail } from "#privacy/dp/normal/normalTail.ts"
import { evaluateLossAnswer } from "./evaluateLossAnswer.ts"

export interface KnownAnswer {
  readonly id: string
  readonly group: string
  readonly quantity: string
  readonly inputs: Readonly<Record<string, number>>
  readonly expected: number | ReadonlyArray<number> | Readonly<Record<string, number>>
  readonly tolerance: { readonly abs?: number; readonly rel?: number }
}

type Inputs = Readonly<Record<string, number>>

const l2 = (i: Inputs): number => i["sensitivity"] ?? Math.sqrt(i["l0"]!) * i["linf"]!

/** The smallest sigma of discrete Gaussian noise for (eps, delta), by halving. */
const discreteSigma = (i: Inputs): number => {
  let [low, high] = [0.01, 100]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (discreteGaussianDelta(middle ** 2, i["sensitivity"]!, i["epsilon"]!) > i["delta"]!) low = middle
    else high = middle
  }
  return high
}

/** By the beginning of an entry's id: which of our functions answers it. */
const evaluators: ReadonlyArray<readonly [string, (i: Inputs) => number | ReadonlyArray<number>]> = [
  ["gauss-delta", (i) => gaussianDelta(l2(i), i["sigma"]!, i["epsilon"]!)],
  ["gauss-var", (i) => gaussianSigma(l2(i), i["epsilon"]!, i["delta"]!) ** 2],
  ["gauss-sigma-acc", (i) => gaussianSigma(i["sensitivity"]! * Math.sqrt(i["queries"]!), i["epsilon"]!, i["delta"]!)],
  ["gauss-sigma", (i) => gaussianSigma(i["sensitivity"]!, i["epsilon"]!, i["delta"]!)],
  ["gauss-tpr", (i) => normalTail(normalQuantile(i["fpr"]!) - i["sensitivity"]! / i["sigma"]!)],
  ["laplace-delta", (i) => laplaceDelta(i["sensitivity"]!, i["b"]!, i["epsilon"]!)],
  ["laplace-threshold", (i) => laplaceThreshold(i["l0"]!, i["linf"]!, i["epsilon"]!, i["delta"]!)],
  ["gauss-threshold-cc", (i) => gaussianThreshold(i["l0"]!, 1, i["stddev"]!, i["threshold_delta"]!)],
  [
    "gauss-threshold-go",
    (i) =>
      gaussianThreshold(
        i["l0"]!,
        i["linf"]!,
        gaussianSigma(l2(i), i["epsilon"]!, i["noise_delta"]!),
        i["threshold_delta"]!
      )
  ],
  ["partition-", (i) => keepProbability(i["epsilon"]!, i["delta"]!, i["l0"]!, i["users"]!)],
  ["dlaplace-delta", (i) => discreteLaplaceDelta(i["a"]!, i["sensitivity"]!, i["epsilon"]!)],
  ["dlaplace-param", (i) => discreteLaplaceParameter(i["sensitivity"]!, i["epsilon"]!)],
  ["dlaplace-var", (i) => discreteLaplaceVariance(i["scale"]!)],
  ["tdgauss-delta", (i) => discreteGaussianDelta(i["sigma"]! ** 2, i["sensitivity"]!, i["epsilon"]!, i["truncation"]!)],
  ["tdgauss-std", (i) => Math.sqrt(discreteGaussianVariance(i["sigma"]! ** 2, i["truncation"]!))],
  ["dgauss-sigma", discreteSigma],
  ["dgauss-delta", (i) => discreteGaussianDelta(i["sigma2"]!, 1, i["epsilon"]!)],
  ["dgauss-var", (i) => discreteGaussianVariance(i["sigma2"]!)],
  ["zcdp-delta", (i) => zcdpDelta(i["rho"]!, i["epsilon"]!)],
  ["zcdp-eps", (i) => zcdpEpsilon(i["rho"]!, i["delta"]!)],
  ["zcdp-rho", (i) => zcdpRho(i["epsilon"]!, i["delta"]!)],
  ["zcdp-laplace", (i) => laplaceRho(i["epsilon"]!)],
  ["zcdp-pure", (i) => pureRho(i["epsilon"]!)],
  ["kov-odometer", (i) => composeDelta(i["delta"]!, i["k"]!, i["slack"]!)],
  ["kov", (i) => composeHomogeneous(i["epsilon"]!, i["delta"]!, i["queries"]!, i["total_delta"]!)],
  ["granularity-laplace", (i) => ceilPowerOfTwo(i["l1"]! / i["epsilon"]! / 2 ** 40)],
  ["granularity-gauss", (i) => ceilPowerOfTwo((2 * i["sigma"]!) / 2 ** 57)],
  ["ci-gauss", (i) => gaussianInterval(i["noised"]!, i["sigma"]!, i["alpha"]!)],
  ["ci-laplace", (i) => laplaceInterval(i["noised"]!, i["scale"]!, i["alpha"]!)]
]

/** Our answer to an entry, or undefined if nothing here answers it. */
export function evaluateKnownAnswer(entry: KnownAnswer): KnownAnswer["expected"] | undefined {
  const loss = evaluateLossAnswer(entry)
  if (loss !== undefined) return loss
  return evaluators.find(([prefix]) => entry.id.startsWith(prefix))?.[1](entry.inputs)
}
