import { releasedNumber } from "../evidence/releasedNumber.ts"
import { releasedQuality } from "./releasedQuality.ts"
import type { Rate, ReleasedQuality } from "./releasedQuality.ts"

/** A column of made-up rows with what is publicly known of it. */
export interface MadeColumn {
  readonly name: string
  readonly values: ArrayLike<unknown>
  /** The cell of a value, 0 to `cells` - 1; undefined for a value outside of the domain. */
  cellOf(value: unknown): number | undefined
  readonly cells: number
}

/** Made-up rows as their quality is measured. */
export interface SyntheticSource {
  readonly release: string
  readonly columns: ReadonlyArray<MadeColumn>
  /** The noisy marginals they were made from, with the deviation of each cell, from the certificate. */
  readonly measurements: ReadonlyArray<{ readonly columns: ReadonlyArray<string>; readonly sigma: number }>
  /** How many subjects the certificate predicts with. */
  readonly subjects: number
}

/**
 * Measures the quality of made-up rows from the rows, their domain and the certificate; post-processing, so it costs no budget.
 * Consistent is a value inside of its declared domain; precise is a share of a column that, of so many subjects, is larger than the half
 * width of its own 95 % interval; accurate is one less the median relative error of a typical cell, over all marginals that were measured.
 *
 * @param when ISO instant
 * @source     pricing.md, Tradability index; ISO/IEC 25012 names
 */
export function syntheticQuality(
  { release, columns, measurements, subjects }: SyntheticSource,
  when: string
): ReleasedQuality {
  const whole = releasedQuality({ release, keys: columns.map(({ values }) => values), measures: [] }, when)
  const rows = columns[0]?.values.length ?? 0
  const sigmas = new Map(
    measurements.flatMap((one) => (one.columns.length === 1 ? [[one.columns[0]!, one.sigma]] : []))
  )
  let [inside, values, telling, cells] = [0, 0, 0, 0]
  for (const column of columns) {
    const counts = new Float64Array(column.cells)
    for (let i = 0; i < column.values.length; i++) {
      values++
      const cell = column.cellOf(column.values[i])
      if (cell === undefined) continue
      inside++
      counts[cell]!++
    }
    const sigma = sigmas.get(column.name)
    if (sigma === undefined) continue
    cells += counts.length
    for (const count of counts) if ((count * subjects) / Math.max(1, rows) > 1.959963984540054 * sigma) telling++
  }
  const rate = (field: string, successes: number, trials: number): Rate => {
    const number = (part: string, value: number, unit: string) =>
      releasedNumber(value, unit, `release:${release}#quality.${field}.${part}`, when, release)
    return {
      share: number("share", trials === 0 ? 0 : successes / trials, "share"),
      trials: number("trials", trials, "count")
    }
  }
  const errors = measurements.map((one) => Math.min(1, cellError(one, columns, subjects)))
  const error = errors.reduce((sum, own) => sum + own, 0) / Math.max(1, errors.length)
  return {
    ...whole,
    consistency: rate("consistency", inside, values),
    precision: rate("precision", telling, cells),
    accuracy: rate("accuracy", errors.length * (1 - error), errors.length)
  }
}

/** The median of a normal error over the size that a cell has on average. */
function cellError(
  { columns: names, sigma }: SyntheticSource["measurements"][number],
  columns: ReadonlyArray<MadeColumn>,
  subjects: number
): number {
  const cells = names.reduce((product, name) => product * (columns.find((one) => one.name === name)?.cells ?? 1), 1)
  return (0.6744897501960817 * sigma * cells) / Math.max(1, subjects)
}
