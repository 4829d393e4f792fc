import { createHash, randomBytes } from "node:crypto"
import { Clock, Context, Effect, Layer } from "effect"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { Role } from "../api/Role.ts"
import type { Principal } from "./Principal.ts"

const minute = 60_000
const idleMillis = 15 * minute
const absoluteMillis = 12 * 60 * minute
const linkMillis = 10 * minute
/** A session is written at most this often while it is used: reading pages should not wait for the disk. */
const touchMillis = minute / 2

/** An open session; times in milliseconds since the epoch. */
export interface OpenSession extends Principal {
  readonly createdAt: number
  readonly endsAt: number
}

/**
 * Sessions as rows on the server, so they can be ended here, and the one-time links that open them on the loopback demo.
 *
 * Identifiers and tokens are 256 random bits; the records hold their hashes only.
 */
export class Sessions extends Context.Service<
  Sessions,
  {
    /** A token that opens one session within 10 minutes. */
    mint(principal: Principal): Effect.Effect<string, RecordsError>
    /** Uses up a token. `former` is the identifier the caller came with: it is ended, never taken over. */
    signIn(
      token: string,
      former: string | undefined
    ): Effect.Effect<{ readonly id: string; readonly session: OpenSession }, RecordsError>
    /** The open session of an identifier, if it is neither idle for 15 minutes nor older than 12 hours. */
    find(id: string): Effect.Effect<OpenSession | undefined, RecordsError>
    end(id: string): Effect.Effect<void, RecordsError>
  }
>()("dashboard/Sessions") {
  static readonly layer: Layer.Layer<Sessions, never, Records> = Layer.effect(
    Sessions,
    Effect.map(Records, (records) => Sessions.of(serve(records)))
  )
}

interface AccountRow {
  readonly role: Role
  readonly name: string
  readonly subject: number | null
}

interface SessionRow extends AccountRow {
  readonly created_at: number
  readonly seen_at: number
}

const secret = (): string => randomBytes(32).toString("base64url")
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex")

const opened = (row: SessionRow): OpenSession => ({
  role: row.role,
  name: row.name,
  ...(row.subject === null ? {} : { subject: row.subject }),
  createdAt: row.created_at,
  endsAt: row.created_at + absoluteMillis
})

function serve(records: Records["Service"]): Sessions["Service"] {
  return {
    mint: Effect.fn("Sessions.mint")(function* ({ role, name, subject }: Principal) {
      const now = yield* Clock.currentTimeMillis
      const token = secret()
      yield* records.write((db) => {
        sweep(db, now)
        db.run(
          "insert into sign_in_link (token_hash, role, name, subject, expires_at) values ($hash, $role, $name, $subject, $expires)",
          { hash: hashOf(token), role, name, subject: subject ?? null, expires: now + linkMillis }
        )
      })
      return token
    }),

    signIn: Effect.fn("Sessions.signIn")(function* (token: string, former: string | undefined) {
      const now = yield* Clock.currentTimeMillis
      const id = secret()
      const session = yield* records.write((db) => {
        sweep(db, now)
        const link = db.get<AccountRow>(
          "delete from sign_in_link where token_hash = $hash and expires_at > $now returning role, name, subject",
          { hash: hashOf(token), now }
        )
        if (link === undefined) throw noSuchLink()
        if (former !== undefined) db.run("delete from session where id_hash = $hash", { hash: hashOf(former) })
        db.run(
          "insert into session (id_hash, role, name, subject, created_at, seen_at) values ($hash, $role, $name, $subject, $now, $now)",
          { hash: hashOf(id), ...link, now }
        )
        return opened({ ...link, created_at: now, seen_at: now })
      })
      return { id, session }
    }),

    find: Effect.fn("Sessions.find")(function* (id: string) {
      const now = yield* Clock.currentTimeMillis
      const hash = hashOf(id)
      const row = yield* records.read((db) =>
        db.get<SessionRow>("select role, name, subject, created_at, seen_at from session where id_hash = $hash", {
          hash
        })
      )
      if (row === undefined || now - row.seen_at >= idleMillis || now - row.created_at >= absoluteMillis)
        return undefined
      if (now - row.seen_at >= touchMillis) {
        yield* records.write((db) => db.run("update session set seen_at = $now where id_hash = $hash", { now, hash }))
      }
      return opened(row)
    }),

    end: Effect.fn("Sessions.end")(function* (id: string) {
      yield* records.write((db) => db.run("delete from session where id_hash = $hash", { hash: hashOf(id) }))
    })
  }
}

/** Forgets what can no longer be used. */
function sweep(db: Db, now: number): void {
  db.run("delete from sign_in_link where expires_at <= $now", { now })
  db.run("delete from session where seen_at <= $idle or created_at <= $oldest", {
    idle: now - idleMillis,
    oldest: now - absoluteMillis
  })
}

/** One answer for unknown, used and expired: a guesser learns nothing. */
const noSuchLink = (): Refused =>
  new Refused({
    code: "session.link",
    message: "This sign-in link has been used, has expired, or was never made here.",
    fix: "Run `assay sign-in ROLE` on the machine that serves the dashboard for a new link; it works once, within 10 minutes."
  })
