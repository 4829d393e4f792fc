import type { LicenceTerms } from "../LicenceTerms.ts"
import type { Action, Evidence } from "../Operation.ts"

/** What a source file says may be done with a stream's records. */
export interface DeclaredLicence {
  readonly actions: ReadonlyArray<Action>
  readonly purposes: ReadonlyArray<string>
  readonly recipients: ReadonlyArray<string>
  /** The last day, ISO. */
  readonly expires?: string
}

/** A declared licence as it is put on records. */
export interface DeclaredTerms {
  /** Ordinal in `_assay.licence`; 0 for records whose source declares no licence, which permits nothing. */
  readonly ordinal: number
  readonly nbf: number
  readonly exp: number
  readonly evidence: Evidence
}

/** The year 9999: a licence without an end. */
const never = 253_402_300_800

/** First second after the last day. */
export const endOf = (expires: string | undefined): number =>
  expires === undefined ? never : Date.parse(`${expires}T00:00:00Z`) / 1000 + 86_400

/**
 * What a declared licence permits. Whatever evidence the file names, it is the controller's own word, E1. It is about every category that
 * the file declares: fields without one stay inside the house by another rule.
 *
 * Records about nobody, of a stream without subject and licence, are the house's own: they restrict nothing that they are joined to.
 */
export function declaredTerms(licence: DeclaredLicence | null): LicenceTerms {
  if (licence === null) {
    const all = ["*"]
    const actions = ["store", "derive", "aggregate", "train", "display", "share", "sell"] as const
    return {
      rules: [{ effect: "permit", actions, purposes: all, recipients: all, categories: all }],
      nbf: 0,
      exp: never,
      evidence: 3
    }
  }
  const { actions, purposes, recipients, expires } = licence
  // Who may get a result may also see it made; the house itself is never outside.
  const known = [...new Set(["internal", ...recipients])]
  return {
    rules: [{ effect: "permit", actions, purposes, recipients: known, categories: ["*"] }],
    nbf: 0,
    exp: endOf(expires),
    evidence: 1
  }
}
