import type { Action, Evidence } from "./Operation.ts"

/** One rule of a licence. An empty list means all in a prohibition and none in a permission, but `*` in a permission also means all. */
export interface LicenceRule {
  readonly effect: "permit" | "prohibit"
  readonly actions: ReadonlyArray<Action>
  readonly purposes: ReadonlyArray<string>
  readonly recipients: ReadonlyArray<string>
  readonly categories: ReadonlyArray<string>
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
