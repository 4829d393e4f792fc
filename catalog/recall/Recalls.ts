import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { recallsOf } from "./recallsOf.ts"
import type { Recall } from "./recallsOf.ts"

/** What a buyer declared of a version that was called back. */
export interface Attestation {
  /** Canonical JSON: notice, order, artefact, who declared what and when. */
  readonly document: string
  /** Of the house that took it down, Ed25519 over the document, base64url. */
  readonly signature: string
  readonly at: string
}

/** Versions that were called back from their buyers, and what the buyers declared. */
export class Recalls extends Context.Service<
  Recalls,
  {
    /** Notices to one buyer or to all, oldest first. */
    list(buyer?: string): Effect.Effect<ReadonlyArray<Recall>, RecordsError>
    /**
     * Takes down that nothing of a version is left with a buyer. The customers whose rows were in it see who declared it. Repeating it changes
     * nothing; another buyer's notice is unknown.
     *
     * @param by the person who declares it
     */
    attest(notice: string, buyer: string, by: string): Effect.Effect<Attestation, RecordsError>
  }
>()("catalog/Recalls") {
  static readonly layer: Layer.Layer<Recalls, never, Records | Log | Home> = Layer.effect(
    Recalls,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const home = yield* Home
      const attest = Effect.fn("Recalls.attest")(function* (notice: string, buyer: string, by: string) {
        const at = DateTime.formatIso(yield* DateTime.now)
        const attested = yield* records.write((db) => {
          const recall = recallsOf(db, buyer).find(({ id }) => id === notice)
          if (recall === undefined) throw unknown()
          const before = attestationOf(db, notice)
          if (before !== undefined) return before
          if (!/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(by) || by.trim() !== by) throw nobody()
          const { artefact } = JSON.parse(recall.document) as { readonly artefact: string }
          const { order, product, version } = recall
          const said = { v: 1, notice, order, product, version, artefact, buyer, by, at, declares: "nothing-is-left" }
          const document = canonicalJson(said)
          const signature = home.sign(document)
          db.run("insert into recall_attestation values ($notice, $document, $signature, $by, $at)", {
            notice,
            document,
            signature,
            by,
            at
          })
          db.run("update recall_notice set attested_at = $at where id = $notice", { notice, at })
          const commitment = home.hmac("attestation", document)
          log.append(db, { type: "freeze-ack", operation: `${notice}:attested`, commitment })
          return { document, signature, at }
        })
        yield* log.drain
        return attested
      })
      return Recalls.of({ list: (buyer) => records.read((db) => recallsOf(db, buyer)), attest })
    })
  )
}

const attestationOf = (db: Db, notice: string): Attestation | undefined =>
  db.get<Attestation>("select document, signature, at from recall_attestation where notice = $notice", { notice })

const unknown = (): BadInput =>
  new BadInput({
    code: "recall.unknown",
    message: "There is no such recall notice to this buyer.",
    fix: "See the notices with: assay recalls --buyer NAME",
    where: { field: "notice" }
  })

const nobody = (): BadInput =>
  new BadInput({
    code: "recall.by",
    message: "Somebody has to declare it.",
    fix: "Add --by NAME.",
    where: { field: "by" }
  })
