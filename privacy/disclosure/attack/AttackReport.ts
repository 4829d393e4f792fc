import type { RankTest } from "../statistic/rankTest.ts"
import type { Risk } from "../statistic/riskOf.ts"
import type { Trial } from "../statistic/Trial.ts"

export type AttackName =
  | "copies"
  | "near copies"
  | "key values"
  | "singling out"
  | "linkability"
  | "attribute inference"
  | "membership"

/** What one attack did. */
export interface AttackResult extends Risk {
  readonly attack: AttackName
  /** of attribute inference and key values: the column */
  readonly column?: string
  readonly members: Trial
  readonly controls: Trial
  /** p is under this test's share of the false-alarm rate */
  readonly found: boolean
}

export interface Membership extends RankTest {
  /** rate of members named at a rate of controls wrongly named, with 95 % interval */
  readonly atFalseRate: ReadonlyArray<{
    readonly falseRate: number
    readonly rate: number
    readonly low: number
    readonly high: number
  }>
  /** eps that the surest tenth of the guesses refutes with 95 % confidence; 0 refutes nothing */
  readonly epsilonAtLeast: number
  readonly targets: number
  readonly found: boolean
}

export interface AttackReport {
  readonly control: "holdout" | "synthetic half"
  /** chance that a release that used nobody's rows is called leaky at all: the sum over the tests */
  readonly falseAlarmRate: number
  readonly tests: number
  readonly attacks: ReadonlyArray<AttackResult>
  readonly membership: Membership
  /** share of released rows that are nearer to a member than to a control; one half means nothing, and so may any other value */
  readonly nearerToMembers: { readonly share: number; readonly low: number; readonly high: number }
  readonly found: boolean
}
