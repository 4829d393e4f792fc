import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Consent } from "../Consent.ts"
import { compileRules } from "../decide/compileRules.ts"
import type { Recipients } from "../decide/compileRules.ts"
import { declaredTerms } from "./declaredTerms.ts"
import type { DeclaredLicence } from "./declaredTerms.ts"
import { refreshParts } from "./internParts.ts"
import { grantTerms } from "./licenceTables.ts"
import { writeRules } from "./licenceRules.ts"

const states = { ACTIVE: 0, FROZEN: 1, WITHDRAWN: 2, ERASED: 3 } as const
const enrolAtOnce = 10_000

/**
 * Brings the licences of the warehouse up to what the records say: salts for new subjects, masks for new terms, grants and freezes since the
 * last time. Returns the epoch that they stand at and an ordinal that no licence is above. Cheap when nothing changed.
 */
export const syncLicences = Effect.fn("syncLicences")(function* (
  warehouse: Warehouse["Service"],
  consent: Consent["Service"]
) {
  yield* enrolNew(warehouse, consent)
  const [last] = yield* warehouse.query<{ epoch: number; lic: number }>("select epoch, lic from _base.synced")
  // Ordinals only grow: with what is known already, the engine need not look at old rows.
  const [now] = yield* warehouse.query<{ lic: number }>(
    "select coalesce(max(lic), $known) as lic from _base.licence where lic >= cast($known as uinteger)",
    { known: last?.lic ?? 0 }
  )
  // The epoch first: a change that comes in between is found now and found again, never missed.
  const epoch = yield* consent.epoch
  const fresh = now!.lic > (last?.lic ?? 0)
  const undeclared = yield* warehouse.query<{ ordinal: number; terms: string }>(
    "select ordinal, terms from _assay.licence where ordinal not in (select terms from _base.compiled)"
  )
  if (!fresh && undeclared.length === 0 && last?.epoch === epoch) return { epoch, lic: now!.lic }
  const documents = undeclared.map(({ ordinal, terms }) => ({
    ordinal,
    licence: (JSON.parse(terms) as { licence: DeclaredLicence | null }).licence
  }))
  const parties = documents.flatMap(({ licence }) => licence?.recipients ?? []).filter((id) => id.startsWith("party:"))
  for (const party of new Set(parties)) yield* consent.nameRecipient(party)
  const recipients = yield* consent.recipients
  // Whoever has new licences may have changed long ago.
  const changes = yield* consent.changesSince(fresh ? 0 : (last?.epoch ?? 0))
  yield* warehouse.transaction((session) =>
    Effect.gen(function* () {
      for (const { ordinal, licence } of documents) {
        yield* writeRules(session, ordinal, compileRules(declaredTerms(licence).rules, recipients).masks)
      }
      if (changes.length > 0) yield* applyChanges(session, changes, recipients)
      yield* session.run("delete from _base.synced")
      yield* session.run("insert into _base.synced values ($epoch, $lic)", { epoch, lic: now!.lic })
    })
  )
  return { epoch, lic: now!.lic }
})

const enrolNew = Effect.fnUntraced(function* (warehouse: Warehouse["Service"], consent: Consent["Service"]) {
  let after = yield* consent.lastSubject
  for (;;) {
    const { length, values } = yield* warehouse.columns(
      `select subj, id from _base.subject where subj > $after order by subj limit ${enrolAtOnce}`,
      { after }
    )
    if (length === 0) return
    const ids = values["id"] as ReadonlyArray<string>
    const ordinals = values["subj"] as ReadonlyArray<number>
    yield* consent.enrol(ids.map((id, i) => ({ subj: Number(ordinals[i]), id })))
    after = Number(ordinals[length - 1])
  }
})

/** The last change of each subject holds; licences that were combined with one of theirs follow. */
const applyChanges = Effect.fnUntraced(function* (
  session: Session,
  changes: Effect.Success<ReturnType<Consent["Service"]["changesSince"]>>,
  recipients: Recipients
) {
  const newest = new Map(changes.map((change) => [change.subj, change]))
  const [...compiled] = yield* session.query<{ terms: number }>("select terms from _base.compiled")
  const known = new Set(compiled.map(({ terms }) => terms))
  for (const { terms } of newest.values()) {
    if (terms === undefined || known.has(grantTerms + terms.number)) continue
    known.add(grantTerms + terms.number)
    yield* writeRules(session, grantTerms + terms.number, compileRules(terms.terms.rules, recipients).masks)
  }
  yield* session.script(
    "create or replace temp table changed (subj uinteger, state utinyint, terms uinteger, nbf bigint, exp bigint, evidence utinyint, digest varchar)"
  )
  for (const { subj, state, terms, grant } of newest.values()) {
    yield* session.run("insert into changed values ($subj, $state, $terms, $nbf, $exp, $evidence, $digest)", {
      subj,
      state: states[state],
      terms: terms === undefined ? null : grantTerms + terms.number,
      nbf: terms?.terms.nbf ?? null,
      exp: terms?.terms.exp ?? null,
      evidence: terms?.terms.evidence ?? null,
      digest: grant
    })
  }
  yield* session.run(
    `update _base.licence as l set state = c.state, terms = coalesce(c.terms, l.terms), nbf = coalesce(c.nbf, l.nbf),
       exp = coalesce(c.exp, l.exp), evidence = coalesce(c.evidence, l.evidence), grant_digest = coalesce(c.digest, l.grant_digest)
     from changed c where c.subj = l.subj and l.parts is null`
  )
  yield* refreshParts(
    session,
    "list_has_any(l.parts, (select coalesce(list(lic), []) from _base.licence semi join changed using (subj) where parts is null))"
  )
  yield* session.run("drop table changed")
})
