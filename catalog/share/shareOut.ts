import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { splitRevenue } from "#pricing/split/splitRevenue.ts"

/** Who gets which part of what a product earns. */
export interface ShareRule {
  /** Sources and others by name; their shares of what is left after the subjects', in (0, 1], together at most 1. */
  readonly parties: ReadonlyArray<{ readonly party: string; readonly share: number }>
}

/** A month's net revenue, to the last minor unit: pool, parts and what the house keeps sum to it. */
export interface SharedOut {
  readonly net: number
  /** For the subjects: what their tariff gives, at most what came in. */
  readonly pool: number
  readonly parts: ReadonlyArray<{ readonly party: string; readonly minor: number }>
  readonly house: number
}

/**
 * Shares a net amount out: first the subjects' pool, then the parties by their shares, the rest to the house. In a month of more refunds than
 * sales the parties give their shares back, and the pool is nothing: subjects keep what they earned.
 *
 * @param net   whole minor units
 * @param owed  whole minor units that subjects earned
 */
export function shareOut(net: number, owed: number, { parties }: ShareRule): SharedOut {
  const pool = Math.min(Math.max(0, net), owed)
  const rest = net - pool
  const given = parties.reduce((sum, { share }) => sum + share, 0)
  // A sum of decimals may pass 1 by an ulp.
  const weights = [...parties.map(({ share }) => share), Math.max(0, 1 - given)]
  const split = splitRevenue(
    Math.abs(rest),
    weights.map((weight, i) => publicNumber(weight, "share", `share:${i}`, ""))
  ).map((minor) => (rest < 0 ? -minor : minor))
  return {
    net,
    pool,
    parts: parties.map(({ party }, i) => ({ party, minor: split[i]! })),
    house: split[parties.length]!
  }
}
