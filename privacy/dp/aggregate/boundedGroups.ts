import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { binCounts } from "../bounds/binCounts.ts"
import type { Binned } from "../bounds/binCounts.ts"
import { contributionSql } from "../bounds/contributionSql.ts"
import type { Contribution } from "../bounds/contributionSql.ts"
import { groupTotals } from "../bounds/groupTotals.ts"
import { openPass } from "../bounds/openPass.ts"
import type { Pass } from "../bounds/openPass.ts"
import type { AggregateShape } from "./AggregatePlan.ts"

/** How many subjects of a group have their value at a candidate; one row per group and candidate that occurs. */
export interface Histogram {
  readonly length: number
  readonly keys: ReadonlyArray<ReadonlyArray<string | number>>
  readonly bins: ReadonlyArray<number>
  readonly counts: ReadonlyArray<number>
}

/** Exact group totals before noise: private, in memory only, never stored, shown or logged. */
export interface BoundedGroups {
  readonly length: number
  /** per key column: the text of a selected value, or the place in its public domain */
  readonly keys: ReadonlyArray<ReadonlyArray<string | number>>
  /** per measure: integer totals in steps */
  readonly totals: ReadonlyArray<ReadonlyArray<number>>
  /** per measure: subjects with a value, for means and variances */
  readonly counts: ReadonlyArray<ReadonlyArray<number> | undefined>
  /** per measure: centred squares, for variances */
  readonly squares: ReadonlyArray<ReadonlyArray<number> | undefined>
  /** per measure: values per candidate, for quantiles */
  readonly histograms: ReadonlyArray<Histogram | undefined>
  /** subjects of each row's selected tuple; empty without selected keys */
  readonly subjects: ReadonlyArray<number>
}

/** Counts of candidates that are kept at once, 64 MiB; more groups take another pass. */
const MOST_BINS = 2 ** 24

/** The first can be made to fail by picking names; each other one fails by chance, for a thousand million names with 1 in 37. */
const MOST_ATTEMPTS = 40

/**
 * Reads the table and returns the bounded totals of its groups, in no particular order: every subject counts in at most
 * `l0` groups, chosen at random, and in each within the bounds of the measures. Groups of selected keys with fewer than
 * `minSubjects` subjects are left out. Contributions are streamed and held up to a limit: memory grows with the groups,
 * and beyond that limit not with rows or subjects.
 * @param relation  schema and name of the table or view to read, already permitted
 * @param salt      fresh per release; which groups of a subject count depends on it alone, not on other subjects
 * @source          bounds.proof.md
 */
export const boundedGroups = Effect.fn("boundedGroups")(function* (
  shape: AggregateShape,
  relation: ReadonlyArray<string>,
  salt: string
): Effect.fn.Return<BoundedGroups, WarehouseError, Warehouse> {
  const { transaction } = yield* Warehouse
  const contribution = contributionSql(shape, relation)
  // One transaction: the table is the same one in all statements.
  return yield* transaction(
    Effect.fnUntraced(function* (session) {
      for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        const pass = yield* openPass(session, shape, contribution, salt, attempt)
        if (pass === undefined) continue
        const groups = yield* readGroups(pass, shape, contribution)
        yield* pass.close
        if (groups !== undefined) return groups
      }
      throw new RangeError("two subjects or groups had one key in every attempt")
    })
  )
})

const readGroups = Effect.fnUntraced(function* (
  pass: Pass,
  shape: AggregateShape,
  contribution: Contribution
): Effect.fn.Return<BoundedGroups | undefined, WarehouseError> {
  const { measures, minSubjects } = shape
  const totals = groupTotals(measures, contribution, pass)
  const binned = binnedOf(shape, contribution)
  const perGroup = binned.reduce((sum, { candidates }) => sum + candidates, 0)
  const atOnce =
    pass.groups * perGroup <= MOST_BINS ? binCounts(binned, contribution.values, undefined, 0, pass.groups) : undefined
  const valid = yield* pass.stream((slots, filled) => {
    totals.settle(slots, filled)
    atOnce?.settle(slots, filled)
  })
  if (!valid) return undefined
  const kept: Array<number> = []
  for (let group = 0; group < pass.groups; group++)
    if (pass.tupleOf === undefined || totals.subjects[pass.tupleOf[group]!]! >= minSubjects) kept.push(group)
  const keys = yield* pass.names(kept)
  const histograms = binned.map(() => openHistogram(keys))
  const addAll = (counts: ReadonlyArray<Int32Array>, place: number, row: number): void => {
    for (const [b, { candidates }] of binned.entries())
      for (let bin = 0; bin < candidates; bin++) histograms[b]!.add(row, bin, counts[b]![place * candidates + bin]!)
  }
  if (atOnce !== undefined) for (const [row, group] of kept.entries()) addAll(atOnce.counts, group, row)
  else {
    const block = Math.max(1, Math.floor(MOST_BINS / perGroup))
    const rowOf = new Int32Array(pass.groups).fill(-1)
    for (const [row, group] of kept.entries()) rowOf[group] = row
    for (let from = 0; from < kept.length; from += block) {
      const { settle, counts } = binCounts(binned, contribution.values, rowOf, from, block)
      yield* pass.stream(settle)
      for (let row = from; row < Math.min(from + block, kept.length); row++) addAll(counts, row - from, row)
    }
  }
  const pick = (figure: (measure: number, group: number) => number, i: number) => kept.map((group) => figure(i, group))
  const hasCount = measures.map(({ statistic }) => statistic?.kind === "mean" || statistic?.kind === "variance")
  return {
    length: kept.length,
    keys,
    totals: measures.map((_, i) => pick(totals.total, i)),
    counts: measures.map((_, i) => (hasCount[i]! ? pick(totals.count, i) : undefined)),
    squares: measures.map(({ statistic }, i) => (statistic?.kind === "variance" ? pick(totals.square, i) : undefined)),
    histograms: measures.map((measure) => histograms[binned.findIndex((own) => own.measure === measure)]),
    subjects: pass.tupleOf === undefined ? [] : kept.map((group) => totals.subjects[pass.tupleOf![group]!]!)
  }
})

const binnedOf = ({ measures }: AggregateShape, { valueOf }: Contribution): ReadonlyArray<Binned> =>
  measures.flatMap((measure, i) => {
    const { statistic } = measure
    if (statistic === undefined || !("candidates" in statistic)) return []
    return [{ measure, value: valueOf[i]!, width: statistic.width, candidates: statistic.candidates }]
  })

/** A histogram that takes no row for a candidate that does not occur. */
function openHistogram(names: BoundedGroups["keys"]) {
  const keys = names.map((): Array<string | number> => [])
  const [bins, counts]: [Array<number>, Array<number>] = [[], []]
  return {
    get length() {
      return bins.length
    },
    keys,
    bins,
    counts,
    add(row: number, bin: number, count: number): void {
      if (count === 0) return
      for (const [i, column] of names.entries()) keys[i]!.push(column[row]!)
      bins.push(bin)
      counts.push(count)
    }
  }
}
