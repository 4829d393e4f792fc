import { releasedNumber } from "../evidence/releasedNumber.ts"
import type { AggregateDepth } from "./aggregateDepth.ts"
import { keyEntropy } from "./keyEntropy.ts"

/** One column of a row-like release. */
export interface RowColumn {
  /** SQL type: numbers and days have an order */
  readonly type: string
  readonly values: ArrayLike<unknown>
}

const SAMPLE = 2 ** 16
const LEVELS = 16
/** Above this ratio of distinct values to rows a column of texts names the row. */
const KEY_RATIO = 0.95

/**
 * Measures H(S) of a row-like release, such as synthetic rows: the joint entropy of its columns, each coarsened to at most 16
 * levels (quantile bins for what has an order, else the 15 most frequent values and the rest; nulls by themselves), on 2^16
 * rows at even distances. Texts that name the row are left out.
 *
 * @param when  ISO instant of the measurement
 * @source      pricing.md, Depth
 */
export function rowDepth(release: string, columns: ReadonlyArray<RowColumn>, when: string): AggregateDepth {
  const length = columns[0]?.values.length ?? 0
  const taken = Math.min(length, SAMPLE)
  const levels = columns.flatMap(({ type, values }) => {
    const sample = Array.from({ length: taken }, (_, i) => values[Math.floor((i * length) / taken)])
    const ordered = !/^(VARCHAR|BOOLEAN)/.test(type)
    if (!ordered && new Set(sample).size > KEY_RATIO * taken) return []
    return [ordered ? quantileLevels(sample) : frequentLevels(sample)]
  })
  const bits = keyEntropy(levels, null)
  return {
    bits: releasedNumber(bits, "bit", `release:${release}#depth`, when, release),
    keyBits: bits,
    measureBits: []
  }
}

/** Days are ISO texts, numbers are numbers or their texts. */
const rank = (value: unknown): number | string =>
  typeof value === "string" && !/^-?\d+(\.\d+)?$/.test(value) ? value : Number(value)

function quantileLevels(sample: ReadonlyArray<unknown>): Float64Array {
  const sorted = sample
    .filter((value) => value !== null && value !== undefined)
    .map(rank)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const edges = Array.from({ length: LEVELS - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / LEVELS)])
  return Float64Array.from(sample, (value) => {
    if (value === null || value === undefined) return LEVELS
    const own = rank(value)
    return edges.reduce<number>((level, edge) => level + (edge !== undefined && own >= edge ? 1 : 0), 0)
  })
}

function frequentLevels(sample: ReadonlyArray<unknown>): Float64Array {
  const counts = new Map<unknown, number>()
  for (const value of sample) counts.set(value, (counts.get(value) ?? 0) + 1)
  const frequent = [...counts]
    .filter(([value]) => value !== null && value !== undefined)
    .sort(([a, n], [b, m]) => m - n || (String(a) < String(b) ? -1 : 1))
    .slice(0, LEVELS - 1)
  const places = new Map(frequent.map(([value], i) => [value, i]))
  return Float64Array.from(sample, (value) =>
    value === null || value === undefined ? LEVELS : (places.get(value) ?? LEVELS - 1)
  )
}
