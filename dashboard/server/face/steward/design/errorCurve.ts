import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import type { AggregateShape } from "#privacy/dp/aggregate/AggregatePlan.ts"
import { planNoise } from "#privacy/dp/aggregate/planNoise.ts"
import { predictError } from "#privacy/dp/aggregate/predictError.ts"
import type { PublicInfo } from "#privacy/dp/aggregate/PublicInfo.ts"

/** What one privacy loss would buy: the median relative error of each measure, in the order of the shape. */
export interface ErrorPoint {
  readonly rho: number
  readonly epsilon: number
  readonly errors: ReadonlyArray<number>
}

const [least, most] = [0.05, 10]
const mostKept = 16

/** A curve does not depend on the epsilon that is being tried, which is what a steward changes most. */
const kept = new Map<string, ReadonlyArray<ErrorPoint>>()

/** The errors of a release over the losses that it might be given, from the smallest on; points without a usable noise are left out. */
export function errorCurve(shape: AggregateShape, info: PublicInfo): ReadonlyArray<ErrorPoint> {
  const { censusUnits = 0n, released, ...rest } = info
  const key = JSON.stringify([{ ...shape, epsilon: 0 }, rest, String(censusUnits), released?.release ?? null])
  const known = kept.get(key) ?? drawn(shape, info)
  kept.delete(key)
  kept.set(key, known)
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!)
  return known
}

function drawn(shape: AggregateShape, info: PublicInfo): ReadonlyArray<ErrorPoint> {
  const cells = info.released?.cells ?? shape.keys.reduce((all, { domain }) => all * (domain?.values.length ?? 30), 1)
  // A page waits for it, so a large table is looked at in fewer places.
  const n = cells > 4000 ? 9 : cells > 1000 ? 17 : 25
  const places = Array.from({ length: n }, (_, i) => Number((least * (most / least) ** (i / (n - 1))).toPrecision(3)))
  return places.flatMap((epsilon) => {
    const noise = planNoise(shape, epsilon, info.censusUnits ?? 0n)
    if (noise === undefined) return []
    const { measures } = predictError({ ...shape, epsilon }, noise, info)
    const errors = measures.map(({ medianRelativeError }) => medianRelativeError)
    return errors.every(Number.isFinite) ? [{ rho: rhoUnits.toRho(noise.chargeUnits), epsilon, errors }] : []
  })
}
