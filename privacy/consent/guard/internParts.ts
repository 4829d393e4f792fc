import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import { intersectRules } from "../decide/intersectRules.ts"
import type { RuleMasks } from "../decide/RuleMasks.ts"
import { derivedTerms } from "./licenceTables.ts"
import { readRules, writeRules } from "./licenceRules.ts"

/** A row made of records under more licences than this carries none: it exists only within a plan. */
export const mostParts = 16

/**
 * Gives each combination of licences in a relation a licence of its own: what all of them permit, from the latest begin to the earliest end,
 * on the weakest evidence, and frozen when one is.
 *
 * @param combinations SQL that yields one column `parts uinteger[]`, sorted and without repetition
 */
export const internParts = Effect.fn("internParts")(function* (session: Session, combinations: string) {
  yield* session.run(
    `insert into _base.licence (lic, subj, declared, terms, nbf, exp, state, evidence, parts)
     select (select coalesce(max(lic), 0) from _base.licence) + row_number() over (order by parts), null, 0, 0, 0, 0, 0, 1, parts
     from (select distinct parts from (${combinations}) where len(parts) between 2 and ${mostParts})
     anti join (select parts from _base.licence where parts is not null) using (parts)`
  )
  yield* refreshParts(session, "l.terms = 0")
})

/**
 * Works the combined licences out again from their parts.
 *
 * @param which predicate on the combined licence `l` in SQL
 */
export const refreshParts = Effect.fn("refreshParts")(function* (session: Session, which: string) {
  yield* session.script(
    `create or replace temp table combined as
     select l.lic, list_sort(list_distinct(list(p.terms))) as of, max(p.nbf) as nbf, min(p.exp) as exp, max(p.state) as state, min(p.evidence) as evidence,
       case when count(distinct p.subj) filter (where p.subj <> 0) > 1 then null else coalesce(max(p.subj), 0) end as subj,
       count(*) = any_value(len(l.parts)) as whole
     from (select lic, parts, terms, unnest(parts) as part from _base.licence where parts is not null) l
     join _base.licence p on p.lic = l.part where ${which} group by l.lic`
  )
  const missing = yield* session.query<{ of: ReadonlyArray<number> }>(
    "select distinct of from combined where len(of) > 1 and of not in (select of from _base.compiled where of is not null)"
  )
  for (const { of } of missing) {
    let rules: ReadonlyArray<RuleMasks> | undefined
    for (const terms of of) {
      const next = yield* readRules(session, terms)
      rules = rules === undefined ? next : intersectRules(rules, next)
    }
    const [last] = yield* session.query<{ n: number }>(
      "select greatest(coalesce(max(terms), 0) + 1, $first::uinteger) as n from _base.compiled",
      { first: derivedTerms }
    )
    yield* writeRules(session, last!.n, rules ?? [], of)
  }
  yield* session.script(
    `update _base.licence as l set terms = case when not c.whole then 0 when len(c.of) = 1 then c.of[1] else k.terms end, nbf = c.nbf,
       exp = c.exp, state = c.state, evidence = c.evidence, subj = c.subj
     from combined c left join _base.compiled k on k.of = c.of where l.lic = c.lic;
     drop table combined`
  )
})
