import type { CodedTable } from "./synthTables.ts"

/**
 * Trains a logistic regression on one-hot codes (stochastic gradient, 12 passes, falling rate, a little shrinkage) and returns the
 * area under the curve on other rows. The larger code of the target that the training rows have is the positive one.
 */
export function logisticAuc(train: CodedTable, test: CodedTable, target: number): number {
  const offsets: Array<number> = []
  let features = 0
  train.sizes.forEach((size, c) => {
    offsets[c] = features
    if (c !== target) features += size
  })
  const weights = new Float64Array(features + 1)
  const score = (table: CodedTable, i: number): number => {
    let sum = weights[features]!
    for (let c = 0; c < offsets.length; c++) if (c !== target) sum += weights[offsets[c]! + table.columns[c]![i]!]!
    return sum
  }
  let step = 0
  for (let pass = 0; pass < 12; pass++) {
    for (let k = 0; k < train.rows; k++) {
      const i = (k * 7919 + pass) % train.rows
      const truth = train.columns[target]![i] === 1 ? 1 : 0
      const rate = 0.1 / Math.sqrt(1 + step++ / train.rows)
      const miss = rate * (truth - 1 / (1 + Math.exp(-score(train, i))))
      weights[features]! += miss
      for (let c = 0; c < offsets.length; c++) {
        if (c === target) continue
        const at = offsets[c]! + train.columns[c]![i]!
        weights[at] = weights[at]! * (1 - rate * 1e-4) + miss
      }
    }
  }
  const order = Array.from({ length: test.rows }, (_, i) => ({
    score: score(test, i),
    truth: test.columns[target]![i] === 1
  })).sort((a, b) => a.score - b.score)
  let [negatives, ranked, positives] = [0, 0, 0]
  for (const { truth } of order) {
    if (truth) {
      positives++
      ranked += negatives
    } else negatives++
  }
  return ranked / (positives * negatives)
}
