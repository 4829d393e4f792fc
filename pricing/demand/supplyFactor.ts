import type { Evidence } from "../evidence/Evidence.ts"
import { publicNumber } from "../evidence/publicNumber.ts"

/** The published schedule: with at least `left` of the budget left, prices ask for `factor`. */
export const supplySchedule = [
  { left: 0.5, factor: 1 },
  { left: 0.25, factor: 1.05 },
  { left: 0.1, factor: 1.1 },
  { left: 0, factor: 1.2 }
] as const

/**
 * How scarce the privacy budget makes new versions of a product. Four steps on a public schedule: the exact headroom stays with the
 * stewards, and the ledger it follows from speaks of charges, never of rows.
 *
 * @param leftShare  budget left over its cap, 0 to 1
 * @param when       ISO day from which it holds
 * @throws           RangeError outside 0..1: a bug in the caller
 */
export function supplyFactor(leftShare: number, when: string): Evidence {
  if (!(leftShare >= 0 && leftShare <= 1)) throw new RangeError(`supplyFactor: ${leftShare}`)
  const step = supplySchedule.find(({ left }) => leftShare >= left)!
  return publicNumber(step.factor, "factor", `supply:schedule#at-least-${step.left}`, when)
}
