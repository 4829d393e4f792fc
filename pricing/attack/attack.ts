import { coverBound } from "./coverBound.ts"
import { coverProblem } from "./coverProblem.ts"
import { findCover } from "./findCover.ts"
import type { Cover, PricedOffer } from "./PricedOffer.ts"

/** What an attack on one price found. */
export interface AttackReport {
  readonly target: string
  readonly fen: number
  /** The cheapest way found to have the same from other purchases; null where the rest of the menu does not give it. */
  readonly cover: Cover | null
  /** Cost of that way over the price, less 1: negative where it is cheaper. */
  readonly margin: number | null
  /** No combination whatever costs less than this, in minor units. */
  readonly atLeast: number | null
  /** `safe`: proved that nothing is cheaper · `unbeaten`: nothing cheaper was found · `beaten`: a cheaper cover was found. */
  readonly verdict: "safe" | "unbeaten" | "beaten"
}

/**
 * Searches for a cheaper cover of a target by columns, rows, budget, versions, channels and accounts, and bounds what no search could
 * beat. The attacker is granted more than the house gives: the noise of every purchase counts as independent.
 *
 * @param offers  everything for sale; one with the target's id is not used against it
 * @source        pricing.md, An `attack` verb searches for a cheaper cover
 */
export function attack(target: PricedOffer, offers: ReadonlyArray<PricedOffer>): AttackReport {
  const problem = coverProblem(target, offers)
  const { id, fen } = target
  if (!problem.coverable) return { target: id, fen, cover: null, margin: null, atLeast: null, verdict: "safe" }
  const { bound, taken } = coverBound(problem)
  // Prices are whole, so every cover costs a whole amount; the slack is that of the price's own rounding.
  const atLeast = Math.ceil(bound - 1e-9 * Math.max(1, bound))
  const cover = findCover(problem, taken) ?? null
  const isBeaten = cover !== null && cover.fen < fen
  return {
    target: id,
    fen,
    cover,
    margin: cover === null || fen === 0 ? null : cover.fen / fen - 1,
    atLeast,
    verdict: isBeaten ? "beaten" : atLeast >= fen ? "safe" : "unbeaten"
  }
}
