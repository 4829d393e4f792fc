import { createHash } from "node:crypto"
import { Clock, Context, Effect, Layer } from "effect"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { checkAssertion } from "./checkAssertion.ts"
import { checkAttestation } from "./checkAttestation.ts"
import { relyingParty } from "./relyingParty.ts"
import type { StoredPasskey } from "./StoredPasskey.ts"

const challengeMillis = 5 * 60_000
const mostPasskeys = 20
const enc = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex")

/** Whose passkey it is; `subject` for customers. */
export interface KeyOwner {
  readonly name: string
  readonly subject?: number
}

/** A passkey as its owner sees it. */
export interface PasskeySummary {
  readonly id: string
  /** SHA-256 of the credential's id, under which a grant names it. */
  readonly digest: string
  readonly label: string
  /** Kept on one device alone, or carried along by the maker's cloud. */
  readonly synced: boolean
  readonly createdAt: number
  readonly usedAt: number | null
}

/** What a browser sent, as JSON, and the address of the page that it was made on. */
export interface Signed {
  readonly response: Readonly<Record<string, unknown>>
  readonly origin: string
}

/**
 * The passkeys of all accounts. A challenge holds once, for five minutes, for what it was bound to: a session, an invitation, or signing in. User
 * verification is required throughout, and an answer counts only where the check says `verified === true`.
 */
export class Keyring extends Context.Service<
  Keyring,
  {
    /** What a browser needs to make a passkey. */
    registration(owner: KeyOwner, bound: string): Effect.Effect<object, RecordsError>
    /** Adds the passkey that a browser made. */
    register(owner: KeyOwner, bound: string, signed: Signed, label: string): Effect.Effect<PasskeySummary, RecordsError>
    /** What a browser needs to sign: with any passkey of this server, or with one of an account. */
    challenge(bound: string, name?: string): Effect.Effect<object, RecordsError>
    /** Whose passkey signed; with `name` it has to be one of theirs. */
    recognise(bound: string, signed: Signed, name?: string): Effect.Effect<KeyOwner, RecordsError>
    of(name: string): Effect.Effect<ReadonlyArray<PasskeySummary>, RecordsError>
    /** Removes a passkey of an account; nothing happens to those of others. */
    remove(name: string, id: string): Effect.Effect<void, RecordsError>
  }
>()("privacy/Keyring") {
  static readonly layer: Layer.Layer<Keyring, never, Records> = Layer.effect(
    Keyring,
    Effect.map(Records, (records) => Keyring.of(serve(records)))
  )
}

const library = Effect.promise(() => import("@simplewebauthn/server"))

function serve(records: Records["Service"]): Keyring["Service"] {
  const keep = Effect.fnUntraced(function* (challenge: string, bound: string) {
    const now = yield* Clock.currentTimeMillis
    yield* records.write((db) => {
      db.run("delete from passkey_challenge where expires_at <= $now", { now })
      db.run("insert into passkey_challenge values ($hash, $bound, $expires)", {
        hash: hashOf(challenge),
        bound,
        expires: now + challengeMillis
      })
    })
  })
  /** The challenge that an answer was made for, used up; the caller's check compares it with what was signed. */
  const spend = Effect.fnUntraced(function* (signed: Signed, bound: string) {
    const challenge = challengeOf(signed)
    const now = yield* Clock.currentTimeMillis
    const known = yield* records.write((db) =>
      db.run("delete from passkey_challenge where hash = $hash and bound = $bound and expires_at > $now", {
        hash: hashOf(challenge),
        bound,
        now
      })
    )
    if (known !== 1) return yield* notSigned()
    return challenge
  })

  return {
    registration: Effect.fn("Keyring.registration")(function* (owner, bound) {
      const { generateRegistrationOptions } = yield* library
      const own = yield* records.read((db) => keysOf(db, owner.name))
      const options = yield* Effect.promise(() =>
        generateRegistrationOptions({
          ...relyingParty,
          userName: owner.name,
          userID: enc(hashOf(`user ${owner.name}`).slice(0, 32)),
          attestationType: "none",
          excludeCredentials: own.map(({ id }) => ({ id })),
          authenticatorSelection: { residentKey: "required", userVerification: "required" }
        })
      )
      yield* keep(options.challenge, bound)
      return options
    }),

    register: Effect.fn("Keyring.register")(function* (owner, bound, signed, label) {
      const challenge = yield* spend(signed, bound)
      const made = yield* checkAttestation(signed, challenge)
      if (made === undefined) return yield* notSigned()
      const now = yield* Clock.currentTimeMillis
      const digest = createHash("sha256").update(Buffer.from(made.id, "base64url")).digest("hex")
      return yield* records.write((db) => {
        if (keysOf(db, owner.name).length >= mostPasskeys) throw tooMany()
        const added = db.run(
          `insert into passkey (id, digest, name, subject, public_key, counter, device, backed_up, label, created_at)
           values ($id, $digest, $name, $subject, $key, $counter, $device, $synced, $label, $now) on conflict do nothing`,
          {
            id: made.id,
            digest,
            name: owner.name,
            subject: owner.subject ?? null,
            key: made.publicKey,
            counter: made.counter,
            device: made.device,
            synced: made.synced ? 1 : 0,
            label,
            now
          }
        )
        if (added !== 1) throw notSigned()
        return { id: made.id, digest, label, synced: made.synced, createdAt: now, usedAt: null }
      })
    }),

    challenge: Effect.fn("Keyring.challenge")(function* (bound, name) {
      const { generateAuthenticationOptions } = yield* library
      const own = name === undefined ? [] : yield* records.read((db) => keysOf(db, name))
      if (name !== undefined && own.length === 0) return yield* noPasskey()
      const options = yield* Effect.promise(() =>
        generateAuthenticationOptions({
          rpID: relyingParty.rpID,
          userVerification: "required",
          allowCredentials: own.map(({ id }) => ({ id }))
        })
      )
      yield* keep(options.challenge, bound)
      return options
    }),

    recognise: Effect.fn("Keyring.recognise")(function* (bound, signed, name) {
      const challenge = yield* spend(signed, bound)
      const id = typeof signed.response["id"] === "string" ? signed.response["id"] : ""
      const key = yield* records.read((db) => db.get<StoredPasskey>("select * from passkey where id = $id", { id }))
      if (key === undefined || (name !== undefined && key.name !== name)) return yield* notSigned()
      const counter = yield* checkAssertion(key, signed, challenge)
      if (counter === undefined) return yield* notSigned()
      const now = yield* Clock.currentTimeMillis
      const moved = yield* records.write((db) =>
        // A counter that two answers carry belongs to a copy of the passkey; passkeys without counters stay at 0.
        db.run(
          "update passkey set counter = $counter, used_at = $now where id = $id and (counter < $counter or (counter = 0 and $counter = 0))",
          { id, counter, now }
        )
      )
      if (moved !== 1) return yield* notSigned()
      return { name: key.name, ...(key.subject === null ? {} : { subject: key.subject }) }
    }),

    of: (name) => records.read((db) => keysOf(db, name).map(summary)),

    remove: Effect.fn("Keyring.remove")(function* (name, id) {
      yield* records.write((db) => db.run("delete from passkey where name = $name and id = $id", { name, id }))
    })
  }
}

const keysOf = (db: Db, name: string): ReadonlyArray<StoredPasskey> =>
  db.all<StoredPasskey>("select * from passkey where name = $name order by created_at", { name })

const summary = ({ id, digest, label, backed_up, created_at, used_at }: StoredPasskey): PasskeySummary => ({
  id,
  digest,
  label,
  synced: backed_up === 1,
  createdAt: created_at,
  usedAt: used_at
})

function challengeOf({ response }: Signed): string {
  try {
    const data = (response["response"] as { clientDataJSON: string }).clientDataJSON
    const { challenge } = JSON.parse(Buffer.from(data, "base64url").toString()) as { challenge: unknown }
    return String(challenge).slice(0, 200)
  } catch {
    return ""
  }
}

/** One answer for whatever is wrong: a prober learns nothing. */
const notSigned = (): Refused =>
  new Refused({
    code: "session.passkey",
    message: "The passkey did not confirm that it is you.",
    fix: "Try again; if it stays so, use another passkey or ask for a new invitation."
  })

const noPasskey = (): Refused =>
  new Refused({
    code: "access.passkey",
    message: "This account has no passkey yet.",
    fix: "Register one on the security page; on the demo, open a new sign-in link to verify."
  })

const tooMany = (): Refused =>
  new Refused({
    code: "access.passkeys",
    message: `An account has at most ${mostPasskeys} passkeys.`,
    fix: "Remove one that is not used any more."
  })
