import type { BitSource } from "#core/random/BitSource.ts"
import { rankTest } from "../statistic/rankTest.ts"
import type { CodedTable } from "../table/CodedTable.ts"
import { drawRows } from "../table/drawRows.ts"
import { pickRows } from "../table/pickRows.ts"
import { boostedTrees } from "./boostedTrees.ts"

/** What a model learnt from synthetic rows is worth on real ones, beside one learnt from real rows. */
export interface TrainedOn {
  readonly auc: number
  readonly low: number
  readonly high: number
}

export interface TrainAndTest {
  /** the column that is predicted: whether it holds its commonest code among the real rows or not */
  readonly target: string
  readonly real: TrainedOn
  readonly synthetic: TrainedOn
  readonly testRows: number
}

const ROWS = 20_000

/**
 * Trains trees on real and on synthetic rows and tests both on real rows that neither saw: the holdout, or a third of the real
 * file.
 * @param target  number of the column; its code is cut into the commonest and the rest
 * @param bits    seeded
 */
export function trainAndTest(
  {
    real,
    synthetic,
    holdout
  }: { readonly real: CodedTable; readonly synthetic: CodedTable; readonly holdout?: CodedTable },
  target: number,
  bits: BitSource
): TrainAndTest {
  const order = drawRows(real.rows, real.rows, bits)
  const cut = holdout === undefined ? Math.floor((real.rows * 2) / 3) : real.rows
  const capped = (table: CodedTable): CodedTable =>
    table.rows <= ROWS ? table : pickRows(table, drawRows(table.rows, ROWS, bits))
  const train = pickRows(real, order.slice(0, Math.min(cut, ROWS)))
  const test = capped(holdout ?? pickRows(real, order.slice(cut)))
  const common = commonest(real.columns[target]!.codes, real.columns[target]!.size)
  const features = (table: CodedTable): ReadonlyArray<Uint16Array> =>
    table.columns.flatMap(({ codes }, c) => (c === target ? [] : [codes]))
  const labels = (table: CodedTable): Uint8Array =>
    Uint8Array.from(table.columns[target]!.codes, (code) => (code === common ? 1 : 0))
  const truth = labels(test)
  const score = (table: CodedTable): TrainedOn => {
    const model = boostedTrees(
      features(table),
      labels(table),
      Uint32Array.from({ length: table.rows }, (_, i) => i)
    )
    const sides = [0, 1].map((side) =>
      Float64Array.from(
        [...truth.keys()].filter((row) => truth[row] === side),
        (row) => model.predict(features(test), row)
      )
    )
    const { auc, low, high } = rankTest(sides[1]!, sides[0]!)
    return { auc, low, high }
  }
  return {
    target: real.columns[target]!.name,
    real: score(train),
    synthetic: score(capped(synthetic)),
    testRows: test.rows
  }
}

function commonest(codes: Uint16Array, size: number): number {
  const counts = new Uint32Array(size)
  for (const code of codes) counts[code]! += 1
  return counts.indexOf(counts.reduce((a, b) => Math.max(a, b), 0))
}
