import { createHmac } from "node:crypto"
import type { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Log } from "#core/log/Log.ts"
import type { Db } from "#core/records/Records.ts"
import type { Accepted } from "../Consent.ts"
import { raiseEpoch } from "../raiseEpoch.ts"
import { nameParties, readRecipients } from "../recipients.ts"
import { checkGrant } from "./checkGrant.ts"
import { chainHead } from "./chainHead.ts"
import type { Grant } from "./Grant.ts"
import { grantOperation } from "./grantOperation.ts"
import { grantTerms } from "./grantTerms.ts"
import type { PasskeyAssertion } from "./Passkeys.ts"

/** A grant whose token was read, of a subject that is known. */
export interface Arrived {
  readonly grant: Grant
  readonly digest: string
  readonly subj: number
  readonly token: string
  /** What the customer's passkey signed; kept as evidence. */
  readonly assertion?: PasskeyAssertion | undefined
  /** Whole seconds. */
  readonly now: number
}

/** Where it is written: one transaction of the records, and the outbox of the log in it. */
export interface Ledger {
  readonly db: Db
  readonly log: Log["Service"]
  readonly home: Pick<Home["Service"], "hmac">
}

/**
 * Makes a grant the head of its subject's chain, which makes the subject active whatever it was before.
 *
 * @throws Refused with the first rule that stands against it
 */
export function acceptGrant({ db, log, home }: Ledger, arrived: Arrived): Accepted {
  const { grant, digest, subj, token, assertion, now } = arrived
  nameParties(db, grant)
  const recipients = readRecipients(db)
  const chain = chainHead(db, arrived)
  db.run("delete from consent_nonce where nonce = $nonce and subj = $subj", { nonce: grant.nonce, subj })
  const refusal = checkGrant(grant, now, chain, recipients)
  if (refusal !== undefined) throw refusal
  const terms = internTerms(db, canonicalJson(grantTerms(grant).rules))
  const epoch = raiseEpoch(db)
  const { seq, prev, nbf, exp } = grant
  const evidence = grantTerms(grant).evidence
  const signed = assertion === undefined ? null : canonicalJson(assertion)
  db.run(
    `insert into consent_grant (digest, subj, seq, prev, state, nbf, exp, evidence, terms, token, epoch, accepted_at, assertion)
     values ($digest, $subj, $seq, $prev, 'ACTIVE', $nbf, $exp, $evidence, $terms, $token, $epoch, $now, $signed)`,
    { digest, subj, seq, prev, nbf, exp, evidence, terms, token, epoch, now, signed }
  )
  db.run("update consent_grant set state = 'WITHDRAWN' where subj = $subj and seq < $seq and state = 'ACTIVE'", {
    subj,
    seq
  })
  db.run("update subject set seq = $seq, head = $digest, state = 'ACTIVE' where subj = $subj", { subj, seq, digest })
  db.run("insert into consent_change values ($epoch, $subj, 'ACTIVE', $digest, $now)", { epoch, subj, digest, now })
  log.append(db, {
    type: "grant",
    operation: grantOperation(home, digest),
    commitment: createHmac("sha256", chain.salt).update(digest).digest("hex")
  })
  return { digest, subj, seq, epoch, grant }
}

/** Equal rules share a number. */
function internTerms(db: Db, document: string): number {
  db.run("insert into licence_terms (document) values ($document) on conflict do nothing", { document })
  return db.get<{ terms: number }>("select terms from licence_terms where document = $document", { document })!.terms
}
