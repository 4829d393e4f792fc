import { normalTail } from "../normal/normalTail.ts"
import type { AggregateShape, MeasureNoise, NoisePlan, PlannedMeasure, Prediction } from "./AggregatePlan.ts"
import { ASSUMED_GROUPS } from "./assumedGroups.ts"
import type { PublicInfo } from "./PublicInfo.ts"

/** Cells looked at; beyond it every k-th is taken. */
const MOST_CELLS = 20_000

/**
 * Predicts the errors of a release from public knowledge only.
 *
 * The prior, stated in docs/decisions/0003: values of a `dp` key and of a public list follow Zipf's law, ranges are
 * flat; a subject is in half of the groups it may be in, and one more half; it has a quarter of the further rows it may
 * have; its sum is a quarter of the larger bound.
 */
export function predictError(shape: AggregateShape, noise: NoisePlan, info: PublicInfo): Prediction {
  const columns = shape.keys.map((key) =>
    key.domain === undefined
      ? zipf(info.groups?.[key.name] ?? ASSUMED_GROUPS)
      : key.domain.kind === "list"
        ? zipf(key.domain.values.length)
        : flat(key.domain.values.length)
  )
  const selected = shape.keys.map((key) => key.domain === undefined)
  const all = columns.reduce((product, column) => product * column.length, 1)
  const stride = Math.max(1, Math.ceil(all / MOST_CELLS))
  const groupsPerSubject = Math.min(all, (1 + shape.l0) / 2)
  const threshold = noise.selection === undefined ? 0 : noise.selection.tau + shape.minSubjects - 1
  const keySigma = noise.selection === undefined ? 0 : sigmaOf(noise.selection.variance)

  const tuples = columns.reduce((product, column, i) => (selected[i]! ? product * column.length : product), 1)
  const sizes: Array<number> = []
  const chances: Array<number> = []
  let cells = 0
  for (let index = 0; index < all; index += stride) {
    let rest = index
    let share = 1
    let tupleShare = 1
    for (const [i, column] of columns.entries()) {
      const part = column[rest % column.length]!
      rest = Math.floor(rest / column.length)
      share *= part
      if (selected[i]!) tupleShare *= part
    }
    const inTuple = Math.min(info.subjects, info.subjects * groupsPerSubject * tupleShare)
    const chance = noise.selection === undefined ? 1 : normalTail((threshold - inTuple) / keySigma)
    sizes.push(Math.min(info.subjects, info.subjects * groupsPerSubject * share))
    chances.push(chance)
    cells += chance * stride
  }
  return {
    subjects: info.subjects,
    source: info.source,
    cells,
    ...(noise.selection === undefined ? {} : { keptKeys: (cells * tuples) / all }),
    measures: shape.measures.map((measure, i) => {
      const own = noise.measures[i]!
      const error = Math.sqrt(2 / Math.PI) * sigmaOf(own.variance)
      if (measure.statistic?.kind === "bands") {
        const { candidates } = measure.statistic
        const relative = sizes.map((size) => error / (size / candidates))
        return { name: measure.name, absoluteError: error, medianRelativeError: weightedMedian(relative, chances) }
      }
      if (measure.statistic !== undefined) {
        const { absolute, relative } = statisticErrors(measure, own, sizes)
        return {
          name: measure.name,
          absoluteError:
            weightedMedian(absolute, chances) * measure.step ** (measure.statistic.kind === "variance" ? 2 : 1),
          medianRelativeError: weightedMedian(relative, chances)
        }
      }
      const perSubject = measure.kind === "sum" ? measure.linf / 4 : 1 + (measure.linf - 1) / 4
      return {
        name: measure.name,
        absoluteError: error * measure.step,
        medianRelativeError: weightedMedian(
          sizes.map((size) => error / (size * perSubject)),
          chances
        )
      }
    })
  }
}

/**
 * Expected errors of a mean, variance or quantile per cell of a size. The prior: a mean is a quarter of the larger bound, a
 * variance a quarter of the largest, and the values around a quantile lie as densely as if spread over a quarter of the range.
 */
function statisticErrors(
  measure: PlannedMeasure,
  noise: MeasureNoise,
  sizes: ReadonlyArray<number>
): { readonly absolute: ReadonlyArray<number>; readonly relative: ReadonlyArray<number> } {
  const { statistic, linf, lower, upper } = measure
  const typical = Math.max(Math.abs(lower), Math.abs(upper)) / 4
  if (statistic!.kind === "quantile") {
    const { over, under, candidates } = statistic as Extract<PlannedMeasure["statistic"], { kind: "quantile" }>
    const eps = Number(noise.choice!.num) / Number(noise.choice!.den)
    // Ranks by which the exponential mechanism misses, expected: ln(candidates) and one more, at 2 D / eps each.
    const ranks = ((2 * Math.max(over, under - over)) / under / eps) * (1 + Math.log(candidates))
    const absolute = sizes.map((size) => Math.min(upper - lower, (ranks / size) * ((upper - lower) / 4)))
    return { absolute, relative: absolute.map((error) => error / typical) }
  }
  const variance = statistic!.kind === "variance"
  const sigma = sigmaOf(variance ? noise.moments!.squareVariance! : noise.variance)
  const largest = variance ? linf ** 2 : linf
  const absolute = sizes.map((size) => Math.min(largest, (Math.sqrt(2 / Math.PI) * sigma) / size))
  return { absolute, relative: absolute.map((error) => error / (variance ? largest / 4 : typical)) }
}

const sigmaOf = (variance: { num: bigint; den: bigint }): number =>
  Math.sqrt(Number(variance.num) / Number(variance.den))

const flat = (n: number): ReadonlyArray<number> => Array.from({ length: n }, () => 1 / n)

function zipf(n: number): ReadonlyArray<number> {
  const raw = Array.from({ length: n }, (_, i) => 1 / (i + 1))
  const sum = raw.reduce((total, part) => total + part, 0)
  return raw.map((part) => part / sum)
}

function weightedMedian(values: ReadonlyArray<number>, weights: ReadonlyArray<number>): number {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!)
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2
  let seen = 0
  for (const i of order) {
    seen += weights[i]!
    if (seen >= half && seen > 0) return values[i]!
  }
  return Number.POSITIVE_INFINITY
}
