import type { Evidence } from "../evidence/Evidence.ts"
import { publicNumber } from "../evidence/publicNumber.ts"
import { dailyLimit } from "../demand/demandOn.ts"
import { demandLimits } from "../demand/demandTarget.ts"
import { price } from "../price/price.ts"
import { priceInputsAt } from "../quote/priceInputsAt.ts"
import type { QuoteInputs } from "../quote/QuoteInputs.ts"

/** The list price of one day. */
export interface PriceOnDay {
  readonly day: string
  readonly fen: number
  readonly demand: number
}

/** What is assumed of the days to come. */
export interface Outlook {
  readonly days: number
  /** Where demand is heading; today's factor if left out. */
  readonly demandTarget?: number
  /** Days between versions; absent: no new version comes and the data just ages. */
  readonly everyDays?: number
}

/**
 * Forecasts the list price of an artefact: age goes on, demand walks to its target by at most 5 % a day within its limits, and a new
 * version, where one is promised, makes the rows young again. Nothing else moves a price.
 *
 * @param inputs  of today
 * @param from    ISO day of today, the first of the days returned
 * @throws        RangeError for a negative number of days: a bug in the caller
 * @source        pricing.md, Dynamics; the limits are public
 */
export function forecast(
  inputs: QuoteInputs,
  from: string,
  { days, demandTarget, everyDays }: Outlook
): ReadonlyArray<PriceOnDay> {
  if (!(days >= 0)) throw new RangeError(`forecast: ${days} days`)
  const { low, high } = demandLimits
  const target = Math.min(high, Math.max(low, demandTarget ?? inputs.demand.value))
  const start = Date.parse(`${from.slice(0, 10)}T00:00:00Z`)
  const path: Array<PriceOnDay> = []
  let demand = inputs.demand.value
  let rows = inputs.artefact.rows
  for (let n = 0; n <= days; n++) {
    const day = new Date(start + n * 86_400_000).toISOString().slice(0, 10)
    if (n > 0) demand = Math.min(demand * (1 + dailyLimit), Math.max(demand * (1 - dailyLimit), target))
    if (everyDays !== undefined && n > 0 && n % Math.ceil(everyDays) === 0) {
      const [first, ...more] = rows.map((one) => ({ ...one, asOf: day }))
      rows = [first!, ...more]
    }
    const assumed: Evidence = n === 0 ? inputs.demand : publicNumber(demand, "factor", "forecast#demand", day)
    const { fen } = price(
      priceInputsAt({ ...inputs, demand: assumed, artefact: { ...inputs.artefact, rows } }, day).inputs
    )
    path.push({ day, fen, demand })
  }
  return path
}
