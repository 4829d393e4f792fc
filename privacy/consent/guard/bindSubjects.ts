import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import type { DeclaredTerms } from "./declaredTerms.ts"

/**
 * Gives every subject of a relation its ordinal, and a licence under declared terms. Afterwards the temporary table `bound` holds
 * `(id, subj, lic)`; id is null and subj 0 for records about nobody. Set by set, inside the caller's transaction.
 *
 * @param subjects SQL that yields one varchar column `id`
 * @param bound    quoted name of the table to make
 */
export const bindSubjects = Effect.fn("bindSubjects")(function* (
  session: Session,
  subjects: string,
  bound: string,
  { ordinal, nbf, exp, evidence }: DeclaredTerms
) {
  yield* session.run(
    `create temp table ${bound} as select distinct id, 0::uinteger as subj, 0::uinteger as lic from (${subjects})`
  )
  yield* session.run(
    `insert into _base.subject (subj, id)
     select (select coalesce(max(subj), 0) from _base.subject) + row_number() over (order by id), id
     from ${bound} anti join _base.subject using (id) where id is not null`
  )
  yield* session.run(`update ${bound} as b set subj = s.subj from _base.subject as s where s.id = b.id`)
  if (ordinal === 0) return
  yield* session.run(
    `insert into _base.licence (lic, subj, declared, terms, nbf, exp, state, evidence)
     select (select coalesce(max(lic), 0) from _base.licence) + row_number() over (order by subj), subj, $ordinal, $ordinal, $nbf, $exp, 0, $evidence
     from ${bound} anti join (select subj from _base.licence where declared = $ordinal) using (subj)`,
    { ordinal, nbf, exp, evidence }
  )
  yield* session.run(
    `update ${bound} as b set lic = l.lic from _base.licence as l where l.subj = b.subj and l.declared = $ordinal`,
    { ordinal }
  )
})
