import type { BitSource } from "#core/random/BitSource.ts"
import { rankTest } from "../statistic/rankTest.ts"
import type { CodedTable } from "../table/CodedTable.ts"
import { drawRows } from "../table/drawRows.ts"
import { pickRows } from "../table/pickRows.ts"
import { boostedTrees } from "./boostedTrees.ts"

/** How well a model tells two files apart that should look alike. */
export interface Propensity {
  /** mean square of (chance of being synthetic - 1/2), of rows the model did not learn from; 0 is best, 0.25 worst */
  readonly pmse: number
  /** 0.5 is best */
  readonly auc: number
  readonly low: number
  readonly high: number
  readonly rows: number
}

const ROWS = 8000

/**
 * Trains trees on one half of both files together to tell them apart, scores the other half, and the other way round.
 * @param bits  seeded
 * @source      Snoke et al. 2018 for pMSE; scored out of sample, so that a large model does not count as a difference
 */
export function propensity(a: CodedTable, b: CodedTable, bits: BitSource): Propensity {
  const n = Math.min(ROWS, a.rows, b.rows)
  const [left, right] = [pickRows(a, drawRows(a.rows, n, bits)), pickRows(b, drawRows(b.rows, n, bits))]
  const columns = left.columns.map(({ codes }, c) => {
    const both = new Uint16Array(2 * n)
    both.set(codes)
    both.set(right.columns[c]!.codes, n)
    return both
  })
  const label = new Uint8Array(2 * n).fill(1, n)
  const half = Math.floor(n / 2)
  const rowsOf = (from: number, to: number): Uint32Array =>
    Uint32Array.from({ length: 2 * (to - from) }, (_, i) => (i < to - from ? from + i : n + from + i - (to - from)))
  const folds = [rowsOf(0, half), rowsOf(half, n)]
  const scores = [new Float64Array(n), new Float64Array(n)]
  let sum = 0
  for (const [i, fold] of folds.entries()) {
    const model = boostedTrees(columns, label, folds[1 - i]!)
    for (const row of fold) {
      const p = model.predict(columns, row)
      sum += (p - 0.5) ** 2
      scores[row < n ? 0 : 1]![row < n ? row : row - n] = p
    }
  }
  const { auc, low, high } = rankTest(scores[1]!, scores[0]!)
  return { pmse: sum / (2 * n), auc, low, high, rows: 2 * n }
}
