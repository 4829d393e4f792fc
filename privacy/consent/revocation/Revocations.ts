import { Clock, Context, Effect, Layer } from "effect"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { Affected } from "./Affected.ts"
import { eraseSubject } from "./eraseSubject.ts"
import { freezeSubject } from "./freezeSubject.ts"
import type { Receipt, RevocationDocument } from "./Receipt.ts"
import { settleFrozen } from "./settleFrozen.ts"

/**
 * Takes back what a subject allowed: ACTIVE -> FROZEN at once; WITHDRAWN when everything was made again without them; ERASED when nothing
 * of them is left. Only a new grant makes a frozen subject active again.
 */
export class Revocations extends Context.Service<
  Revocations,
  {
    /**
     * Freezes a subject and everything with rows of theirs. When it returns, the revocation is durable and in the log.
     *
     * @param grant digest or id of the grant in force; left out, whatever is in force
     */
    revoke(subj: number, grant?: string): Effect.Effect<Receipt, RecordsError>
    /** Marks those as WITHDRAWN who were frozen up to an epoch, after everything was made again without them. Gives how many. */
    settle(epoch: number): Effect.Effect<number, RecordsError>
    /** Destroys a subject's salt and names, for ever; what was not frozen is first. The warehouse is emptied by who calls this. */
    erase(subj: number): Effect.Effect<{ readonly operation: string; readonly epoch: number }, RecordsError>
  }
>()("privacy/Revocations") {
  static readonly layer: Layer.Layer<Revocations, never, Records | Log | Affected> = Layer.effect(
    Revocations,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const affected = yield* Affected
      const seconds = Effect.map(Clock.currentTimeMillis, (millis) => Math.floor(millis / 1000))

      const revoke = Effect.fn("Revocations.revoke")(function* (subj: number, grant?: string) {
        const now = yield* seconds
        const { operation, document, salt } = yield* records.write((db) =>
          freezeSubject(db, log, affected, { subj, grant, now })
        )
        const { size, root } = yield* log.drain
        const { index, proof } = yield* log.prove(operation)
        const { epoch, at, frozen } = JSON.parse(document) as RevocationDocument
        return {
          index,
          epoch,
          root,
          size,
          frozen,
          operation,
          at,
          document,
          proof,
          salt: Buffer.from(salt).toString("hex"),
          key: log.key.verifier
        } satisfies Receipt as Receipt
      })
      const settle = Effect.fn("Revocations.settle")(function* (epoch: number) {
        const now = yield* seconds
        const settled = yield* records.write((db) => settleFrozen(db, log, epoch, now))
        yield* log.drain
        return settled
      })
      const erase = Effect.fn("Revocations.erase")(function* (subj: number) {
        const now = yield* seconds
        const erased = yield* records.write((db) => {
          freezeSubject(db, log, affected, { subj, grant: undefined, now })
          return eraseSubject(db, log, subj, now)
        })
        yield* log.drain
        return erased
      })
      return Revocations.of({ revoke, settle, erase })
    })
  )
}
