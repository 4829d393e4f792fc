import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { zcdpEpsilon } from "#privacy/dp/accounting/zcdpEpsilon.ts"
import { zcdpRho } from "#privacy/dp/accounting/zcdpRho.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"

/** What a release of a version at another accuracy costs. */
export interface AccuracyLoss {
  /** Of the release file that would be run. */
  readonly epsilon: number
  /** Of the release file: half of it for the conversion from rho, half for key selection. */
  readonly delta: number
  /** Of the key selection; 0 where all keys are public. */
  readonly selectionDelta: number
  /** Units of 2^-40, as the plan of that release will charge them. */
  readonly rhoUnits: bigint
}

interface Selected {
  readonly keys?: ReadonlyArray<{ readonly rule: string }>
}

/**
 * Works out, from a version's own certificate, the loss of a release with so many times its rho: noise of 1/accuracy the variance.
 *
 * @param accuracy  above 1
 */
export function accuracyLoss(
  { rho, delta, certificate }: Pick<ProductVersion, "rho" | "delta" | "certificate">,
  accuracy: number
): AccuracyLoss {
  const epsilon = zcdpEpsilon(rho.value * accuracy, delta / 2)
  const selects = ((certificate as Selected).keys ?? []).some(({ rule }) => rule === "selected")
  return {
    epsilon,
    delta,
    selectionDelta: selects ? delta / 2 : 0,
    // The same formula as the plan's, so that what is held is what will be charged.
    rhoUnits: rhoUnits.limit(zcdpRho(epsilon, delta / 2))
  }
}
