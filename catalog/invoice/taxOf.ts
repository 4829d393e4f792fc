import type { Db } from "#core/records/Records.ts"
import type { Buyer } from "../buyer/Buyers.ts"

/** Where the house is taxed, and where a buyer is taken to be who was not verified. */
const home = "CN"

/** The rate for a buyer on a day, in basis points; 0 abroad unless a rate was declared for that country. */
export function taxRateOf(db: Db, buyer: Buyer | undefined, at: string): { country: string; basisPoints: number } {
  const country = buyer?.country ?? home
  const found = db.get<{ basis_points: number }>(
    `select basis_points from tax_rate where country = $country and since <= $day order by since desc limit 1`,
    { country, day: at.slice(0, 10) }
  )
  return { country, basisPoints: found?.basis_points ?? 0 }
}

/** Tax on a net amount in minor units, the half rounded away from zero. Whole numbers only. */
export function taxOn(net: number, basisPoints: number): number {
  const exact = BigInt(Math.abs(net)) * BigInt(basisPoints)
  return Math.sign(net) * Number((exact + 5000n) / 10_000n)
}
