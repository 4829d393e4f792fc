import type { Rational } from "../sampler/Rational.ts"
import type { KeySource } from "./KeySource.ts"
import type { PublicDomain } from "./PublicDomain.ts"

/** One key column: where it comes from and who chooses its values. */
export interface PlannedKey {
  readonly name: string
  readonly source: KeySource
  /** absent: the values are selected privately */
  readonly domain?: PublicDomain
}

/** What is made of the subjects' clamped sums in a group, instead of their total. All in steps. */
export type Statistic =
  /** sums are taken around `center`, so that `linf` is half of the range */
  | { readonly kind: "mean" | "variance"; readonly center: number }
  /** candidate i is lower + i width, `candidates` of them; the probability is over / under */
  | {
      readonly kind: "quantile"
      readonly over: number
      readonly under: number
      readonly width: number
      readonly candidates: number
    }
  /** the subjects whose value lies in one of `candidates` bands of `width`; band 0 holds the lower bound alone */
  | { readonly kind: "bands"; readonly place: number; readonly width: number; readonly candidates: number }

/** One measure before noise is fixed. Bounds are in steps of its grid, integers. */
export interface PlannedMeasure {
  readonly name: string
  readonly kind: "rows" | "subjects" | "sum"
  readonly column?: string
  readonly columnType?: string
  readonly lower: number
  readonly upper: number
  /** the value of one step; 1 for counts and integer columns */
  readonly step: number
  readonly currency?: string
  /** the rows' currency must equal `currency` for the row to count */
  readonly restrictCurrency: boolean
  readonly weight: number
  /** what one subject can change in one group */
  readonly linf: number
  /** absent: the total itself is published; else what is made of the subjects' values */
  readonly statistic?: Statistic
  /** one of several columns that share a charge and are drawn together: the place of the first of them in `measures` */
  readonly together?: number
  /** which bounds a charged mechanism finds first; until they are found, others stand in for them as a scale */
  readonly range?: { readonly lower: boolean; readonly upper: boolean; readonly found?: true }
}

/** What is released, apart from how much noise it gets. */
export interface AggregateShape {
  readonly asset: string
  readonly keys: ReadonlyArray<PlannedKey>
  readonly measures: ReadonlyArray<PlannedMeasure>
  readonly l0: number
  /** the unit is a subject's month: only rows of one month are read, by this column, and each month once */
  readonly time?: { readonly column: string; readonly columnType: string }
  /** a selected key has at least so many subjects */
  readonly minSubjects: number
  readonly epsilon: number
  readonly delta: number
  readonly top?: { readonly by: string; readonly k: number; readonly peel?: true }
  /** coarser groupings measured beside the cells: places of their keys in `keys` */
  readonly levels?: ReadonlyArray<ReadonlyArray<number>>
}

/** The noise on one measure; `variance` and `halfWidth` are in squared steps and steps. */
export interface MeasureNoise {
  readonly name: string
  readonly rhoUnits: bigint
  readonly variance: Rational
  /** 95 % of draws lie within this many steps of zero */
  readonly halfWidth: number
  /** of a mean or variance: the noise on the number of subjects with a value, and on their squares */
  readonly moments?: { readonly countVariance: Rational; readonly squareVariance?: Rational }
  /** of a quantile: the loss of one choice by the exponential mechanism */
  readonly choice?: Rational
  /** of a quantile: what pays for its interval, a choice for each end and the number of subjects with a value */
  readonly ends?: { readonly choice: Rational; readonly countVariance: Rational }
  /** of a measure whose bounds are found first: part of `rhoUnits` */
  readonly range?: RangeNoise
}

/** The noise on a histogram of powers of two, and the count from which one of its bins is taken to be inhabited. */
export interface RangeNoise {
  readonly rhoUnits: bigint
  readonly variance: Rational
  readonly threshold: number
}

/** How the cells of a peeled top are chosen: each of k choices costs `epsilon`, pure. */
export interface PeelNoise {
  readonly rhoUnits: bigint
  readonly epsilon: Rational
}

/** How keys are selected: kept when at least `minSubjects` and noisy count - (minSubjects - 1) >= tau. */
export interface KeyNoise {
  readonly rhoUnits: bigint
  readonly delta: number
  readonly variance: Rational
  readonly tau: number
}

/** The split of one release's privacy loss. `chargeUnits` is what the ledger takes, a census included. */
export interface NoisePlan {
  readonly chargeUnits: bigint
  readonly censusUnits: bigint
  readonly selection?: KeyNoise
  readonly peel?: PeelNoise
  readonly measures: ReadonlyArray<MeasureNoise>
  /** per level, per measure: the variance of the noise on a total of that level */
  readonly levels?: ReadonlyArray<ReadonlyArray<Rational>>
}

export interface Prediction {
  readonly subjects: number
  readonly source: "declared" | "paid" | "census"
  /** cells that are expected to be published */
  readonly cells: number
  /** selected keys that are expected to be kept; absent without `dp` keys */
  readonly keptKeys?: number
  readonly measures: ReadonlyArray<{
    readonly name: string
    /** expected absolute error of a cell, in the measure's own unit */
    readonly absoluteError: number
    readonly medianRelativeError: number
    /** bounds are yet to be found: the absolute error is that of a stand-in and says nothing yet */
    readonly standIn?: true
  }>
}

/** A release that was checked against every rule and can be run. */
export interface AggregatePlan {
  /** SHA-256 of the canonical JSON of what is asked: not of public knowledge, so that a census does not change it */
  readonly hash: string
  readonly shape: AggregateShape
  readonly noise: NoisePlan
  /** absent: nothing is known about the population yet, a census is due before the release may run */
  readonly prediction?: Prediction
}
