import type { BitSource } from "#core/random/BitSource.ts"
import type { Decay } from "#pricing/ttl/timeliness.ts"

/** One draw of everything a price depends on except what is bought. */
export interface Market {
  readonly base: number
  readonly floor: number
  readonly demand: number
  readonly beta: number
  readonly r0: number
  readonly reference: { readonly bits: number; readonly mu: number; readonly rho: number }
}

/** The price under test: minor units for a purchase of so much depth, so many fresh rows and so much budget. */
export type PriceOf = (market: Market, bits: number, mu: number, rho: number) => number

export const unit = (bits: BitSource): number => bits.u32() / 2 ** 32
/** Log-uniform in low..high: as many tiny cases as large ones. */
export const spread = (bits: BitSource, low: number, high: number): number => low * (high / low) ** unit(bits)

export function randomMarket(bits: BitSource): Market {
  return {
    base: Math.ceil(spread(bits, 10, 1e7)),
    // Half the cases without a floor: a floor hides what rounding does.
    floor: bits.u32() % 2 === 0 ? 0 : Math.ceil(spread(bits, 1, 1e5)),
    demand: 0.7 + 0.6 * unit(bits),
    // beta = 1 is where splitting rows is exactly neutral and only rounding can decide.
    beta: bits.u32() % 3 === 0 ? 1 : 0.05 + 0.95 * unit(bits),
    r0: spread(bits, 1e-3, 10),
    reference: { bits: 2 + 14 * unit(bits), mu: spread(bits, 1e3, 1e7), rho: spread(bits, 1e-2, 1) }
  }
}

export const randomDecay = (bits: BitSource): Decay => ({
  halfLifeDays: spread(bits, 0.5, 1000),
  graceDays: bits.u32() % 40,
  archival: unit(bits)
})

/**
 * A random monotone submodular depth over column sets given as bit masks: a weighted coverage function (columns reveal overlapping
 * facts) or, every third time, an additive one, where splitting columns is exactly neutral.
 */
export function randomDepth(bits: BitSource, columns: number): (set: number) => number {
  const facts = 10
  const additive = bits.u32() % 3 === 0
  const weight = Array.from({ length: facts }, () => spread(bits, 0.01, 4))
  const reveals = Array.from({ length: columns }, (_, i) => (additive ? 1 << i : bits.u32() % 2 ** facts))
  return (set) => {
    let known = 0
    for (let i = 0; i < columns; i++) if ((set >> i) & 1) known |= reveals[i]!
    let total = 0
    for (let fact = 0; fact < facts; fact++) if ((known >> fact) & 1) total += weight[fact]!
    return total
  }
}

/**
 * Looks for purchases that together give every cell of (rows, columns) at least the budget of the whole and yet cost less.
 * Each case draws a market, a depth function, row groups and one to six purchases of a random rectangle and budget, prices the whole
 * at the least budget any of its cells got, and compares.
 *
 * @returns  how many of `cases` random covers were cheaper than the whole
 */
export function searchCheaperCover(bits: BitSource, cases: number, priceOf: PriceOf): number {
  let cheaper = 0
  for (let trial = 0; trial < cases; trial++) {
    const market = randomMarket(bits)
    const columns = 1 + (bits.u32() % 4)
    const depth = randomDepth(bits, columns)
    const groups = Array.from({ length: 1 + (bits.u32() % 4) }, () => spread(bits, 1, 1e5))
    const muOf = (set: number): number => groups.reduce((sum, mu, i) => sum + ((set >> i) & 1 ? mu : 0), 0)

    const got = groups.map(() => Array.from({ length: columns }, () => 0))
    let cost = 0
    const buy = (columnSet: number, rowSet: number, rho: number): void => {
      cost += priceOf(market, depth(columnSet), muOf(rowSet), rho)
      for (let i = 0; i < groups.length; i++) {
        for (let j = 0; j < columns; j++) if ((rowSet >> i) & 1 && (columnSet >> j) & 1) got[i]![j]! += rho
      }
    }
    const allColumns = 2 ** columns - 1
    const allRows = 2 ** groups.length - 1
    const rho = spread(bits, 1e-4, 2)
    switch (bits.u32() % 4) {
      case 0: {
        const part = bits.u32() & allColumns
        buy(part, allRows, rho)
        buy(allColumns & ~part, allRows, rho)
        break
      }
      case 1: {
        const part = bits.u32() & allRows
        buy(allColumns, part, rho)
        buy(allColumns, allRows & ~part, rho)
        break
      }
      case 2: {
        const times = 2 + (bits.u32() % 5)
        for (let k = 0; k < times; k++) buy(allColumns, allRows, rho / times)
        break
      }
      default: {
        const purchases = 1 + (bits.u32() % 5)
        for (let k = 0; k < purchases; k++) buy(bits.u32() & allColumns, bits.u32() & allRows, spread(bits, 1e-4, 2))
        // One more purchase so that no cell is left out.
        buy(allColumns, allRows, spread(bits, 1e-4, 0.1))
      }
    }
    const least = Math.min(...got.flat())
    if (cost < priceOf(market, depth(allColumns), muOf(allRows), least)) cheaper++
  }
  return cheaper
}
