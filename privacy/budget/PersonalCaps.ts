import { Clock, Context, Effect, Layer } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { LedgerEntry } from "./LedgerEntry.ts"

/** What one subject has spent: for that subject alone. */
export interface PersonalSpend {
  /** exact, units of 2^-40; without a cap what a subject that took part in everything would have spent */
  readonly spentUnits: bigint
  /** undefined: the subject has set no cap */
  readonly capUnits: bigint | undefined
  /** releases that the subject took part in; without a cap all there were */
  readonly releases: number
}

/**
 * Caps that subjects have set for themselves, kept by an individual filter: a release costs a subject its whole rho if the
 * subject has rows in what it reads, else nothing, and a subject whose cap that would pass is left out of it. Whether it
 * is left out depends on its own rows and on public charges alone, so the filter holds for releases that are chosen
 * adaptively.
 *
 * How many were left out is private: nothing here returns it but to the release itself.
 * @source Feldman, Zrnic 2021 (arXiv 2008.11193), individual privacy filters
 */
export class PersonalCaps extends Context.Service<
  PersonalCaps,
  {
    /** Sets or changes what one subject allows in all; what it has spent counts. */
    set(subject: string, rhoUnits: bigint): Effect.Effect<void, RecordsError>
    spentOf(subject: string): Effect.Effect<PersonalSpend, RecordsError>
    /** Subjects whose cap leaves no room for a release of so many units, whether or not they have rows in it. */
    without(rhoUnits: bigint): Effect.Effect<ReadonlyArray<string>, RecordsError>
    /** Subjects that have set a cap. */
    readonly capped: Effect.Effect<ReadonlyArray<string>, RecordsError>
    /**
     * Charges a release to the capped subjects that have rows in it, once; a release that goes on after a crash gets the
     * same answer.
     * @param present  of the capped subjects those with rows in what the release reads
     * @returns        those whose cap it would pass: their rows must stay out
     */
    charge(entry: LedgerEntry, present: ReadonlyArray<string>): Effect.Effect<ReadonlyArray<string>, RecordsError>
  }
>()("privacy/PersonalCaps") {
  static readonly layer: Layer.Layer<PersonalCaps, never, Records | Log> = Layer.effect(
    PersonalCaps,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const set = Effect.fn("PersonalCaps.set")(function* (subject: string, rhoUnits: bigint) {
        const at = new Date(yield* Clock.currentTimeMillis).toISOString()
        yield* records.write((db) => {
          db.run(
            `insert into personal_cap (subject, rho_units, set_at) values ($subject, $rhoUnits, $at)
             on conflict do update set rho_units = excluded.rho_units, set_at = excluded.set_at`,
            { subject, rhoUnits, at }
          )
          // The commitment names nobody: a subject's id could be guessed from its bare hash, not from one with the day.
          const commitment = sha256Hex(canonicalJson({ personal: subject, rhoUnits: String(rhoUnits), at }))
          log.append(db, { type: "budget", operation: `personal cap ${at}`, commitment })
        })
      })
      const spentOf = Effect.fn("PersonalCaps.spentOf")((subject: string) => records.read((db) => spendOf(db, subject)))
      const without = Effect.fn("PersonalCaps.without")((rhoUnits: bigint) =>
        records.read((db) =>
          cappedOf(db).filter((subject) => {
            const { spentUnits, capUnits } = spendOf(db, subject)
            return spentUnits + rhoUnits > capUnits!
          })
        )
      )
      const charge = Effect.fn("PersonalCaps.charge")(
        ({ releaseId, rhoUnits }: LedgerEntry, present: ReadonlyArray<string>) =>
          records.write((db) => {
            const there = new Set(present)
            for (const subject of cappedOf(db)) {
              // The release itself is in the ledger already, and counts in full until it is settled here.
              const { spentUnits, capUnits } = spendOf(db, subject)
              const units = there.has(subject) && spentUnits <= capUnits! ? rhoUnits : 0
              db.run(
                `insert into personal_spend (subject, release_id, rho_units) values ($subject, $releaseId, $units)
               on conflict do nothing`,
                { subject, releaseId, units }
              )
            }
            const out = db.all<{ subject: string }>(
              "select subject from personal_spend where release_id = $releaseId and rho_units = 0 order by subject",
              { releaseId }
            )
            return out.map(({ subject }) => subject).filter((subject) => there.has(subject))
          })
      )
      return PersonalCaps.of({
        set,
        spentOf,
        without,
        charge,
        capped: records.read(cappedOf)
      })
    })
  )
}

const cappedOf = (db: Db): ReadonlyArray<string> =>
  db.all<{ subject: string }>("select subject from personal_cap order by subject").map(({ subject }) => subject)

/** A release that was not settled for a subject, such as one from before its cap, counts as if the subject had been in it. */
function spendOf(db: Db, subject: string): PersonalSpend {
  const cap = db.get<{ units: number }>("select rho_units as units from personal_cap where subject = $subject", {
    subject
  })
  const { units, releases } = db.get<{ units: number; releases: number }>(
    `select coalesce(sum(coalesce(s.rho_units, e.rho_units)), 0) as units,
       count(*) filter (where coalesce(s.rho_units, e.rho_units) > 0) as releases
     from budget_entry e left join personal_spend s on s.release_id = e.release_id and s.subject = $subject`,
    { subject }
  )!
  return { spentUnits: BigInt(units), capUnits: cap === undefined ? undefined : BigInt(cap.units), releases }
}
