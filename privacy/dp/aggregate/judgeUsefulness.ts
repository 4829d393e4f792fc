import type { AggregateShape, Prediction } from "./AggregatePlan.ts"
import { planNoise } from "./planNoise.ts"
import { predictError } from "./predictError.ts"
import { ASSUMED_GROUPS } from "./assumedGroups.ts"
import type { PublicInfo } from "./PublicInfo.ts"

/** A release is useless when the predicted median relative error of a measure is larger, or fewer keys are kept. */
const WORST_ERROR = 0.3
const FEWEST_KEYS = 5
const LARGEST_EPSILON = 10
const MOST_SUBJECTS = 1e9

export type Usefulness =
  | { readonly useful: true; readonly prediction: Prediction }
  | { readonly useful: false; readonly reason: string; readonly wouldDo: ReadonlyArray<string> }

/**
 * Decides whether a release is worth its loss, from public knowledge only, and if not what would make it so: a larger
 * epsilon, coarser keys, or more subjects.
 * @source privacy.md, rule 8
 */
export function judgeUsefulness(shape: AggregateShape, info: PublicInfo): Usefulness {
  const asPlanned = predict(shape, info, shape.epsilon)
  if (asPlanned !== undefined && isUseful(asPlanned)) return { useful: true, prediction: asPlanned }
  return { useful: false, reason: reasonOf(asPlanned), wouldDo: waysOut(shape, info) }
}

function predict(shape: AggregateShape, info: PublicInfo, epsilon: number): Prediction | undefined {
  const noise = planNoise(shape, epsilon, info.censusUnits ?? 0n)
  return noise === undefined ? undefined : predictError(shape, noise, info)
}

function isUseful(prediction: Prediction): boolean {
  const kept = prediction.keptKeys ?? FEWEST_KEYS
  return kept >= FEWEST_KEYS && prediction.measures.every((measure) => measure.medianRelativeError <= WORST_ERROR)
}

function reasonOf(prediction: Prediction | undefined): string {
  if (prediction === undefined) return "the noise would be larger than any number that can be published"
  if (prediction.keptKeys !== undefined && prediction.keptKeys < FEWEST_KEYS) {
    return `about ${Math.round(prediction.keptKeys * 10) / 10} keys would be kept, fewer than ${FEWEST_KEYS}`
  }
  const worst = prediction.measures.reduce((a, b) => (b.medianRelativeError > a.medianRelativeError ? b : a))
  const percent = Math.min(1e6, Math.round(worst.medianRelativeError * 100))
  return `the median relative error of ${worst.name} would be about ${percent} %, more than ${WORST_ERROR * 100} %`
}

function waysOut(shape: AggregateShape, info: PublicInfo): ReadonlyArray<string> {
  const does = (tried: AggregateShape, known: PublicInfo): boolean => {
    const prediction = predict(tried, known, tried.epsilon)
    return prediction !== undefined && isUseful(prediction)
  }
  const ways: Array<string> = []
  const epsilon = smallest(shape.epsilon, LARGEST_EPSILON, (value) => does({ ...shape, epsilon: value }, info))
  if (epsilon !== undefined) ways.push(`epsilon ${roundUp(epsilon)}`)
  const coarser = coarserKeys(shape, info, does)
  if (coarser !== undefined) ways.push(coarser)
  const subjects = smallest(info.subjects, MOST_SUBJECTS, (value) =>
    does(shape, { ...info, subjects: Math.ceil(value) })
  )
  if (subjects !== undefined) ways.push(`about ${roundUp(subjects)} subjects`)
  return ways
}

/** The most values of the one selected key column with which the release would do, or one of several keys to leave out. */
function coarserKeys(
  shape: AggregateShape,
  info: PublicInfo,
  does: (shape: AggregateShape, known: PublicInfo) => boolean
): string | undefined {
  const selected = shape.keys.filter((key) => key.domain === undefined)
  if (shape.keys.length > 1) {
    const spare = shape.keys.find((key) => does({ ...shape, keys: shape.keys.filter((other) => other !== key) }, info))
    if (spare !== undefined) return `coarser keys, leaving out ${spare.name}`
  }
  if (selected.length !== 1) return undefined
  const { name } = selected[0]!
  for (let groups = (info.groups?.[name] ?? ASSUMED_GROUPS) - 1; groups >= FEWEST_KEYS; groups--) {
    if (does(shape, { ...info, groups: { ...info.groups, [name]: groups } })) {
      return `a coarser ${name} with at most ${groups} values`
    }
  }
  return undefined
}

/** The smallest value in from..to (on a geometric grid, then halved) that passes, or undefined if `to` does not. */
function smallest(from: number, to: number, passes: (value: number) => boolean): number | undefined {
  if (from >= to || !passes(to)) return undefined
  let [low, high] = [from, to]
  for (let i = 0; i < 24; i++) {
    const middle = Math.sqrt(low * high)
    if (passes(middle)) high = middle
    else low = middle
  }
  return high
}

/** Two significant digits, upwards. */
function roundUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(2))
}
