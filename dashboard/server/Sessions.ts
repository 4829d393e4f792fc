import { createHash, randomBytes } from "node:crypto"
import { Clock, Context, Effect, Layer } from "effect"
import { newId } from "#core/ids/newId.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { Role } from "../api/Role.ts"
import type { Principal } from "./Principal.ts"

const minute = 60_000
const idleMillis = 15 * minute
const absoluteMillis = 12 * 60 * minute
const linkMillis = 10 * minute
/** What a clock may be corrected by without ending sessions. */
const clockSlack = minute
/** A session is written at most this often while it is used: reading pages should not wait for the disk. */
const touchMillis = minute / 2

/** An open session; times in milliseconds since the epoch. */
export interface OpenSession extends Principal {
  /** Names the session without opening it. */
  readonly id: string
  /** How its owner signed in: the demo's one-time link, a passkey, or the service of their company. */
  readonly method: "link" | "passkey" | "openid"
  /** When they last showed here that it is them; 0 for never, as for who came by the service of their company. */
  readonly verifiedAt: number
  readonly createdAt: number
  readonly endsAt: number
  /** The elevation that lends it its role. */
  readonly elevation?: string
}

/** A session with the secret identifier that goes into the cookie. */
export interface NewSession {
  readonly id: string
  readonly session: OpenSession
}

/**
 * Sessions as rows on the server, so they can be ended here, and the one-time links that open them on the loopback demo.
 *
 * Identifiers and tokens are 256 random bits; the records hold their hashes only. `former` is always the identifier the caller came
 * with: it is ended, never taken over.
 */
export class Sessions extends Context.Service<
  Sessions,
  {
    /** A token that opens one session within 10 minutes. */
    mint(principal: Principal): Effect.Effect<string, RecordsError>
    /** Uses up a token. */
    signIn(token: string, former: string | undefined): Effect.Effect<NewSession, RecordsError>
    /** Opens a session for somebody whose passkey was checked, or for whom their company's service vouches. */
    open(principal: Principal, former: string | undefined, method?: "openid"): Effect.Effect<NewSession, RecordsError>
    /** Gives the session of `former` another role for a while, under a new identifier. */
    elevate(
      former: string,
      to: { readonly role: Role; readonly elevation: string; readonly endsAt: number }
    ): Effect.Effect<NewSession, RecordsError>
    /**
     * The open session of an identifier, if it is neither idle for 15 minutes nor older than 12 hours.
     *
     * @param quietly what a page does by itself is no use of the session: it goes idle none the less
     */
    find(id: string, quietly?: "quietly"): Effect.Effect<OpenSession | undefined, RecordsError>
    /** Notes that the owner of a session has just shown that it is them. */
    verified(id: string): Effect.Effect<void, RecordsError>
    /** The open sessions of an account, the newest first. */
    of(name: string): Effect.Effect<ReadonlyArray<OpenSession>, RecordsError>
    end(id: string): Effect.Effect<void, RecordsError>
    /** Ends a session of an account by its public name; nothing happens to those of others. */
    endOne(name: string, session: string): Effect.Effect<void, RecordsError>
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
  readonly id: string
  readonly method: OpenSession["method"]
  readonly verified_at: number
  readonly created_at: number
  readonly seen_at: number
  /** When it ends whatever happens; null for the usual 12 hours. */
  readonly ends_at: number | null
  readonly elevation: string | null
}

const secret = (): string => randomBytes(32).toString("base64url")
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex")
const endOf = (row: SessionRow): number => row.ends_at ?? row.created_at + absoluteMillis

/** Neither idle nor at its end, and not from a time that is yet to come. */
const stands = (row: SessionRow, now: number): boolean =>
  now - row.seen_at < idleMillis && now < endOf(row) && now >= Math.max(row.seen_at, row.created_at) - clockSlack

const opened = (row: SessionRow): OpenSession => ({
  role: row.role,
  name: row.name,
  ...(row.subject === null ? {} : { subject: row.subject }),
  id: row.id,
  method: row.method,
  verifiedAt: row.verified_at,
  createdAt: row.created_at,
  endsAt: endOf(row),
  ...(row.elevation === null ? {} : { elevation: row.elevation })
})

function serve(records: Records["Service"]): Sessions["Service"] {
  const fresh = (account: AccountRow, method: OpenSession["method"], now: number): SessionRow => ({
    ...account,
    id: newId("ses"),
    method,
    verified_at: now,
    created_at: now,
    seen_at: now,
    ends_at: null,
    elevation: null
  })
  const begin = (db: Db, row: SessionRow, former: string | undefined): NewSession => {
    const id = secret()
    if (former !== undefined) db.run("delete from session where id_hash = $hash", { hash: hashOf(former) })
    insert(db, hashOf(id), row)
    return { id, session: opened(row) }
  }
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
      // Refused outside of the transaction, so that what has expired is forgotten in it whatever the answer.
      const begun = yield* records.write((db) => {
        sweep(db, now)
        const link = db.get<AccountRow>(
          `delete from sign_in_link where token_hash = $hash and expires_at > $now and expires_at <= $latest
           returning role, name, subject`,
          { hash: hashOf(token), now, latest: now + linkMillis + clockSlack }
        )
        return link === undefined ? undefined : begin(db, fresh(link, "link", now), former)
      })
      return begun ?? (yield* noSuchLink())
    }),

    open: Effect.fn("Sessions.open")(function* ({ role, name, subject }, former, method) {
      const now = yield* Clock.currentTimeMillis
      return yield* records.write((db) => {
        sweep(db, now)
        const row = fresh({ role, name, subject: subject ?? null }, method ?? "passkey", now)
        return begin(db, method === undefined ? row : { ...row, verified_at: 0 }, former)
      })
    }),

    elevate: Effect.fn("Sessions.elevate")(function* (former, { role, elevation, endsAt }) {
      const now = yield* Clock.currentTimeMillis
      return yield* records.write((db) => {
        sweep(db, now)
        const row = db.get<SessionRow>("select * from session where id_hash = $hash", { hash: hashOf(former) })
        if (row === undefined) throw noSession()
        const ends = Math.min(endOf(row), endsAt)
        return begin(db, { ...row, role, elevation, ends_at: ends, id: newId("ses"), seen_at: now }, former)
      })
    }),

    find: Effect.fn("Sessions.find")(function* (id: string, quietly?: "quietly") {
      const now = yield* Clock.currentTimeMillis
      const hash = hashOf(id)
      const row = yield* records.read((db) =>
        db.get<SessionRow>("select * from session where id_hash = $hash", { hash })
      )
      if (row === undefined) return undefined
      if (!stands(row, now)) {
        // For good: a clock that is put back must not open it again.
        yield* records.write((db) => db.run("delete from session where id_hash = $hash", { hash }))
        return undefined
      }
      if (quietly === undefined && now - row.seen_at >= touchMillis) {
        yield* records.write((db) => db.run("update session set seen_at = $now where id_hash = $hash", { now, hash }))
      }
      return opened(row)
    }),

    verified: Effect.fn("Sessions.verified")(function* (id: string) {
      const now = yield* Clock.currentTimeMillis
      const hash = hashOf(id)
      yield* records.write((db) => db.run("update session set verified_at = $now where id_hash = $hash", { now, hash }))
    }),

    of: Effect.fn("Sessions.of")(function* (name: string) {
      const now = yield* Clock.currentTimeMillis
      const rows = yield* records.read((db) =>
        db.all<SessionRow>("select * from session where name = $name order by created_at desc", { name })
      )
      return rows.filter((row) => stands(row, now)).map(opened)
    }),

    end: Effect.fn("Sessions.end")(function* (id: string) {
      yield* records.write((db) => db.run("delete from session where id_hash = $hash", { hash: hashOf(id) }))
    }),

    endOne: Effect.fn("Sessions.endOne")(function* (name: string, session: string) {
      yield* records.write((db) =>
        db.run("delete from session where name = $name and id = $session", { name, session })
      )
    })
  }
}

function insert(db: Db, hash: string, row: SessionRow): void {
  const { role, name, subject, id, method, verified_at, created_at, seen_at, ends_at, elevation } = row
  db.run(
    `insert into session (id_hash, role, name, subject, id, method, verified_at, created_at, seen_at, ends_at, elevation)
     values ($hash, $role, $name, $subject, $id, $method, $verified_at, $created_at, $seen_at, $ends_at, $elevation)`,
    { hash, role, name, subject, id, method, verified_at, created_at, seen_at, ends_at, elevation }
  )
}

/** Forgets what can no longer be used. */
function sweep(db: Db, now: number): void {
  db.run("delete from sign_in_link where expires_at <= $now", { now })
  db.run("delete from session where seen_at <= $idle or created_at <= $oldest or ends_at <= $now", {
    idle: now - idleMillis,
    oldest: now - absoluteMillis,
    now
  })
}

/** One answer for unknown, used and expired: a guesser learns nothing. */
const noSuchLink = (): Refused =>
  new Refused({
    code: "session.link",
    message: "This sign-in link has been used, has expired, or was never made here.",
    fix: "Run `assay sign-in ROLE` on the machine that serves the dashboard for a new link; it works once, within 10 minutes."
  })

const noSession = (): Refused =>
  new Refused({ code: "session.none", message: "Your session has ended.", fix: "Sign in again." })
