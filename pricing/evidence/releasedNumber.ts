import type { Released } from "./Evidence.ts"

/**
 * States a number computed from a release's output as evidence; free of budget because it is post-processing.
 *
 * @param value    finite, in `unit`; computed from the released table or read from its certificate, never from what it was made of
 * @param where    where it can be looked up, such as `certificate:rel_1#rho`
 * @param when     ISO instant of the measurement
 * @param release  the release's id
 * @throws RangeError if the value is not finite: a bug in the caller
 */
export function releasedNumber(value: number, unit: string, where: string, when: string, release: string): Released {
  if (!Number.isFinite(value)) throw new RangeError(`releasedNumber: ${value} at ${where}`)
  return { kind: "released", value, unit, where, when, release }
}
