import { Effect } from "effect"
import { choiceEpsilon } from "../../dp/accounting/choiceEpsilon.ts"
import { rhoUnits } from "../../dp/accounting/rhoUnits.ts"
import { Noise } from "../../dp/Noise.ts"
import { Rational } from "../../dp/sampler/Rational.ts"
import type { Purse } from "./Purse.ts"

/**
 * Picks the place of one of the best scores by the exponential mechanism; the purse pays first.
 * @param scores       integers
 * @param sensitivity  by how much one unit of privacy may move a score, an integer
 * @throws             RangeError if the units buy no choice at all: plans check it before
 */
export const choose = Effect.fnUntraced(function* (
  purse: Purse,
  units: bigint,
  scores: ReadonlyArray<number>,
  sensitivity: number
): Effect.fn.Return<number, never, Noise> {
  const eps = choiceEpsilon(1n, units)
  if (eps === undefined) throw new RangeError("too little is left for a choice")
  purse.spend(rhoUnits.chargeExact(Rational(eps.num ** 2n, 8n * eps.den ** 2n)))
  const choice = yield* (yield* Noise).chooser(eps)
  const best = scores.reduce((a, b) => Math.max(a, b))
  return choice(
    scores.map((score) => best - score),
    sensitivity
  )
})
