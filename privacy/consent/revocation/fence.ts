import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Consent } from "../Consent.ts"

/**
 * Asks, right before something is published, whether anyone in it was frozen after the epoch under which its rows were read. Snapshots keep a run
 * from seeing a freeze by itself, so whoever publishes asks; on a hit it drops what it staged and begins again.
 *
 * @param table quoted name of what is staged; it must carry `_lic`
 * @param epoch of the permit
 * @returns     whether it may be published
 */
export const fence = Effect.fn("fence")(function* (session: Session, table: string, epoch: number) {
  const consent = yield* Consent
  const frozen = yield* (yield* Records).read((db) => consent.frozenSince(db, epoch))
  if (frozen.length === 0) return true
  const [hit] = yield* session.query<{ n: number }>(
    `select count(*) as n from (${subjectsOf(table)}) where list_contains($frozen::uinteger[], subj)`,
    { frozen }
  )
  return hit!.n === 0
})

/** SQL of every subject whose licence a row of a relation was made under, also as one of several. */
const subjectsOf = (table: string): string =>
  `select distinct p.subj from (select distinct _lic from ${table}) r
   join _base.licence l on l.lic = r._lic
   join _base.licence p on p.lic = l.lic or list_contains(l.parts, p.lic)
   where p.subj > 0`
