import { endOf } from "#privacy/consent/guard/declaredTerms.ts"
import type { DeclaredTerms } from "#privacy/consent/guard/declaredTerms.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Effect } from "effect"
import type { StreamSpec } from "../SourceSpec.ts"
import { internLicence } from "./internLicence.ts"
import type { LicenceTerms } from "./internLicence.ts"

/** What a stream declares, as it is interned. */
export const termsOf = (stream: StreamSpec): LicenceTerms => ({
  licence: stream.licence ?? null,
  categories: stream.categories ?? {}
})

/**
 * The declared terms that a stream's records are put under. Records of a subject without a declared licence have none; records about
 * nobody are the house's own.
 */
export const declaredBy = Effect.fnUntraced(function* (session: Session, stream: StreamSpec) {
  if (stream.licence === undefined && stream.subject !== undefined)
    return { ordinal: 0, nbf: 0, exp: 0, evidence: 1 } satisfies DeclaredTerms as DeclaredTerms
  const ordinal = yield* internLicence(session, termsOf(stream))
  const evidence = stream.licence === undefined ? 3 : 1
  return { ordinal, nbf: 0, exp: endOf(stream.licence?.expires), evidence } satisfies DeclaredTerms as DeclaredTerms
})
