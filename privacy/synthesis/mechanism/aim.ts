import { Effect } from "effect"
import { cellsOf } from "../model/cellsOf.ts"
import type { Clique } from "../model/Clique.ts"
import { eliminate } from "../model/eliminate.ts"
import type { Estimate } from "../model/estimate.ts"
import { estimate } from "../model/estimate.ts"
import { estimateTotal } from "../model/estimateTotal.ts"
import { marginalOf } from "../model/marginalOf.ts"
import { mirrorDescent } from "../model/mirrorDescent.ts"
import type { Brief, Mechanism } from "./Brief.ts"
import { choose } from "./choose.ts"
import { distanceSteps } from "./distanceSteps.ts"
import { downwardClosure } from "./downwardClosure.ts"
import type { Candidate } from "./downwardClosure.ts"
import { joinCounts } from "./joinCounts.ts"
import { Joining } from "./Joining.ts"
import { measure } from "./measure.ts"
import { measurementOf } from "./measurementOf.ts"
import { readColumns } from "./readColumns.ts"
import type { Reading } from "./Reading.ts"
import { scoreStep } from "./scoreStep.ts"

/** Rounds that the loss is first divided into, per column. */
const ROUNDS = 16n
/** Columns of more values have their rare values joined first. */
const WIDE = 128
/** A marginal of more cells is left out of the workload. */
const LARGEST = 10_000
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
  const nothingMore = brief.workload.every(({ clique }) => clique.length < 2)
  const readings = [...(yield* readColumns(brief, nothingMore ? whole : measuring * BigInt(sizes.length)))]
  const ruled = new Set(brief.rules.flatMap(({ clique }) => clique))
  const joining = Joining(sizes, readings, (column) => sizes[column]! > WIDE && !ruled.has(column))
  const singles = sizes.map((_, column) => ({ clique: [column], weight: 1 }))
  const candidates = downwardClosure([
    ...singles,
    ...brief.workload.filter(({ clique }) => cellsOf(joining.sizes, clique) <= LARGEST)
  ])
  const exact = yield* tables(brief, joining, candidates)

  let fitted = refit(brief, joining, readings, undefined)
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
    const allowed = withinReach(brief, joining.sizes, fitted, candidates, modelCells * used)
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
    fitted = refit(brief, joining, readings, fitted)
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

function refit(
  brief: Brief,
  joining: Joining,
  readings: ReadonlyArray<Reading>,
  before: Estimate | undefined
): Estimate {
  const measurements = readings.map((reading) => measurementOf(brief.source.sizes, joining, reading))
  return estimate(joining.sizes, measurements, brief.rules, estimateTotal(measurements), {
    optimise: mirrorDescent,
    steps: 300,
    tolerance: 1e-3,
    ...(before === undefined ? {} : { warm: before.potentials })
  })
}

/** Places of the candidates that the tree can take in: those within it, and those that keep it below so many cells. */
function withinReach(
  { rules }: Brief,
  sizes: ReadonlyArray<number>,
  { model, potentials }: Estimate,
  candidates: ReadonlyArray<Candidate>,
  cells: number
): ReadonlyArray<number> {
  const { cliques } = model.tree
  const bound = [...potentials, ...rules].map(({ clique }) => clique)
  const inside = (clique: Clique): boolean => cliques.some((own) => clique.every((column) => own.includes(column)))
  return candidates.flatMap(({ clique }, place) =>
    inside(clique) || eliminate(sizes, [...bound, clique]).cells <= cells ? [place] : []
  )
}
