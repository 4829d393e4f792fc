import type { Released } from "../evidence/Evidence.ts"
import { releasedNumber } from "../evidence/releasedNumber.ts"

/** A rate that was counted on a released table. */
export interface Rate {
  /** 0 to 1. */
  readonly share: Released
  /** Of how many. */
  readonly trials: Released
}

/** What can be said of a released table's quality by looking at it and its certificate. */
export interface ReleasedQuality {
  /** Values that are there. */
  readonly completeness: Rate
  /** Rows whose keys occur once. */
  readonly uniqueness: Rate
  /** Figures within the range that they can have: noise may push a count below zero. */
  readonly consistency: Rate
  /** Figures that are larger than the half width of their own 95 % interval. */
  readonly precision: Rate
  /** Of made-up rows: one less the median relative error of a cell of the marginals that they were made from. */
  readonly accuracy?: Rate
}

/** A released table as its quality is measured. */
export interface QualitySource {
  readonly release: string
  readonly keys: ReadonlyArray<ArrayLike<unknown>>
  readonly measures: ReadonlyArray<{
    readonly values: ArrayLike<unknown>
    /** Smallest figure possible without noise; -Infinity where there is none. */
    readonly least: number
    readonly halfWidth95: number
  }>
}

/**
 * Measures the quality of a released table; post-processing, so it costs no budget.
 *
 * @param when  ISO instant
 * @source      pricing.md, Tradability index; ISO/IEC 25012 names
 */
export function releasedQuality({ release, keys, measures }: QualitySource, when: string): ReleasedQuality {
  const rows = keys[0]?.length ?? measures[0]?.values.length ?? 0
  const isThere = (value: unknown): boolean => value !== null && value !== undefined && !Number.isNaN(value)
  let [cells, present, figures, possible, telling] = [0, 0, 0, 0, 0]
  for (const values of [...keys, ...measures.map((measure) => measure.values)]) {
    cells += values.length
    for (let i = 0; i < values.length; i++) if (isThere(values[i])) present++
  }
  for (const { values, least, halfWidth95 } of measures) {
    for (let i = 0; i < values.length; i++) {
      if (!isThere(values[i])) continue
      const value = Number(values[i])
      figures++
      if (value >= least) possible++
      if (Math.abs(value) > halfWidth95) telling++
    }
  }
  const rate = (field: string, successes: number, trials: number): Rate => {
    const number = (part: string, value: number, unit: string) =>
      releasedNumber(value, unit, `release:${release}#quality.${field}.${part}`, when, release)
    return {
      share: number("share", trials === 0 ? 0 : successes / trials, "share"),
      trials: number("trials", trials, "count")
    }
  }
  return {
    completeness: rate("completeness", present, cells),
    uniqueness: rate("uniqueness", singleRows(keys, rows), rows),
    consistency: rate("consistency", possible, figures),
    precision: rate("precision", telling, figures)
  }
}

function singleRows(keys: QualitySource["keys"], rows: number): number {
  const seen = new Map<string, number>()
  for (let i = 0; i < rows; i++) {
    const tuple = JSON.stringify(keys.map((values) => String(values[i])))
    seen.set(tuple, (seen.get(tuple) ?? 0) + 1)
  }
  let single = 0
  for (const times of seen.values()) if (times === 1) single++
  return single
}
