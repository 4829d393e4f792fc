import { Effect } from "effect"
import { marginalOf } from "../model/marginalOf.ts"
import { eliminate } from "../model/eliminate.ts"
import type { Clique } from "../model/Clique.ts"
import { beginAim } from "./beginAim.ts"
import type { Mechanism } from "./Brief.ts"
import { measure } from "./measure.ts"
import { noisyDistances } from "./noisyDistances.ts"
import { scoreStep } from "./scoreStep.ts"

const ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI)

/**
 * AIM in one shot: noisy distances of all candidates from the model of single columns for a tenth of the loss, one choice of what to
 * measure, everything measured with a split of the loss that has a closed form, one fit.
 *
 * A set S measured at loss rho gains sum w_r e_r, and its noise costs sum w_r sqrt(2/pi) sigma_r n_r; with f_r = (w_r n_r)^(2/3) the best split is
 * rho_r = rho f_r / F, F = sum f_r, and the noise then costs sqrt(2/pi) cap F^(3/2) / sqrt(2 rho): candidates are taken by gain per f_r while the
 * sum grows and the tree stays small.
 * @source the idea of one shot and its split: google/dpsynth, discrete_mechanisms/swift.py
 */
export const aimOnce: Mechanism = Effect.fn("aimOnce")(function* (brief) {
  const { source, purse, rules, modelCells } = brief
  const whole = purse.left
  const { readings: columns, joining, candidates, fitted } = yield* beginAim(brief, (whole * 9n) / 160n)
  const readings = [...columns]
  if (purse.left === 0n) return { readings, rounds: 0 }

  const joint = candidates.filter(({ clique }) => clique.length > 1)
  const cliques = joint.map(({ clique }) => clique)
  const step = Math.min(1024, scoreStep(8 * fitted.model.total))
  const seen = yield* noisyDistances(source, purse, whole / 10n, joining, cliques, marginalOf(fitted.model), step)

  const cells = (clique: Clique): number => clique.reduce((n, column) => n * joining.sizes[column]!, 1)
  const price = (clique: Clique, weight: number): number => (weight * cells(clique)) ** (2 / 3)
  const offers = joint
    .map(({ clique, weight }, place) => ({ clique, gain: weight * seen[place]!, price: price(clique, weight) }))
    .sort((a, b) => b.gain / b.price - a.gain / a.price)
  const costly = ROOT_2_OVER_PI * source.cap * Math.sqrt(2 ** 39 / Number(purse.left))
  const bound = [...fitted.potentials, ...rules].map(({ clique }) => clique)
  const chosen: Array<{ readonly clique: Clique; readonly price: number }> = []
  let sum = 0
  for (const offer of offers) {
    if (offer.gain <= costly * ((sum + offer.price) ** 1.5 - sum ** 1.5)) break
    if (eliminate(joining.sizes, [...bound, offer.clique]).cells > modelCells) continue
    bound.push(offer.clique)
    chosen.push(offer)
    sum += offer.price
  }
  // Nothing stands out of the noise: better columns are all that can be bought.
  if (chosen.length === 0) {
    for (let c = 0; c < source.sizes.length; c++) chosen.push({ clique: [c], price: price([c], 1) })
    sum = chosen.reduce((all, own) => all + own.price, 0)
  }
  for (const [i, { clique, price: own }] of chosen.entries()) {
    const share = BigInt(Math.floor((own / sum) * 2 ** 40))
    const units = i === chosen.length - 1 ? purse.left : (purse.left * share) >> 40n
    readings.push(yield* measure(source, purse, clique, units > 0n ? units : 1n, joining))
    sum -= own
    yield* Effect.yieldNow
  }
  return { readings, rounds: 1 }
})
