import { releasedNumber } from "../evidence/releasedNumber.ts"
import type { Released } from "../evidence/Evidence.ts"
import { keyEntropy } from "./keyEntropy.ts"
import { measureBits } from "./measureBits.ts"
import type { ReleasedMeasure } from "./measureBits.ts"

/** A released `dp_aggregate` table, whole columns; nothing of what it was made from. */
export interface ReleasedAggregate {
  readonly release: string
  /** Key columns by name. */
  readonly keys: Readonly<Record<string, ArrayLike<unknown>>>
  /** The released count of each row; null if the release has none, then all rows weigh the same. */
  readonly counts: ArrayLike<number> | null
  /** Every noised column, the counts among them. */
  readonly measures: ReadonlyArray<ReleasedMeasure>
}

/** H(S) in bits and what it is the sum of. */
export interface AggregateDepth {
  readonly bits: Released
  readonly keyBits: number
  readonly measureBits: ReadonlyArray<{ readonly name: string; readonly bits: number }>
}

/**
 * Measures H(S) of an aggregate release: the entropy of its keys, weighted by the released counts, plus what each distinct measure
 * tells above its noise. The keys identify the row, so plain joint entropy would give the measures nothing and reward noise.
 *
 * Measured once per version; a measure that repeats another value by value counts once.
 *
 * @param when  ISO instant of the measurement
 * @source      pricing.md, Depth of a dp_aggregate
 */
export function aggregateDepth(table: ReleasedAggregate, when: string): AggregateDepth {
  const keyBits = keyEntropy(Object.values(table.keys), table.counts)
  const distinct = table.measures.filter(
    (measure, i) => !table.measures.slice(0, i).some((earlier) => sameValues(earlier.values, measure.values))
  )
  const perMeasure = distinct.map((measure) => ({ name: measure.name, bits: measureBits(measure) }))
  const bits = perMeasure.reduce((sum, measure) => sum + measure.bits, keyBits)
  return {
    bits: releasedNumber(bits, "bit", `release:${table.release}#depth`, when, table.release),
    keyBits,
    measureBits: perMeasure
  }
}

function sameValues(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false
  return true
}
