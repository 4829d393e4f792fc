import { seededBits } from "#core/random/BitSource.ts"
import type { PricedOffer } from "#pricing/attack/PricedOffer.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { price } from "#pricing/price/price.ts"
import { randomDepth, randomMarket, spread } from "../price/searchCheaperCover.ts"

const known = (value: number) => publicNumber(value, "", "test", "2026-11-22")

/** A menu of random offers (any columns, strata and accuracies) at the prices of the formula; the first is everything. */
export function formulaMenu(seed: string, columns: number, strata: number, offers: number): ReadonlyArray<PricedOffer> {
  const bits = seededBits(seed)
  const market = randomMarket(bits)
  const depth = randomDepth(bits, columns)
  const sizes = Array.from({ length: strata }, () => spread(bits, 1, 1e5))
  const [allColumns, allRows] = [2 ** columns - 1, 2 ** strata - 1]
  const named = (set: number, prefix: string, n: number): ReadonlyArray<string> =>
    Array.from({ length: n }, (_, i) => `${prefix}${i}`).filter((_, i) => (set >> i) & 1)
  return Array.from({ length: offers }, (_, i) => {
    const columnSet = i === 0 ? allColumns : 1 + (bits.u32() % allColumns)
    const rowSet = i === 0 ? allRows : 1 + (bits.u32() % allRows)
    const rho = market.reference.rho * (i === 0 ? 1 : [1, 0.5, 0.25, 0.1][bits.u32() % 4]!)
    const mu = sizes.reduce((sum, size, r) => sum + ((rowSet >> r) & 1 ? size : 0), 0)
    const { fen } = price({
      base: known(market.base),
      floor: known(market.floor),
      demand: known(market.demand),
      beta: known(market.beta),
      r0: known(market.r0),
      reference: {
        bits: known(market.reference.bits),
        mu: known(market.reference.mu),
        rho: known(market.reference.rho)
      },
      artefact: { bits: known(depth(columnSet)), mu: known(mu), rho: known(rho) }
    })
    return {
      id: `o${i}`,
      columns: named(columnSet, "c", columns),
      rows: named(rowSet, "r", strata),
      versions: ["v"],
      rho,
      fen
    }
  })
}
