import type { Paid } from "./Evidence.ts"

/**
 * States a number that was measured under a charge of its own as evidence.
 *
 * @param value   finite, in `unit`
 * @param where   where it can be looked up
 * @param when    ISO instant of the measurement
 * @param charge  id of the row of the budget ledger that paid for it
 * @throws RangeError if the value is not finite: a bug in the caller
 */
export function paidNumber(value: number, unit: string, where: string, when: string, charge: string): Paid {
  if (!Number.isFinite(value)) throw new RangeError(`paidNumber: ${value} at ${where}`)
  return { kind: "paid", value, unit, where, when, charge }
}
