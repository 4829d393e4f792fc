import type { AggregateShape, NoisePlan } from "./AggregatePlan.ts"
import type { ReleasedFigures } from "./ReleasedFigures.ts"
import { statisticErrors } from "./statisticErrors.ts"

/** Expected errors of one measure, per cell of the last release, in its own unit and as parts of the figures. */
export interface CellErrors {
  readonly name: string
  readonly absolute: ReadonlyArray<number>
  readonly relative: ReadonlyArray<number>
}

/**
 * The expected error of every cell if the next release has cells like the last one. A cell's size is its released count
 * where there is one, else an equal part of the subjects; a figure that is not larger than its own noise is taken to be
 * as large as that.
 */
export function cellErrors(
  shape: AggregateShape,
  noise: NoisePlan,
  subjects: number,
  { cells, figures }: ReleasedFigures
): ReadonlyArray<CellErrors> {
  const counted = shape.measures.find(({ kind, name }) => kind !== "sum" && figures[name] !== undefined)
  const sizes = Array.from({ length: cells }, (_, cell) =>
    counted === undefined
      ? subjects / Math.max(1, cells)
      : Math.max(1, figures[counted.name]![cell]! / meanRows(counted.linf))
  )
  return shape.measures.map((measure, i): CellErrors => {
    const own = noise.measures[i]!
    const plain = measure.statistic === undefined || measure.statistic.kind === "bands"
    const scale =
      measure.statistic?.kind === "bands" ? 1 : measure.step ** (measure.statistic?.kind === "variance" ? 2 : 1)
    const sigma = Math.sqrt(Number(own.variance.num) / Number(own.variance.den))
    const absolute = plain
      ? sizes.map(() => Math.sqrt(2 / Math.PI) * sigma * scale)
      : statisticErrors(measure, own, sizes).absolute.map((error) => error * scale)
    const known = figures[measure.name]
    const relative = absolute.map((error, cell) => {
      const figure = known === undefined ? error : Math.abs(known[cell]!)
      return error / Math.max(figure, error)
    })
    return { name: measure.name, absolute, relative }
  })
}

/** As in the prior: a subject has a quarter of the further rows that it may have. */
const meanRows = (linf: number): number => 1 + (linf - 1) / 4
