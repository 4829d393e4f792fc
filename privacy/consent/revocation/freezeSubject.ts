import { createHmac } from "node:crypto"
import { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Log } from "#core/log/Log.ts"
import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { raiseEpoch } from "../raiseEpoch.ts"
import { subjectPseudonym } from "../subjectPseudonym.ts"
import type { SubjectState } from "../SubjectState.ts"
import type { Affected } from "./Affected.ts"
import type { RevocationDocument } from "./Receipt.ts"

interface Person {
  readonly state: SubjectState
  readonly salt: Uint8Array | null
  readonly head: string | null
}

/** A revocation as it stands in the records. */
export interface Revoked {
  readonly operation: string
  readonly document: string
  readonly salt: Uint8Array
}

/**
 * Makes a subject FROZEN and freezes what is theirs, in one transaction with the log's entry. A subject that is frozen already keeps the
 * revocation that did it.
 *
 * @param grant digest or id of the grant to revoke; it has to be the one in force, since a chain has one head
 * @param now   second since 1970
 */
export function freezeSubject(
  db: Db,
  log: Log["Service"],
  affected: Affected["Service"],
  { subj, grant, now }: { readonly subj: number; readonly grant: string | undefined; readonly now: number }
): Revoked {
  const person = db.get<Person>("select state, salt, head from subject where subj = $subj", { subj })
  if (person?.salt == null) throw unknownSubject()
  const { salt } = person
  if (grant !== undefined) requireHead(db, subj, grant, person.head)
  if (person.state !== "ACTIVE") {
    const known = db.get<{ operation: string; document: string }>(
      "select operation, document from consent_revocation where subj = $subj order by epoch desc limit 1",
      { subj }
    )
    if (known !== undefined) return { ...known, salt }
  }
  const epoch = raiseEpoch(db)
  const inForce = db.get<{ digest: string }>(
    "select digest from consent_grant where subj = $subj and state = 'ACTIVE'",
    { subj }
  )
  db.run("update consent_grant set state = 'FROZEN' where subj = $subj and state = 'ACTIVE'", { subj })
  db.run("update subject set state = 'FROZEN' where subj = $subj", { subj })
  const digest = inForce?.digest ?? null
  db.run("insert into consent_change values ($epoch, $subj, 'FROZEN', $digest, $now)", { epoch, subj, digest, now })
  const at = new Date(now * 1000).toISOString()
  const said: RevocationDocument = {
    v: 1,
    operation: newId("rev"),
    subject: subjectPseudonym(salt),
    grant: digest,
    epoch,
    at: now,
    frozen: affected.freeze(db, { subj, epoch, at })
  }
  const document = canonicalJson(said)
  db.run(
    `insert into consent_revocation (operation, subj, epoch, document, at)
     values ($operation, $subj, $epoch, $document, $now)`,
    { operation: said.operation, subj, epoch, document, now }
  )
  log.append(db, { type: "revoke", operation: said.operation, commitment: commitmentOf(salt, document) })
  return { operation: said.operation, document, salt }
}

/** What the log holds of a document that is one subject's; with the salt goes every way to tell. */
export const commitmentOf = (salt: Uint8Array, document: string): string =>
  createHmac("sha256", salt).update(document).digest("hex")

function requireHead(db: Db, subj: number, grant: string, head: string | null): void {
  const found = db
    .all<{ digest: string; token: string }>("select digest, token from consent_grant where subj = $subj", { subj })
    .find(({ digest, token }) => digest === grant || idIn(token) === grant)
  if (found === undefined) {
    throw new BadInput({
      code: "grant.unknown",
      message: "The subject gave no such grant.",
      fix: "Give the id or the digest that the grant was accepted under, or leave --grant out to revoke what is in force.",
      where: { field: "grant" }
    })
  }
  if (found.digest === head) return
  throw new Refused({
    code: "grant.superseded",
    message: "This grant is not in force any more: a later one took its place.",
    fix: "Leave --grant out to revoke the one that is in force.",
    where: { field: "grant" }
  })
}

function idIn(token: string): string | undefined {
  const payload = token.split(".")[1]
  if (payload === undefined || payload === "") return undefined
  return (JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as { id: string }).id
}

const unknownSubject = (): BadInput =>
  new BadInput({
    code: "subject.unknown",
    message: "There is no such subject in this home, or it was erased.",
    fix: "Name the subject as the source does, after its records were loaded.",
    where: { field: "subject" }
  })
