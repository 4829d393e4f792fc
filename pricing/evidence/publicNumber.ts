import type { Public } from "./Evidence.ts"

/**
 * States a number that anybody may know as evidence.
 *
 * @param value  finite, in `unit`
 * @param where  where it can be looked up, such as `product:orders_by_state#price.base`
 * @param when   ISO day or instant at which it was decided or published
 * @throws RangeError if the value is not finite: a bug in the caller
 */
export function publicNumber(value: number, unit: string, where: string, when: string): Public {
  if (!Number.isFinite(value)) throw new RangeError(`publicNumber: ${value} at ${where}`)
  return { kind: "public", value, unit, where, when }
}
