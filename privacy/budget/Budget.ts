import { Clock, Context, Effect, Layer } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { Answer } from "./Answer.ts"
import type { BudgetState } from "./BudgetState.ts"
import type { CapRaise } from "./CapRaise.ts"
import type { Charge } from "./Charge.ts"
import type { Hold } from "./Hold.ts"
import { firmHold } from "./firmHold.ts"
import { holdCharge } from "./holdCharge.ts"
import { releaseHold } from "./releaseHold.ts"
import type { LedgerEntry } from "./LedgerEntry.ts"
import { approveRaise, limitSub, readRaises } from "./limitSub.ts"
import { readBudget } from "./readBudget.ts"
import { readLedger } from "./readLedger.ts"
import { reserveCharge } from "./reserveCharge.ts"
import type { SubCap } from "./SubCap.ts"

/** Every subject of every source of a home; that two sources share nobody is never inferred. */
const POPULATION = "home"

/**
 * The ledger of privacy loss, one cap over all products, buyers and time. Reserve, run, commit; there is no refund once
 * data was read, and an open reservation counts as spent.
 */
export class Budget extends Context.Service<
  Budget,
  {
    /**
     * Charges a plan for a period, or returns the entry it has already. Open: run it under that charge. Committed: give
     * `find`'s answer. Fails with Refused `budget.exhausted` and writes nothing if the cap would be passed.
     */
    reserve(ask: Charge): Effect.Effect<LedgerEntry, RecordsError>
    /**
     * Inside the transaction that publishes the version: closes the reservation and stores the answer. False if it was
     * closed before: then another draw was published, and the caller's must not leave the process.
     */
    commit(
      db: Db,
      releaseId: string,
      at: string,
      answer?: { readonly version: string; readonly certificate: string }
    ): boolean
    /**
     * Inside the transaction that takes an order: keeps free what its release will cost. `Refused` if the cap, less all that is spent and
     * held, does not allow it. Whoever reserves with its id spends it.
     */
    hold(db: Db, hold: Hold, at: string): void
    /** Inside the transaction that notes the payment: the hold lapses no longer. `Refused` if it has lapsed. */
    firm(db: Db, id: string, at: string): void
    /** Gives a hold back; nothing happens to one that was charged or given back before. */
    letGo(db: Db, id: string, at: string): void
    /**
     * Limits one buyer or product from now on; what it has spent counts. A lower cap holds at once; a higher one than now waits for another
     * than `by` to approve it, and is returned.
     */
    limit(sub: SubCap, by?: string): Effect.Effect<CapRaise | undefined, RecordsError>
    /** Approves a raise that waits, and sets the cap; `Refused` to who asked for it. */
    approve(id: string, by: string): Effect.Effect<CapRaise, RecordsError>
    /** Raises that wait for another's approval. */
    readonly raises: Effect.Effect<ReadonlyArray<CapRaise>, RecordsError>
    /** Reservations that were never committed, to be run again under the same charge. */
    readonly open: Effect.Effect<ReadonlyArray<LedgerEntry>, RecordsError>
    /** The stored answer of a plan in a period. */
    find(planHash: string, period: string): Effect.Effect<Answer | undefined, RecordsError>
    readonly spent: Effect.Effect<BudgetState, RecordsError>
    readonly ledger: Effect.Effect<ReadonlyArray<LedgerEntry>, RecordsError>
  }
>()("privacy/Budget") {
  static readonly layer: Layer.Layer<Budget, never, Records | Log> = Layer.effect(
    Budget,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const note = (db: Db, type: "budget" | "release", operation: string, details: object): void =>
        log.append(db, { type, operation, commitment: sha256Hex(canonicalJson(details)) })

      const reserve = Effect.fn("Budget.reserve")(function* (ask: Charge) {
        const at = new Date(yield* Clock.currentTimeMillis).toISOString()
        return yield* records.write((db) => {
          const { entry, fresh } = reserveCharge(db, POPULATION, ask, at)
          if (fresh) note(db, "budget", entry.releaseId, entry)
          return entry
        })
      })
      const commit: Budget["Service"]["commit"] = (db, releaseId, at, answer) => {
        const entry = readLedger(db, { releaseId })[0]
        if (entry === undefined) throw new RangeError("a release commits only what it has reserved")
        if (entry.committedAt !== null) return false
        db.run("insert into budget_commit (release_id, committed_at) values ($releaseId, $at)", { releaseId, at })
        if (answer !== undefined) {
          db.run(
            `insert into answer (plan_hash, period, release_id, version, certificate)
             values ($planHash, $period, $releaseId, $version, $certificate)`,
            { planHash: entry.planHash, period: entry.period, releaseId, ...answer }
          )
        }
        note(db, "release", releaseId, { releaseId, version: answer?.version })
        return true
      }
      const find = Effect.fn("Budget.find")((planHash: string, period: string) =>
        records.read((db) =>
          db.get<Answer>(
            `select plan_hash as planHash, period, release_id as releaseId, version, certificate
             from answer where plan_hash = $planHash and period = $period`,
            { planHash, period }
          )
        )
      )
      const limit = Effect.fn("Budget.limit")(function* (sub: SubCap, by?: string) {
        const at = new Date(yield* Clock.currentTimeMillis).toISOString()
        const { scope, name, rhoUnits } = sub
        return yield* records.write((db) => {
          const raise = limitSub(db, POPULATION, sub, by, at)
          const what = { scope, name, rhoUnits: String(rhoUnits), at }
          if (raise === undefined) note(db, "budget", `${scope} ${name}`, what)
          else note(db, "budget", `raise ${raise.id}`, { ...what, id: raise.id, by })
          return raise
        })
      })
      const approve = Effect.fn("Budget.approve")(function* (id: string, by: string) {
        const at = new Date(yield* Clock.currentTimeMillis).toISOString()
        return yield* records.write((db) => {
          const raise = approveRaise(db, POPULATION, id, by, at)
          note(db, "budget", `approve ${id}`, { ...raise, rhoUnits: String(raise.rhoUnits), by, at })
          return raise
        })
      })
      return Budget.of({
        hold: (db, hold, at) => {
          holdCharge(db, POPULATION, hold, at)
          note(db, "budget", `hold ${hold.id}`, { ...hold, rhoUnits: String(hold.rhoUnits), at })
        },
        firm: (db, id, at) => firmHold(db, id, at),
        letGo: (db, id, at) => {
          if (releaseHold(db, id, at)) note(db, "budget", `hold ${id}`, { released: id, at })
        },
        reserve,
        limit,
        approve,
        raises: records.read((db) => readRaises(db, POPULATION)),
        commit,
        find,
        open: records.read((db) => readLedger(db, { openOnly: true })),
        spent: Effect.flatMap(Clock.currentTimeMillis, (now) =>
          records.read((db) => readBudget(db, POPULATION, new Date(now).toISOString()))
        ),
        ledger: records.read((db) => readLedger(db))
      })
    })
  )
}
