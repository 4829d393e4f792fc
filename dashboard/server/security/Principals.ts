import { createHash, randomBytes } from "node:crypto"
import { Clock, Context, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { Role } from "../../api/Role.ts"
import type { Principal } from "../Principal.ts"

const invitationMillis = 24 * 60 * 60_000

/** An account that may sign in, or that somebody proposed. */
export interface Account {
  readonly name: string
  readonly roles: ReadonlyArray<Role>
  readonly subject: number | null
  readonly state: "proposed" | "active" | "removed"
  readonly addedBy: string
  readonly approvedBy: string | null
  readonly addedAt: number
  readonly passkeys: number
}

/** The accounts of the house. An admin proposes one, another admin approves it; customers come by a steward's invitation. */
export class Principals extends Context.Service<
  Principals,
  {
    readonly list: Effect.Effect<ReadonlyArray<Account>, RecordsError>
    /** An account that may sign in now; undefined for all others. */
    active(name: string): Effect.Effect<Account | undefined, RecordsError>
    propose(
      account: { readonly name: string; readonly roles: ReadonlyArray<Role> },
      by: string
    ): Effect.Effect<void, RecordsError>
    /** Makes a proposed account active; not by who proposed it, nor by the account itself. */
    approve(name: string, by: string): Effect.Effect<void, RecordsError>
    /** Ends an account with its passkeys and sessions; nobody removes themselves. */
    remove(name: string, by: string): Effect.Effect<void, RecordsError>
    /** The token of a one-time invitation to register a passkey, good for a day: of an active account, or of a new customer. */
    invite(
      who: { readonly name: string; readonly subject?: number },
      by: Principal
    ): Effect.Effect<string, RecordsError>
    /** Who an invitation is for, as long as it is good. */
    invited(token: string): Effect.Effect<Principal, RecordsError>
    /** Uses an invitation up. */
    spend(token: string): Effect.Effect<void, RecordsError>
    /** Lets an account of the demo, that came by a link, have a passkey. */
    adopt(principal: Principal): Effect.Effect<void, RecordsError>
  }
>()("dashboard/Principals") {
  static readonly layer: Layer.Layer<Principals, never, Home | Log | Records> = Layer.effect(
    Principals,
    Effect.gen(function* () {
      return Principals.of(serve(yield* Records, yield* Log, yield* Home))
    })
  )
}

interface Row {
  readonly name: string
  readonly roles: string
  readonly subject: number | null
  readonly state: Account["state"]
  readonly added_by: string
  readonly approved_by: string | null
  readonly added_at: number
  readonly passkeys: number
}

const accountOf = (row: Row): Account => ({
  name: row.name,
  roles: JSON.parse(row.roles) as ReadonlyArray<Role>,
  subject: row.subject,
  state: row.state,
  addedBy: row.added_by,
  approvedBy: row.approved_by,
  addedAt: row.added_at,
  passkeys: row.passkeys
})

const select = "select p.*, (select count(*) from passkey k where k.name = p.name) as passkeys from principal p"
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex")

function serve(records: Records["Service"], log: Log["Service"], home: Home["Service"]): Principals["Service"] {
  const find = (db: Db, name: string): Account | undefined => {
    const row = db.get<Row>(`${select} where p.name = $name`, { name })
    return row === undefined ? undefined : accountOf(row)
  }
  const note = (db: Db, what: string, details: ReadonlyArray<string | number | null>): void =>
    log.append(db, {
      type: "access-grant",
      operation: `${what}:${home.hmac("access-operation", canonicalJson([what, ...details])).slice(0, 32)}`,
      commitment: home.hmac("access-grant", canonicalJson([what, ...details]))
    })
  const add = (db: Db, account: Omit<Account, "passkeys">): void => {
    const { name, roles, subject, state, addedBy, approvedBy, addedAt } = account
    db.run(
      `insert into principal (name, roles, subject, state, added_by, approved_by, added_at)
       values ($name, $roles, $subject, $state, $addedBy, $approvedBy, $addedAt)
       on conflict (name) do update set roles = $roles, subject = $subject, state = $state, added_by = $addedBy,
         approved_by = $approvedBy, added_at = $addedAt where principal.state = 'removed'`,
      { name, roles: JSON.stringify(roles), subject, state, addedBy, approvedBy, addedAt }
    )
  }
  const live = (db: Db, token: string, now: number): Principal & { readonly subject?: number } => {
    const row = db.get<{ name: string; role: Role; subject: number | null }>(
      "select name, role, subject from invitation where token_hash = $hash and expires_at > $now",
      { hash: hashOf(token), now }
    )
    if (row === undefined) throw noInvitation()
    return { name: row.name, role: row.role, ...(row.subject === null ? {} : { subject: row.subject }) }
  }

  return {
    list: records.read((db) => db.all<Row>(`${select} order by p.name`).map(accountOf)),

    active: (name) =>
      records.read((db) => {
        const found = find(db, name)
        return found?.state === "active" ? found : undefined
      }),

    propose: Effect.fn("Principals.propose")(function* ({ name, roles }, by) {
      const now = yield* Clock.currentTimeMillis
      yield* records.write((db) => {
        const known = find(db, name)
        if (known !== undefined && known.state !== "removed") throw conflict()
        const rest = { subject: null, state: "proposed" as const, addedBy: by, approvedBy: null, addedAt: now }
        add(db, { name, roles, ...rest })
      })
    }),

    approve: Effect.fn("Principals.approve")(function* (name, by) {
      const now = yield* Clock.currentTimeMillis
      yield* records.write((db) => {
        const found = find(db, name)
        if (found === undefined || found.state === "removed") throw unknown()
        if (found.state !== "proposed") throw conflict()
        if (found.addedBy === by || name === by) throw secondPerson()
        db.run("update principal set state = 'active', approved_by = $by, approved_at = $now where name = $name", {
          by,
          now,
          name
        })
        note(db, "principal", [name, ...found.roles, by, now])
      })
    }),

    remove: Effect.fn("Principals.remove")(function* (name, by) {
      const now = yield* Clock.currentTimeMillis
      yield* records.write((db) => {
        if (name === by) throw secondPerson()
        if (db.run("update principal set state = 'removed' where name = $name and state <> 'removed'", { name }) !== 1)
          throw unknown()
        for (const table of ["passkey", "session", "invitation", "openid_subject"])
          db.run(`delete from ${table} where name = $name`, { name })
        note(db, "removed", [name, by, now])
      })
    }),

    invite: Effect.fn("Principals.invite")(function* ({ name, subject }, by) {
      const now = yield* Clock.currentTimeMillis
      const token = randomBytes(32).toString("base64url")
      yield* records.write((db) => {
        const found = find(db, name)
        const account = by.role === "steward" ? customer(found, subject) : found?.state === "active" ? found : undefined
        if (account === undefined) throw unknown()
        if (found === undefined || found.state === "removed") {
          add(db, { ...account, name, addedBy: by.name, addedAt: now })
          note(db, "customer", [name, subject ?? null, by.name, now])
        }
        db.run("delete from invitation where expires_at <= $now or name = $name", { now, name })
        db.run("insert into invitation values ($hash, $name, $role, $subject, $by, $expires)", {
          hash: hashOf(token),
          name,
          role: account.roles[0]!,
          subject: account.subject,
          by: by.name,
          expires: now + invitationMillis
        })
      })
      return token
    }),

    invited: Effect.fn("Principals.invited")(function* (token) {
      const now = yield* Clock.currentTimeMillis
      return yield* records.read((db) => live(db, token, now))
    }),

    spend: Effect.fn("Principals.spend")(function* (token) {
      const now = yield* Clock.currentTimeMillis
      yield* records.write((db) => {
        live(db, token, now)
        db.run("delete from invitation where token_hash = $hash", { hash: hashOf(token) })
      })
    }),

    adopt: Effect.fn("Principals.adopt")(function* ({ name, role, subject }) {
      const now = yield* Clock.currentTimeMillis
      yield* records.write((db) => {
        const found = find(db, name)
        if (found !== undefined && found.state === "active") return
        if (found !== undefined) throw conflict()
        const rest = { state: "active" as const, addedBy: "demo link", approvedBy: null, addedAt: now }
        add(db, { name, roles: [role], subject: subject ?? null, ...rest })
      })
    })
  }
}

/** What a steward may invite: a customer, who is one subject and stays it. */
function customer(
  found: Account | undefined,
  subject: number | undefined
): Pick<Account, "roles" | "subject" | "state" | "approvedBy"> | undefined {
  if (found === undefined || found.state === "removed") {
    return subject === undefined ? undefined : { roles: ["customer"], subject, state: "active", approvedBy: null }
  }
  const same = found.roles.join() === "customer" && (subject === undefined || subject === found.subject)
  return same && found.state === "active" ? found : undefined
}

const noInvitation = (): Refused =>
  new Refused({
    code: "session.invitation",
    message: "This invitation has been used, has expired, or was never made here.",
    fix: "Ask for a new one; it works once, within a day."
  })

const unknown = (): BadInput =>
  new BadInput({
    code: "principal.unknown",
    message: "There is no such account.",
    fix: "See the list of principals; an account has to be approved before it is invited."
  })

const conflict = (): Refused =>
  new Refused({
    code: "principal.conflict",
    message: "There is an account of this name already, or it has been decided on.",
    fix: "Look at the list of principals."
  })

const secondPerson = (): Refused =>
  new Refused({
    code: "access.second",
    message: "This takes a second person.",
    fix: "Ask another admin to do it."
  })
