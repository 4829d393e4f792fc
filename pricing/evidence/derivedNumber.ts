import type { Evidence } from "./Evidence.ts"

/**
 * States a number computed from evidence as evidence of its own. It is as protected as the most protected thing it was made from:
 * paid before released before public.
 *
 * @param value  finite, in `unit`
 * @param where  what computed it
 * @param when   ISO instant of the computation
 * @param from   everything it was computed from
 * @throws       RangeError if the value is not finite: a bug in the caller
 */
export function derivedNumber(
  value: number,
  unit: string,
  where: string,
  when: string,
  from: ReadonlyArray<Evidence>
): Evidence {
  if (!Number.isFinite(value)) throw new RangeError(`derivedNumber: ${value} at ${where}`)
  const paid = from.find((source) => source.kind === "paid")
  if (paid !== undefined) return { kind: "paid", value, unit, where, when, charge: paid.charge }
  const released = from.find((source) => source.kind === "released")
  if (released !== undefined) return { kind: "released", value, unit, where, when, release: released.release }
  return { kind: "public", value, unit, where, when }
}
