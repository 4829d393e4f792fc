import { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Log } from "#core/log/Log.ts"
import type { Db } from "#core/records/Records.ts"
import { raiseEpoch } from "../raiseEpoch.ts"
import { commitmentOf } from "./freezeSubject.ts"

/**
 * Forgets a subject in the records: salt, keyed name, pseudonym, tokens and receipts go, and with the salt whatever the log could have told.
 * A keyed hash stays, so that a source that still has them does not bring them back.
 */
export function eraseSubject(
  db: Db,
  log: Log["Service"],
  subj: number,
  now: number
): { readonly operation: string; readonly epoch: number } {
  const person = db.get<{ key: string; salt: Uint8Array }>(
    "select key, salt from subject where subj = $subj and salt is not null",
    { subj }
  )
  if (person === undefined) {
    throw new BadInput({
      code: "subject.erased",
      message: "This subject was erased already.",
      fix: "Nothing is left to erase."
    })
  }
  const { key, salt } = person
  const epoch = raiseEpoch(db)
  const operation = newId("ers")
  db.run("insert into consent_tombstone values ($key, $now) on conflict do nothing", { key, now })
  db.run("insert into consent_change values ($epoch, $subj, 'ERASED', null, $now)", { epoch, subj, now })
  db.run("update subject set state = 'ERASED', key = null, salt = null, pseudonym = null where subj = $subj", { subj })
  db.run("update consent_grant set state = 'ERASED', token = '', assertion = null where subj = $subj", { subj })
  db.run("update consent_revocation set document = '' where subj = $subj", { subj })
  db.run("delete from consent_nonce where subj = $subj", { subj })
  const document = canonicalJson({ v: 1, operation, epoch, at: now })
  log.append(db, { type: "purge", operation, commitment: commitmentOf(salt, document) })
  return { operation, epoch }
}
