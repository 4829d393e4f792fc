import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import type { Db } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { declaredTerms } from "../guard/declaredTerms.ts"
import type { DeclaredLicence } from "../guard/declaredTerms.ts"
import type { LicenceRule, LicenceTerms } from "../LicenceTerms.ts"
import type { Evidence } from "../Operation.ts"
import type { SubjectState } from "../SubjectState.ts"
import type { Grant } from "./Grant.ts"

/** A grant as the records hold it. */
export interface HeldGrant {
  readonly digest: string
  readonly seq: number
  readonly state: SubjectState
  readonly terms: LicenceTerms
  /** Second since 1970. */
  readonly acceptedAt: number
  readonly grant: Grant
}

/** What holds for a subject at a moment. */
export interface InForce {
  readonly state: SubjectState
  /** The subject's own grant; undefined where only the controller's word stands. */
  readonly granted: HeldGrant | undefined
  /** What decides: the terms of the grant, or those of each source that brought records of the subject. Empty once taken back. */
  readonly terms: ReadonlyArray<LicenceTerms>
}

interface GrantRow {
  readonly digest: string
  readonly seq: number
  readonly state: SubjectState
  readonly nbf: number
  readonly exp: number
  readonly evidence: Evidence
  readonly token: string
  readonly document: string
  readonly accepted_at: number
}

/** Every grant of a subject, oldest first. */
export const grantsOf = (db: Db, subj: number): ReadonlyArray<HeldGrant> =>
  db
    .all<GrantRow>(
      `select g.digest, g.seq, g.state, g.nbf, g.exp, g.evidence, g.token, t.document, g.accepted_at
       from consent_grant g join licence_terms t using (terms) where g.subj = $subj and g.token <> '' order by g.seq`,
      { subj }
    )
    .map(({ digest, seq, state, nbf, exp, evidence, token, document, accepted_at }) => ({
      digest,
      seq,
      state,
      terms: { rules: JSON.parse(document) as ReadonlyArray<LicenceRule>, nbf, exp, evidence },
      acceptedAt: accepted_at,
      grant: JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()) as Grant
    }))

/** What holds for a subject, as the records and the sources' declarations say it. */
export const licencesInForce = Effect.fn("licencesInForce")(function* (subj: number, now: number) {
  const { state, grants } = yield* (yield* Records).read((db) => ({
    state: db.get<{ state: SubjectState }>("select state from subject where subj = $subj", { subj })?.state ?? "ERASED",
    grants: grantsOf(db, subj)
  }))
  const head = grants.at(-1)
  const granted = head !== undefined && head.terms.exp > now ? head : undefined
  if (state !== "ACTIVE") return { state, granted, terms: [] } satisfies InForce as InForce
  // Once there was a grant, it is what is asked: the source's word does not come back when it ends.
  if (head !== undefined) {
    return { state, granted, terms: granted === undefined ? [] : [granted.terms] } satisfies InForce as InForce
  }
  const declared = yield* (yield* Warehouse).query<{ terms: string }>(
    `select distinct a.terms from _base.licence l join _assay.licence a on a.ordinal = l.declared
     where l.subj = $subj and l.parts is null and l.declared > 0 order by 1`,
    { subj }
  )
  const terms = declared
    .map(({ terms: text }) => declaredTerms((JSON.parse(text) as { licence: DeclaredLicence | null }).licence))
    .filter(({ exp }) => exp > now)
  return { state, granted, terms } satisfies InForce as InForce
})
