import type { Refused } from "#core/Refused.ts"
import { compileRules } from "../decide/compileRules.ts"
import type { Recipients } from "../decide/compileRules.ts"
import type { Grant } from "./Grant.ts"
import { grantTerms } from "./grantTerms.ts"
import { refuse } from "./readToken.ts"

/** What the records know when a grant arrives. */
export interface ChainHead {
  /** Last accepted place in the subject's chain; 0 before the first. */
  readonly seq: number
  readonly head: string | null
  /** This very grant was accepted before. */
  readonly known: boolean
  /** The house gave this nonce to this subject, and it still holds. */
  readonly fresh: boolean
}

/**
 * The first rule that stands against a well signed grant, or undefined. A rule that this house cannot enforce is a reason to refuse: taking
 * it and not keeping it would be worse.
 *
 * @param now whole seconds
 */
export function checkGrant(grant: Grant, now: number, chain: ChainHead, recipients: Recipients): Refused | undefined {
  if (chain.known) return refuse("replayed", "was accepted before")
  if (grant.exp <= now) return refuse("expired", "has expired")
  if (grant.exp <= grant.nbf) return refuse("period", "ends before it begins")
  if (grant.seq !== chain.seq + 1) return refuse("order", "is not the next of its subject's chain")
  if (grant.prev !== chain.head) return refuse("chain", "does not follow the grant before it")
  if (!chain.fresh) return refuse("nonce", "was not drafted by this house within the last ten minutes")
  if (grant.evidence.kind === "E1") {
    return refuse("evidence", "rests on the controller's word, which is declared in source files and not granted")
  }
  const rules = grant.rules
  if (rules.some(({ effect }) => effect === "permit") && !grant.separateConsent && sharesOutside(grant)) {
    return refuse("separate_consent", "shares with third parties without consent asked for that alone")
  }
  const { unknown } = compileRules(grantTerms(grant).rules, recipients)
  return unknown.length === 0
    ? undefined
    : refuse(
        "terms",
        `names ${unknown.slice(0, 3).join(", ")}, which the registry does not know`,
        "Use the terms that the draft lists."
      )
}

const sharesOutside = ({ rules }: Grant): boolean =>
  rules.some(
    ({ effect, actions, recipientClass }) =>
      effect === "permit" &&
      (actions.includes("share") || actions.includes("sell")) &&
      recipientClass.some((recipient) => recipient !== "internal")
  )
