import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Effect } from "effect"

/** A declared licence with the categories of its stream. */
export interface LicenceTerms {
  readonly licence: object | null
  readonly categories: Readonly<Record<string, string>>
}

/** The ordinal of these terms in `_assay.licence`; equal terms share one, from 1 upward. Call it inside a transaction. */
export const internLicence = Effect.fnUntraced(function* (session: Session, terms: LicenceTerms) {
  const text = canonicalJson(terms)
  const known = yield* session.query<{ ordinal: number }>(
    "select ordinal from _assay.licence where terms = $terms order by ordinal limit 1",
    { terms: text }
  )
  if (known[0] !== undefined) return known[0].ordinal
  const last = yield* session.query<{ n: number }>("select coalesce(max(ordinal), 0) as n from _assay.licence")
  const ordinal = last[0]!.n + 1
  yield* session.run("insert into _assay.licence (ordinal, terms) values ($ordinal, $terms)", { ordinal, terms: text })
  return ordinal
})
