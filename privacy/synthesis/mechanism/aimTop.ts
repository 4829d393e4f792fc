import { Effect } from "effect"
import { marginalOf } from "../model/marginalOf.ts"
import { beginAim } from "./beginAim.ts"
import type { Mechanism } from "./Brief.ts"
import { distanceSteps } from "./distanceSteps.ts"
import { measure } from "./measure.ts"
import { noisyDistances } from "./noisyDistances.ts"
import { refitReadings } from "./refitReadings.ts"
import { scoreStep } from "./scoreStep.ts"
import { withinTree } from "./withinTree.ts"

const ROUNDS = 16n
/** Of the loss, for the first look at all candidates. */
const FIRST = 32n
/** Candidates that are looked at again in a round. */
const TOP = 16
const ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI)

/**
 * AIM with fewer looks: noisy distances of all candidates once; then in each round only the 16 that looked worst, and that the tree
 * can take in, are looked at again, and the worst of these noisy distances is measured. What was seen of the others stays.
 *
 * A round costs 16 marginals of the model and a few tree sizes, however many candidates there are; one exact table is held at a time.
 * @source the idea of noisy errors and of a top 16: google/dpsynth, discrete_mechanisms/aim_gdp.py; the rounds: arXiv 2201.12677
 */
export const aimTop: Mechanism = Effect.fn("aimTop")(function* (brief) {
  const { source, purse, modelCells } = brief
  const whole = purse.left
  const round = whole / (ROUNDS * BigInt(source.sizes.length))
  let [measuring, choosing] = [(round * 9n) / 10n, round / 10n]
  const start = yield* beginAim(brief, measuring * BigInt(source.sizes.length))
  const { joining, candidates } = start
  const readings = [...start.readings]
  if (purse.left === 0n) return { readings, rounds: 0 }

  let { fitted } = start
  let answer = marginalOf(fitted.model)
  const step = Math.min(1024, scoreStep(8 * fitted.model.total))
  const look = (places: ReadonlyArray<number>, units: bigint) =>
    noisyDistances(source, purse, units, joining, places.map(cliqueAt), (clique) => answer(clique), step)
  const cliqueAt = (place: number) => candidates[place]!.clique
  const cells = candidates.map(({ clique }) => clique.reduce((n, column) => n * joining.sizes[column]!, 1))
  const seen = yield* look([...candidates.keys()], whole / FIRST)

  let rounds = 0
  while (purse.left > 0n) {
    const last = purse.left < 2n * (measuring + choosing)
    if (last) {
      choosing = purse.left / 10n
      measuring = purse.left - choosing
    }
    const sigma = source.cap * Math.sqrt(2 ** 39 / Number(measuring))
    const used = Number(whole - purse.left + choosing + measuring) / Number(whole)
    const noise = (place: number): number => ROOT_2_OVER_PI * sigma * cells[place]!
    const gain = (place: number): number => candidates[place]!.weight * (seen[place]! - noise(place))
    const fits = withinTree(brief, joining.sizes, fitted, modelCells * used)
    const top: Array<number> = []
    for (const place of [...candidates.keys()].sort((a, b) => gain(b) - gain(a))) {
      if (fits(cliqueAt(place)) && top.push(place) === TOP) break
    }
    const again = yield* look(top, choosing)
    for (const [i, place] of top.entries()) seen[place] = again[i]!
    const place = top.reduce((best, other) => (gain(other) > gain(best) ? other : best))
    const clique = cliqueAt(place)
    const before = answer(clique)
    readings.push(yield* measure(source, purse, clique, last ? purse.left : measuring, joining))
    rounds++
    fitted = refitReadings(brief, joining, readings, fitted)
    answer = marginalOf(fitted.model)
    if (distanceSteps(answer(clique), before, step) / step <= noise(place)) {
      measuring *= 4n
      choosing *= 4n
    }
    yield* Effect.yieldNow
  }
  return { readings, rounds }
})
