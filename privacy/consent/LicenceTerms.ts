import type { Action, Evidence } from "./Operation.ts"

/** How far a permission goes beyond what masks can say. */
export interface RuleLimits {
  /** Whether what is made may be passed on. */
  readonly onward: boolean
  /** Countries (ISO 3166) to which what is made may go; left out, any. */
  readonly territory?: ReadonlyArray<string>
  /** The smallest group that may appear in what is made. */
  readonly minK?: number
  /** The largest privacy loss of what is made, in millionths of epsilon. */
  readonly maxEpsilon?: number
}

/** One rule of a licence. An empty list means all in a prohibition and none in a permission, but `*` in a permission also means all. */
export interface LicenceRule {
  readonly effect: "permit" | "prohibit"
  readonly actions: ReadonlyArray<Action>
  readonly purposes: ReadonlyArray<string>
  readonly recipients: ReadonlyArray<string>
  readonly categories: ReadonlyArray<string>
  /** Of a permission; left out, it has none. A prohibition holds whatever stands here. */
  readonly limits?: RuleLimits
}

/** What a licence says, whoever it is of. Prohibit beats permit; no rules permit nothing. */
export interface LicenceTerms {
  readonly rules: ReadonlyArray<LicenceRule>
  /** First second in force. */
  readonly nbf: number
  /** First second no longer in force. */
  readonly exp: number
  readonly evidence: Evidence
}
