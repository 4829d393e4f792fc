/** A product that goes on charging: `units` of 2^-40 rho every `everyDays`, first today. */
export interface Cadence {
  readonly units: bigint
  readonly everyDays: number
}

export interface CapDate {
  /** ISO day on which a release would first not fit; undefined if that is more than a hundred years away */
  readonly runsOut: string | undefined
  readonly months: number
  /** at least 24 months: fewer, and a product cannot be listed */
  readonly lastsLongEnough: boolean
}

const HORIZON_DAYS = 36_525
const DAYS_A_MONTH = 30.436875

/**
 * The day on which the cap runs out if all products go on at their cadence.
 * @param leftUnits  of 2^-40 rho, before any of the releases counted here
 * @param from       ISO day of today
 * @source           privacy.md, rule 7
 */
export function capDate(leftUnits: bigint, cadences: ReadonlyArray<Cadence>, from: string): CapDate {
  const spentBy = (day: number): bigint =>
    cadences.reduce((sum, { units, everyDays }) => sum + units * BigInt(1 + Math.floor(day / everyDays)), 0n)
  if (spentBy(HORIZON_DAYS) <= leftUnits) return { runsOut: undefined, months: 1200, lastsLongEnough: true }
  let [low, high] = [-1, HORIZON_DAYS]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (spentBy(middle) <= leftUnits) low = middle
    else high = middle
  }
  const months = Math.floor(high / DAYS_A_MONTH)
  const runsOut = new Date(Date.parse(`${from.slice(0, 10)}T00:00:00Z`) + high * 86_400_000).toISOString().slice(0, 10)
  return { runsOut, months, lastsLongEnough: months >= 24 }
}
