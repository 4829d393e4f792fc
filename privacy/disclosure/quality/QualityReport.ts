import type { Propensity } from "./propensity.ts"
import type { RuleBreaks } from "./ruleBreaks.ts"
import type { TrainAndTest } from "./trainAndTest.ts"

export interface ColumnQuality {
  readonly name: string
  readonly kind: "number" | "category"
  readonly totalVariation: number
  /** shares of the commonest codes (or of all bins), real and synthetic; a code is a rank and never a value */
  readonly real: ReadonlyArray<number>
  readonly synthetic: ReadonlyArray<number>
}

/** How near the synthetic rows are to the real ones. Exact figures of real data: for the steward. */
export interface QualityReport {
  readonly columns: ReadonlyArray<ColumnQuality>
  /** mean and largest total variation over 1, 2 and 3 columns together, and of how many sets */
  readonly marginals: ReadonlyArray<{
    readonly ways: number
    readonly mean: number
    readonly worst: number
    readonly sets: number
  }>
  /** total variation of each pair, row by row; 0 on the diagonal, NaN where not looked at */
  readonly pairs: ReadonlyArray<ReadonlyArray<number>>
  /** Cramer's V of each pair */
  readonly association: { readonly meanDifference: number; readonly worstDifference: number }
  /** 1000 x (1 - mean 3-way total variation) */
  readonly marginalScore: number
  /** the same score of random subsamples of the real file, by their share */
  readonly subsamples: ReadonlyArray<{ readonly share: number; readonly score: number }>
  /** the share of the real file whose sampling error is as large; an independent file of its size reaches one third */
  readonly asGoodAsShare: number
  readonly propensity: Propensity
  /** of holdout rows against real ones: what chance alone gives */
  readonly propensityOfHoldout?: Propensity
  readonly models: ReadonlyArray<TrainAndTest>
  readonly rules: RuleBreaks
  /** of holdout rows: what chance alone breaks */
  readonly rulesOfHoldout?: RuleBreaks
}
