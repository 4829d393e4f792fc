import { Effect } from "effect"
import type { BitSource } from "#core/random/BitSource.ts"
import type { CodedTable } from "../table/CodedTable.ts"
import type { CodedTables } from "../table/codeTables.ts"
import { drawRows } from "../table/drawRows.ts"
import { cellShares } from "./cellShares.ts"
import { cramersV } from "./cramersV.ts"
import { propensity } from "./propensity.ts"
import type { QualityReport } from "./QualityReport.ts"
import { ruleBreaks } from "./ruleBreaks.ts"
import { totalVariation } from "./totalVariation.ts"
import { trainAndTest } from "./trainAndTest.ts"

/** Sets of columns looked at; of more a random choice. */
const PAIRS = 400
const TRIPLES = 150
/** Of these the subsamples are scored. */
const BASELINE_TRIPLES = 40
const SHARES = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
/** Bars a column's picture shows. */
const BARS = 24

/**
 * Compares the synthetic rows with the real ones: laws of 1, 2 and 3 columns, association, whether a model tells them apart,
 * what a model learnt from them is worth, and rules that they break.
 * @param target  name of the column to predict; otherwise up to two categories with few codes
 * @param bits    seeded
 */
export const assessQuality = Effect.fn("assessQuality")(function* (
  tables: CodedTables,
  bits: BitSource,
  target?: string
): Effect.fn.Return<QualityReport> {
  const { real, synthetic, holdout } = tables
  const d = real.columns.length
  const variation = (of: ReadonlyArray<number>): number =>
    totalVariation(cellShares(real, of), cellShares(synthetic, of))
  const columns = real.columns.map(({ name, kind }, c) => {
    const [own, made] = [cellShares(real, [c]), cellShares(synthetic, [c])]
    return {
      name,
      kind,
      totalVariation: totalVariation(own, made),
      real: Array.from(own.slice(0, BARS)),
      synthetic: Array.from(made.slice(0, BARS))
    }
  })
  const pairs = some(setsOf(d, 2), PAIRS, bits)
  const matrix = Array.from({ length: d }, (_, a) => Array.from({ length: d }, (_, b) => (a === b ? 0 : Number.NaN)))
  const differences: Array<number> = []
  for (const [a, b] of pairs as ReadonlyArray<readonly [number, number]>) {
    const [own, made] = [cellShares(real, [a, b]), cellShares(synthetic, [a, b])]
    matrix[a]![b] = matrix[b]![a] = totalVariation(own, made)
    const height = Math.min(64, real.columns[a]!.size)
    differences.push(
      Math.abs(cramersV(own, height, own.length / height) - cramersV(made, height, made.length / height))
    )
    yield* Effect.yieldNow
  }
  const triples = some(setsOf(d, 3), TRIPLES, bits)
  const threeWay: Array<number> = []
  for (const triple of triples) {
    threeWay.push(variation(triple))
    yield* Effect.yieldNow
  }
  const twoWay = pairs.map(([a, b]) => matrix[a!]![b!]!)
  const score = marginalScore(threeWay)
  const subsamples: Array<{ readonly share: number; readonly score: number }> = []
  for (const share of SHARES) {
    subsamples.push({ share, score: subsampleScore(real, triples.slice(0, BASELINE_TRIPLES), share, bits) })
    yield* Effect.yieldNow
  }
  const models = targetsOf(real, target).map((c) => trainAndTest(tables, c, bits))
  return {
    columns,
    marginals: [columns.map((column) => column.totalVariation), twoWay, threeWay].map((list, i) => ({
      ways: i + 1,
      ...summary(list)
    })),
    pairs: matrix,
    association: { meanDifference: summary(differences).mean, worstDifference: summary(differences).worst },
    marginalScore: score,
    subsamples,
    asGoodAsShare: shareAt(subsamples, marginalScore(threeWay.slice(0, BASELINE_TRIPLES))),
    propensity: propensity(real, synthetic, bits),
    ...(holdout === undefined ? {} : { propensityOfHoldout: propensity(real, holdout, bits) }),
    models,
    rules: ruleBreaks(real, synthetic),
    ...(holdout === undefined ? {} : { rulesOfHoldout: ruleBreaks(real, holdout) })
  }
})

const summary = (list: ReadonlyArray<number>) => ({
  mean: list.length === 0 ? 0 : list.reduce((sum, value) => sum + value, 0) / list.length,
  worst: list.reduce((most, value) => Math.max(most, value), 0),
  sets: list.length
})

const marginalScore = (variations: ReadonlyArray<number>): number => 1000 * (1 - summary(variations).mean)

function setsOf(d: number, ways: number): ReadonlyArray<ReadonlyArray<number>> {
  const sets: Array<ReadonlyArray<number>> = []
  for (let a = 0; a < d; a++)
    for (let b = a + 1; b < d; b++) {
      if (ways === 2) sets.push([a, b])
      else for (let c = b + 1; c < d; c++) sets.push([a, b, c])
    }
  return sets
}

const some = <A>(list: ReadonlyArray<A>, n: number, bits: BitSource): ReadonlyArray<A> =>
  list.length <= n ? list : [...drawRows(list.length, n, bits)].map((i) => list[i]!)

function subsampleScore(
  real: CodedTable,
  triples: ReadonlyArray<ReadonlyArray<number>>,
  share: number,
  bits: BitSource
): number {
  const rows = drawRows(real.rows, Math.max(1, Math.round(share * real.rows)), bits)
  return marginalScore(
    triples.map((triple) => totalVariation(cellShares(real, triple), cellShares(real, triple, rows)))
  )
}

/** Linear between the shares; 0 below the least, 1 above the greatest. */
function shareAt(subsamples: ReadonlyArray<{ readonly share: number; readonly score: number }>, score: number): number {
  const above = subsamples.findIndex((one) => one.score >= score)
  if (above === 0) return 0
  if (above < 0) return 1
  const [low, high] = [subsamples[above - 1]!, subsamples[above]!]
  return low.share + ((high.share - low.share) * (score - low.score)) / (high.score - low.score)
}

function targetsOf({ columns }: CodedTable, named: string | undefined): ReadonlyArray<number> {
  const at = columns.findIndex(({ name }) => name === named)
  if (at >= 0) return [at]
  const few = columns.flatMap(({ kind, size }, c) => (kind === "category" && size >= 3 && size <= 12 ? [c] : []))
  return few.slice(-2)
}
