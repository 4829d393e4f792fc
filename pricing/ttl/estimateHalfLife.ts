import { derivedNumber } from "../evidence/derivedNumber.ts"
import type { Evidence } from "../evidence/Evidence.ts"

/** What the meter counted of versions of one age. */
export interface UsageAtAge {
  /** Days beyond the grace, 0 or more; one figure per age. */
  readonly ageDays: number
  /** Downloads and calls. */
  readonly events: Evidence
  /** Days on which a version of this age could be used: twice as many versions are used twice as often. */
  readonly exposureDays: number
}

/** A half-life with what it rests on. */
export interface HalfLife {
  readonly days: Evidence
  /** 95 % interval in days; absent where the default is used. `high` is null if no decay is within it. */
  readonly interval?: { readonly low: number; readonly high: number | null }
  readonly events: number
  /** Whether usage decided, and if not why. */
  readonly from: "usage" | "too-few-events" | "too-few-ages" | "no-decay"
}

const fewestEvents = 200
const fewestAges = 3

/**
 * Estimates how fast a product's worth fades from how fast its use does: a line through log(events per day) over age, each age weighted
 * by its events, since a Poisson count of n has a log with variance 1/n. The interval is widened where counts scatter more than that.
 *
 * The default stays until there are 200 events over three ages, and where use does not fall.
 *
 * @param otherwise  the scenario's default, in days
 * @param when       ISO instant
 * @throws           RangeError for negative ages or exposure: a bug in the caller
 * @source           pricing.md, TTL
 */
export function estimateHalfLife(usage: ReadonlyArray<UsageAtAge>, otherwise: Evidence, when: string): HalfLife {
  if (usage.some(({ ageDays, exposureDays }) => !(ageDays >= 0 && exposureDays >= 0)))
    throw new RangeError("estimateHalfLife: a negative age or exposure")
  const events = usage.reduce((sum, one) => sum + one.events.value, 0)
  const used = usage.filter((one) => one.events.value > 0 && one.exposureDays > 0)
  if (events < fewestEvents) return { days: otherwise, events, from: "too-few-events" }
  if (used.length < fewestAges) return { days: otherwise, events, from: "too-few-ages" }

  const { slope, error } = fitLine(used)
  if (!(slope < 0)) return { days: otherwise, events, from: "no-decay" }
  const halfLife = -Math.LN2 / slope
  const flattest = slope + 1.96 * error
  return {
    days: derivedNumber(
      halfLife,
      "day",
      "usage#half_life",
      when,
      used.map((one) => one.events)
    ),
    interval: { low: -Math.LN2 / (slope - 1.96 * error), high: flattest < 0 ? -Math.LN2 / flattest : null },
    events,
    from: "usage"
  }
}

/** Weighted least squares of log rate on age. */
function fitLine(used: ReadonlyArray<UsageAtAge>): { slope: number; error: number } {
  const points = used.map(({ ageDays, events, exposureDays }) => ({
    x: ageDays,
    y: Math.log(events.value / exposureDays),
    w: events.value
  }))
  const total = points.reduce((sum, { w }) => sum + w, 0)
  const meanX = points.reduce((sum, { x, w }) => sum + w * x, 0) / total
  const meanY = points.reduce((sum, { y, w }) => sum + w * y, 0) / total
  const spreadX = points.reduce((sum, { x, w }) => sum + w * (x - meanX) ** 2, 0)
  if (spreadX === 0) return { slope: 0, error: Infinity }
  const slope = points.reduce((sum, { x, y, w }) => sum + w * (x - meanX) * (y - meanY), 0) / spreadX
  const chi2 = points.reduce((sum, { x, y, w }) => sum + w * (y - meanY - slope * (x - meanX)) ** 2, 0)
  return { slope, error: Math.sqrt(Math.max(1, chi2 / Math.max(1, points.length - 2)) / spreadX) }
}
