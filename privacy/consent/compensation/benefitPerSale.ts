import type { Money } from "#core/money/Money.ts"
import { categories } from "../registry/categories.ts"
import { purposes } from "../registry/purposes.ts"
import type { Tariff } from "./Tariff.ts"

/** What one sale used. */
export interface SoldUse {
  readonly purpose: string
  /** Every category that the plan read; each subject in it permitted all of them. */
  readonly categories: ReadonlyArray<string>
  /** What the seller never sells below: no more than this is paid out of a sale. */
  readonly floor: Money
  /** The public, padded size of the set of subjects. Never their number, which a share of the floor would tell to each. */
  readonly setSize: number
}

/** Millionths of a minor unit (fen) in one major unit. */
const microPerMajor = 100_000_000n

/**
 * What one subject earns by one sale, in millionths of a minor unit: the tariff's amounts for the categories that were read, and at most an equal
 * part of the price floor. The same for every subject of the operation, so nobody learns of another by it.
 *
 * @returns a whole number of millionths of the currency's minor unit; 0 where the tariff is in another currency
 */
export function benefitPerSale(tariff: Tariff, { purpose, categories: read, floor, setSize }: SoldUse): number {
  if (tariff.currency !== floor.currency || setSize < 1) return 0
  const rate = read.reduce((sum, category) => sum + rateOf(tariff, category, purpose), 0n)
  const share = (BigInt(floor.minor) * 1_000_000n) / BigInt(setSize)
  return Number(rate < share ? rate : share)
}

/** The line that fits most closely: the category itself before a broader one, then the purpose itself before a broader one. */
function rateOf({ lines }: Tariff, category: string, purpose: string): bigint {
  for (const about of upFrom(categories, category)) {
    for (const use of upFrom(purposes, purpose)) {
      const line = lines.find((one) => one.category === about && one.purpose === use)
      if (line !== undefined) return microOf(line.perSale)
    }
  }
  return 0n
}

function upFrom(terms: typeof categories, id: string): ReadonlyArray<string> {
  const path: Array<string> = []
  for (let at: string | null = id; at !== null; at = terms.find(([name]) => name === at)?.[1] ?? null) path.push(at)
  return path
}

function microOf(amount: string): bigint {
  const [whole, decimals = ""] = amount.split(".")
  return BigInt(whole!) * microPerMajor + BigInt(decimals.padEnd(8, "0"))
}
