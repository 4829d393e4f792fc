import { Effect } from "effect"
import { marginalOf } from "../model/marginalOf.ts"
import { beginAim } from "./beginAim.ts"
import type { Brief, Mechanism } from "./Brief.ts"
import { choose } from "./choose.ts"
import { distanceSteps } from "./distanceSteps.ts"
import type { Candidate } from "./downwardClosure.ts"
import { joinCounts } from "./joinCounts.ts"
import type { Joining } from "./Joining.ts"
import { measure } from "./measure.ts"
import { refitReadings } from "./refitReadings.ts"
import { scoreStep } from "./scoreStep.ts"
import { withinTree } from "./withinTree.ts"

/** Rounds that the loss is first divided into, per column. */
const ROUNDS = 16n
const ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI)

/**
 * AIM: all columns first; then, round by round, the marginal of the workload's closure that the model says worst, chosen by the
 * exponential mechanism and measured; nine tenths of a round's loss go to measuring. A round that taught nothing
 * quadruples what the next ones cost.
 *
 * The model's tree may grow with the loss that is used up. Every charge is taken before its draw; the last round takes what is left.
 * @source McKenna, Mullins, Sheldon, Miklau 2022 (arXiv 2201.12677), algorithm 4
 */
export const aim: Mechanism = Effect.fn("aim")(function* (brief) {
  const { source, purse, modelCells } = brief
  const { sizes, cap } = source
  const whole = purse.left
  const round = whole / (ROUNDS * BigInt(sizes.length))
  let [measuring, choosing] = [(round * 9n) / 10n, round / 10n]
  const start = yield* beginAim(brief, measuring * BigInt(sizes.length))
  const { joining, candidates } = start
  const readings = [...start.readings]
  const exact = yield* tables(brief, joining, candidates)

  let { fitted } = start
  let answer = marginalOf(fitted.model)
  let rounds = 0
  while (purse.left > 0n) {
    const last = purse.left < 2n * (measuring + choosing)
    if (last) {
      choosing = purse.left / 10n
      measuring = purse.left - choosing
    }
    const sigma = cap * Math.sqrt(2 ** 39 / Number(measuring))
    const used = Number(whole - purse.left + choosing + measuring) / Number(whole)
    const fits = withinTree(brief, joining.sizes, fitted, modelCells * used)
    const allowed = candidates.flatMap(({ clique }, place) => (fits(clique) ? [place] : []))
    const noise = (place: number): number => ROOT_2_OVER_PI * sigma * exact[place]!.length
    const weightiest = allowed.reduce((most, place) => Math.max(most, candidates[place]!.weight), 0)
    const noisiest = allowed.reduce((most, place) => Math.max(most, noise(place)), 0)
    const step = scoreStep(weightiest * (noisiest + 4 * fitted.model.total))
    const scores = allowed.map((place) => {
      const { clique, weight } = candidates[place]!
      return weight * (distanceSteps(exact[place]!, answer(clique), step) - Math.round(noise(place) * step))
    })
    const place = allowed[yield* choose(purse, choosing, scores, cap * step * weightiest)]!
    const { clique } = candidates[place]!
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

const tables = Effect.fnUntraced(function* ({ source }: Brief, joining: Joining, candidates: ReadonlyArray<Candidate>) {
  const found: Array<Float64Array> = []
  for (const { clique } of candidates) {
    found.push(joinCounts(source.sizes, joining, clique, yield* source.counts(clique)))
  }
  return found
})
