import type { PriceOnDay } from "./forecast.ts"

/** What a forecast of revenue rests on. */
export interface Trading {
  /** Orders that were paid. */
  readonly orders: number
  /** What they brought, in minor units. */
  readonly revenue: number
  /** Days on the market so far. */
  readonly days: number
  /** The forecast list price of each day from today on; today is the first. */
  readonly path: ReadonlyArray<PriceOnDay>
}

/** Orders and revenue of the days ahead; `low` and `high` bound them with the probability `level`. */
export interface RevenueForecast {
  readonly days: number
  readonly level: number
  readonly orders: { readonly expected: number; readonly low: number; readonly high: number }
  /** Minor units. */
  readonly revenue: { readonly expected: number; readonly low: number; readonly high: number }
}

const level = 0.8
/** Fewer days on the market or fewer orders say nothing about a rate. */
const leastTrading = { days: 28, orders: 3 } as const

/**
 * Forecasts revenue from the orders so far: they come at a steady rate (Poisson, with the Jeffreys prior), so the orders ahead follow a negative
 * binomial law, whose quantiles are the interval. Each is taken to bring what the orders so far brought on average, times how the list price is
 * forecast to move. Seasons and trends are not modelled, and the interval is that of the order count alone.
 *
 * @returns  undefined before 28 days on the market or 3 orders
 * @source   Jeffreys prior of a Poisson rate, Gamma(1/2, 0)
 */
export function forecastRevenue({ orders, revenue, days, path }: Trading): RevenueForecast | undefined {
  const ahead = path.length - 1
  if (days < leastTrading.days || orders < leastTrading.orders || ahead < 1) return undefined
  const shape = orders + 0.5
  const expected = (shape * ahead) / days
  const chance = days / (days + ahead)
  const [low, high] = [quantile(shape, chance, (1 - level) / 2), quantile(shape, chance, (1 + level) / 2)]
  const now = path[0]!.fen
  const moved = now === 0 ? 1 : path.slice(1).reduce((sum, { fen }) => sum + fen, 0) / (ahead * now)
  const each = (revenue / orders) * moved
  return {
    days: ahead,
    level,
    orders: { expected, low, high },
    revenue: { expected: Math.round(expected * each), low: Math.round(low * each), high: Math.round(high * each) }
  }
}

/** The smallest count whose cumulated probability reaches `share`, for a negative binomial of real shape. */
function quantile(shape: number, chance: number, share: number): number {
  // In logarithms: the first term underflows for many orders.
  let logTerm = shape * Math.log(chance)
  let sum = Math.exp(logTerm)
  let count = 0
  while (sum < share && count < 1e6) {
    logTerm += Math.log(((shape + count) / (count + 1)) * (1 - chance))
    count++
    sum += Math.exp(logTerm)
  }
  return count
}
