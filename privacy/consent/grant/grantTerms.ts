import type { LicenceTerms } from "../LicenceTerms.ts"
import type { Evidence } from "../Operation.ts"
import type { Grant } from "./Grant.ts"

/** What a grant says as terms of a licence. */
export const grantTerms = (grant: Grant): LicenceTerms => ({
  rules: grant.rules.map(({ effect, actions, purposes, recipientClass, categories, ...limits }) => ({
    effect,
    actions,
    purposes,
    recipients: recipientClass,
    categories,
    ...(effect === "permit" ? { limits } : {})
  })),
  nbf: grant.nbf,
  exp: grant.exp,
  evidence: Number(grant.evidence.kind.slice(1)) as Evidence
})
