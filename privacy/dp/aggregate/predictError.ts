import { normalTail } from "../normal/normalTail.ts"
import type { AggregateShape, NoisePlan, Prediction } from "./AggregatePlan.ts"
import { ASSUMED_GROUPS } from "./assumedGroups.ts"
import { cellErrors } from "./cellErrors.ts"
import type { PublicInfo } from "./PublicInfo.ts"
import { statisticErrors } from "./statisticErrors.ts"

/** Cells looked at; beyond it every k-th is taken. */
const MOST_CELLS = 20_000

/**
 * Predicts the errors of a release from public knowledge only.
 *
 * The prior, stated in docs/decisions/0003: values of a `dp` key and of a public list follow Zipf's law, ranges are
 * flat; a subject is in half of the groups it may be in, and one more half; it has a quarter of the further rows it may
 * have; its sum is a quarter of the larger bound. Where the cells of the last release are given, they stand in for all of
 * that: they are paid for.
 */
export function predictError(shape: AggregateShape, noise: NoisePlan, info: PublicInfo): Prediction {
  const prediction =
    info.released === undefined ? fromPrior(shape, noise, info) : fromRelease(shape, noise, info, info.released)
  const waits = shape.measures.map(({ range }) => range !== undefined && range.found !== true)
  if (!waits.includes(true)) return prediction
  return {
    ...prediction,
    measures: prediction.measures.map((own, i) => (waits[i]! ? { ...own, standIn: true as const } : own))
  }
}

function fromPrior(shape: AggregateShape, noise: NoisePlan, info: PublicInfo): Prediction {
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

function fromRelease(
  shape: AggregateShape,
  noise: NoisePlan,
  { subjects, source }: PublicInfo,
  released: NonNullable<PublicInfo["released"]>
): Prediction {
  const publicCells = shape.keys.reduce((product, { domain }) => product * (domain?.values.length ?? 1), 1)
  const equally = Array.from({ length: released.cells }, () => 1)
  return {
    subjects,
    source,
    cells: released.cells,
    ...(noise.selection === undefined ? {} : { keptKeys: released.cells / publicCells }),
    measures: cellErrors(shape, noise, subjects, released).map(({ name, absolute, relative }) => ({
      name,
      absoluteError: weightedMedian(absolute, equally),
      medianRelativeError: weightedMedian(relative, equally)
    }))
  }
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
