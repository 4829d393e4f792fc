import { createHmac, randomBytes } from "node:crypto"
import { Clock, Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { Refused } from "#core/Refused.ts"
import { acceptGrant } from "./grant/acceptGrant.ts"
import { chainHead } from "./grant/chainHead.ts"
import { checkGrant } from "./grant/checkGrant.ts"
import type { Grant } from "./grant/Grant.ts"
import { grantDigest } from "./grant/grantToken.ts"
import { Passkeys } from "./grant/Passkeys.ts"
import type { PasskeyAssertion } from "./grant/Passkeys.ts"
import { readToken, refuse } from "./grant/readToken.ts"
import { SignedGrant } from "./grant/SignedGrant.ts"
import type { Consent, Draft, TermsChange } from "./Consent.ts"
import type { LicenceTerms } from "./LicenceTerms.ts"
import type { Evidence } from "./Operation.ts"
import { raiseEpoch } from "./raiseEpoch.ts"
import { recordOperation } from "./recordOperation.ts"
import { nameParties, nameRecipient, readRecipients } from "./recipients.ts"
import { registryDigest, registryVersion } from "./registry/Registry.ts"
import type { SubjectChange } from "./SubjectState.ts"

const nonceSeconds = 600

/** Consent over the records; logs the registry when its version is new. */
export const openConsent: Effect.Effect<Consent["Service"], RecordsError, Records | Log | Home | Passkeys> = Effect.gen(
  function* () {
    const records = yield* Records
    const log = yield* Log
    const home = yield* Home
    const passkeys = yield* Passkeys
    const seconds = Effect.map(Clock.currentTimeMillis, (millis) => Math.floor(millis / 1000))
    const begun = yield* seconds
    yield* records.write((db) => noteRegistry(db, log, begun))

    const enrol: Consent["Service"]["enrol"] = (subjects) =>
      records.write((db) => {
        for (const { subj, id } of subjects) {
          db.run("insert into subject (subj, key, salt) values ($subj, $key, $salt) on conflict do nothing", {
            subj,
            key: home.hmac("subject", id),
            salt: randomBytes(32)
          })
        }
      })

    const draft = Effect.fn("Consent.draft")(function* (subj: number) {
      const now = yield* seconds
      return yield* records.write((db): Draft => {
        const { seq, head } = db.get<{ seq: number; head: string | null }>(
          "select seq, head from subject where subj = $subj",
          { subj }
        )!
        const nonce = randomBytes(16).toString("hex")
        db.run("delete from consent_nonce where expires <= $now", { now })
        db.run("insert into consent_nonce values ($nonce, $subj, $expires)", {
          nonce,
          subj,
          expires: now + nonceSeconds
        })
        return { subject: pseudonymOf(db, subj), seq: seq + 1, prev: head, nonce }
      })
    })

    /** Of whom a token is, and what it says. */
    const identify = Effect.fnUntraced(function* (token: string) {
      const grant = yield* readToken(token, [home.publicKey])
      const subj = yield* records.read(
        (db) =>
          db.get<{ subj: number }>("select subj from subject where pseudonym = $name", { name: grant.subject })?.subj
      )
      if (subj === undefined) return yield* refuse("subject", "names no subject of this house")
      return { grant, digest: grantDigest(grant), subj }
    })

    const requirePasskey = Effect.fnUntraced(function* (
      { grant, digest, subj }: { readonly grant: Grant; readonly digest: string; readonly subj: number },
      assertion: PasskeyAssertion | undefined
    ) {
      const signed = assertion !== undefined && (yield* passkeys.verify(subj, digest, grant.evidence.digest, assertion))
      if (!signed) return yield* refuse("passkey", "was not signed by the customer's passkey")
    })

    const noteRefusal =
      (token: string) =>
      ({ code }: Refused) =>
        Effect.flatMap(seconds, (at) =>
          records.write((db) => {
            const given = sha256Hex(token)
            db.run("insert into consent_refusal (reason, token_digest, at) values ($code, $given, $at)", {
              code,
              given,
              at
            })
            const operation = `refused:${home.hmac("refused-grant", given).slice(0, 32)}`
            log.append(db, {
              type: "policy",
              operation,
              commitment: home.hmac("refusal", canonicalJson([code, given]))
            })
          })
        )

    const examine = Effect.fn("Consent.examine")(
      function* (token: string, assertion: PasskeyAssertion) {
        const arrived = yield* identify(token)
        const read = yield* seconds
        const refusal = yield* records.write((db) => {
          const now = Math.max(read, latestOf(db))
          nameParties(db, arrived.grant)
          return checkGrant(arrived.grant, now, chainHead(db, { ...arrived, now }), readRecipients(db))
        })
        if (refusal !== undefined) return yield* refusal
        yield* requirePasskey(arrived, assertion)
        return new SignedGrant(arrived.grant, arrived.digest, arrived.subj, assertion)
      },
      (effect, token) => Effect.tapErrorTag(effect, "Refused", noteRefusal(token))
    )

    const accept = Effect.fn("Consent.accept")(
      function* (token: string, proof?: PasskeyAssertion | SignedGrant) {
        const arrived = yield* identify(token)
        const examined = proof instanceof SignedGrant && proof.digest === arrived.digest
        const assertion = proof instanceof SignedGrant ? proof.assertion : proof
        if (arrived.grant.evidence.kind === "E3" && !examined) yield* requirePasskey(arrived, assertion)
        const read = yield* seconds
        return yield* records.write((db) => {
          const now = Math.max(read, latestOf(db))
          return acceptGrant({ db, log, home }, { ...arrived, token, assertion, now })
        })
      },
      (effect, token) => Effect.tapErrorTag(effect, "Refused", noteRefusal(token))
    )

    return {
      epoch: records.read((db) => db.get<{ value: number }>("select value from epoch")!.value),
      latest: records.read(latestOf),
      lastSubject: records.read((db) => db.get<{ n: number }>("select coalesce(max(subj), 0) as n from subject")!.n),
      enrol,
      subject: (id) => records.read((db) => subjectOf(db, home.hmac("subject", id))),
      draft,
      examine,
      accept,
      grantOf: (subj) => records.read((db) => grantOf(db, subj)),
      changesSince: (epoch) => records.read((db) => changesSince(db, epoch)),
      frozenSince: (db, epoch) =>
        db
          .all<{ subj: number }>(
            // Also who took back and granted less at once: what was read under the former must not be published.
            "select distinct subj from consent_change where epoch > $epoch and state <> 'ACTIVE' order by subj",
            { epoch }
          )
          .map(({ subj }) => subj),
      recipients: records.read(readRecipients),
      nameRecipient: (id) => records.write((db) => nameRecipient(db, id)),
      record: recordOperation
    } satisfies Consent["Service"]
  }
)

/** The latest second that is written down anywhere in consent: the clock may be put back, what was lived through stays. */
function latestOf(db: Db): number {
  const { at } = db.get<{ at: number }>(
    `select max(coalesce((select max(at) from consent_operation), 0),
       coalesce((select max(at) from consent_change), 0), coalesce((select max(at) from consent_refusal), 0)) as at`
  )!
  return at
}

function noteRegistry(db: Db, log: Log["Service"], at: number): void {
  const known = db.get<{ digest: string }>("select digest from consent_registry where version = $registryVersion", {
    registryVersion
  })
  if (known !== undefined) {
    if (known.digest !== registryDigest) throw new Error("the consent registry changed without a new version")
    return
  }
  db.run("insert into consent_registry values ($registryVersion, $registryDigest, $at)", {
    registryVersion,
    registryDigest,
    at
  })
  raiseEpoch(db)
  log.append(db, { type: "policy", operation: `consent-registry:${registryVersion}`, commitment: registryDigest })
}

function subjectOf(db: Db, key: string): number {
  const found = db.get<{ subj: number }>("select subj from subject where key = $key", { key })
  if (found !== undefined) return found.subj
  throw new BadInput({
    code: "subject.unknown",
    message: "There is no such subject in this home.",
    fix: "Name the subject as the source does, after its records were loaded.",
    where: { field: "subject" }
  })
}

/** What tokens and receipts call a subject, under the own salt. */
function pseudonymOf(db: Db, subj: number): string {
  const row = db.get<{ salt: Uint8Array | null; pseudonym: string | null }>(
    "select salt, pseudonym from subject where subj = $subj",
    { subj }
  )!
  if (row.pseudonym !== null) return row.pseudonym
  if (row.salt === null)
    throw new BadInput({
      code: "subject.erased",
      message: "This subject was erased.",
      fix: "Nothing is left to grant."
    })
  const pseudonym = createHmac("sha256", row.salt).update("grant-subject").digest("hex")
  db.run("update subject set pseudonym = $pseudonym where subj = $subj", { subj, pseudonym })
  return pseudonym
}

function grantOf(db: Db, subj: number): Grant | undefined {
  const row = db.get<{ token: string }>(
    "select token from consent_grant where subj = $subj order by seq desc limit 1",
    { subj }
  )
  return row === undefined
    ? undefined
    : (JSON.parse(Buffer.from(row.token.split(".")[1]!, "base64url").toString()) as Grant)
}

/** Grants that were taken before limits were kept said no to passing on. */
const readRules = (document: string): LicenceTerms["rules"] =>
  (JSON.parse(document) as LicenceTerms["rules"]).map((rule) => ({ limits: { onward: false }, ...rule }))

interface ChangeRow extends SubjectChange {
  readonly terms: number | null
  readonly document: string
  readonly nbf: number
  readonly exp: number
  readonly evidence: Evidence
}

function changesSince(db: Db, after: number): ReadonlyArray<TermsChange> {
  return db
    .all<ChangeRow>(
      `select c.epoch, c.subj, c.state, c.grant_digest as "grant", g.terms, t.document, g.nbf, g.exp, g.evidence
       from consent_change c left join consent_grant g on g.digest = c.grant_digest and c.state = 'ACTIVE'
       left join licence_terms t on t.terms = g.terms where c.epoch > $after order by c.epoch`,
      { after }
    )
    .map(({ terms, document, nbf, exp, evidence, ...change }) => ({
      ...change,
      terms: terms === null ? undefined : { number: terms, terms: { rules: readRules(document), nbf, exp, evidence } }
    }))
}
