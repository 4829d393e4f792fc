import { createHash, randomBytes } from "node:crypto"
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Clock, Context, Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { Account } from "../security/Principals.ts"
import { Principals } from "../security/Principals.ts"
import type { Provider } from "./Provider.ts"
import { providerClient } from "./providerClient.ts"
import type { Person } from "./providerClient.ts"

const flowMillis = 10 * 60_000
/** Whoever only begins pushes out who began before, and never fills the disk. */
const mostFlows = 1000

/** What the browser brings back from the provider, with the ticket that it kept. */
interface Answer {
  readonly ticket: string
  readonly state: string
  readonly code: string
  readonly iss?: string
}

/**
 * Sign-in by the accounts of a company, through one OpenID provider. The provider says who somebody is; which accounts there are, and what they may do,
 * is decided here. An account keeps the subject that it first came as, so a name that the provider gives to somebody else later opens nothing.
 */
export class OpenId extends Context.Service<
  OpenId,
  {
    /** The provider, if one is set. */
    readonly provider: Effect.Effect<Provider | undefined, RecordsError>
    /** Sets the provider, with the secret that it gave this house (a public client has none). Sessions that came by a provider end. */
    set(provider: Omit<Provider, "setAt">, secret: string | undefined): Effect.Effect<void, RecordsError>
    /** Takes the provider away, with the sessions that came by it. */
    remove(by: string): Effect.Effect<void, RecordsError>
    /** Where the browser goes, and the ticket that it keeps: who has only one of the two does not sign in. */
    begin(redirect: string): Effect.Effect<{ readonly address: string; readonly ticket: string }, RecordsError>
    /** The active account that the provider vouches for; the sign-in is used up whatever comes of it. */
    finish(answer: Answer, redirect: string): Effect.Effect<Account, RecordsError>
  }
>()("dashboard/OpenId") {
  static readonly layer: Layer.Layer<OpenId, never, Home | Log | Principals | Records> = Layer.effect(
    OpenId,
    Effect.gen(function* () {
      return OpenId.of(serve(yield* Records, yield* Home, yield* Log, yield* Principals))
    })
  )
}

interface ProviderRow {
  readonly issuer: string
  readonly client: string
  readonly claim: Provider["claim"]
  readonly domain: string | null
  readonly label: string
  readonly set_by: string
  readonly set_at: number
}

interface FlowRow {
  readonly ticket_hash: string
  readonly verifier: string
  readonly nonce: string
}

const secret = (): string => randomBytes(32).toString("base64url")
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex")

function serve(
  records: Records["Service"],
  home: Home["Service"],
  log: Log["Service"],
  principals: Principals["Service"]
): OpenId["Service"] {
  const secretFile = join(home.path, "keys", "openid.secret")
  let made: { readonly of: string; readonly client: ReturnType<typeof providerClient> } | undefined
  const clientOf = (provider: Provider): ReturnType<typeof providerClient> => {
    const of = canonicalJson([provider.issuer, provider.client, provider.setAt])
    if (made?.of !== of) {
      const known = existsSync(secretFile) ? readFileSync(secretFile, "utf8") : undefined
      made = { of, client: providerClient(provider, known) }
    }
    return made.client
  }
  const note = (db: Db, what: string, details: ReadonlyArray<string | number | null>): void =>
    log.append(db, {
      type: "access-grant",
      operation: `${what}:${home.hmac("access-operation", canonicalJson([what, ...details])).slice(0, 32)}`,
      commitment: home.hmac("access-grant", canonicalJson([what, ...details]))
    })
  const forget = (db: Db): void => {
    for (const table of ["openid_provider", "openid_flow"]) db.run(`delete from ${table}`)
    db.run("delete from session where method = 'openid'")
  }
  const provider = records.read((db) => {
    const row = db.get<ProviderRow>("select * from openid_provider")
    if (row === undefined) return undefined
    const { issuer, client, claim, domain, label, set_by: setBy, set_at: setAt } = row
    return { issuer, client, claim, domain, label, setBy, setAt }
  })
  const needed = Effect.flatMap(provider, (found) =>
    found === undefined ? Effect.fail(notOffered()) : Effect.succeed(found)
  )

  return {
    provider,

    set: Effect.fn("OpenId.set")(function* ({ issuer, client, claim, domain, label, setBy }, key) {
      const now = yield* Clock.currentTimeMillis
      yield* records.write((db) => {
        forget(db)
        db.run("insert into openid_provider values (1, $issuer, $client, $claim, $domain, $label, $setBy, $now)", {
          issuer,
          client,
          claim,
          domain,
          label,
          setBy,
          now
        })
        keepSecret(secretFile, key)
        note(db, "openid-provider", [issuer, client, claim, domain, setBy, now])
      })
    }),

    remove: Effect.fn("OpenId.remove")(function* (by) {
      const now = yield* Clock.currentTimeMillis
      yield* records.write((db) => {
        if (db.get("select 1 from openid_provider") === undefined) throw notOffered()
        forget(db)
        keepSecret(secretFile, undefined)
        note(db, "openid-removed", [by, now])
      })
    }),

    begin: Effect.fn("OpenId.begin")(function* (redirect) {
      const found = yield* needed
      const [state, nonce, verifier, ticket] = [secret(), secret(), secret(), secret()]
      const address = yield* clientOf(found).address({ state, nonce, verifier }, redirect)
      const now = yield* Clock.currentTimeMillis
      yield* records.write((db) => {
        db.run("delete from openid_flow where expires_at <= $now", { now })
        db.run(
          `delete from openid_flow where state_hash in
             (select state_hash from openid_flow order by expires_at desc limit -1 offset ${mostFlows - 1})`
        )
        db.run("insert into openid_flow values ($state, $ticket, $verifier, $nonce, $expires)", {
          state: hashOf(state),
          ticket: hashOf(ticket),
          verifier,
          nonce,
          expires: now + flowMillis
        })
      })
      return { address, ticket }
    }),

    finish: Effect.fn("OpenId.finish")(function* ({ ticket, state, code, iss }, redirect) {
      const found = yield* needed
      const now = yield* Clock.currentTimeMillis
      const flow = yield* records.write((db) =>
        db.get<FlowRow>("delete from openid_flow where state_hash = $state and expires_at > $now returning *", {
          state: hashOf(state),
          now
        })
      )
      // Another browser's ticket uses the sign-in up as well: somebody tries to sign a stranger in.
      if (flow === undefined || flow.ticket_hash !== hashOf(ticket)) return yield* notBegun()
      const answer = { code, state, ...(iss === undefined ? {} : { iss }) }
      const person = yield* clientOf(found).redeem(answer, { state, ...flow }, redirect)
      const name = accountName(found, person)
      const account = name === undefined ? undefined : yield* principals.active(name)
      // Customers are one subject of the house for ever, which no company's directory can know.
      if (account === undefined || account.subject !== null) return yield* noAccount()
      const subject = home.hmac("openid-subject", canonicalJson([found.issuer, person.subject]))
      yield* records.write((db) => {
        db.run("insert into openid_subject values ($name, $issuer, $subject, $now) on conflict do nothing", {
          name: account.name,
          issuer: found.issuer,
          subject,
          now
        })
        const kept = db.get<{ subject_hash: string }>(
          "select subject_hash from openid_subject where name = $name and issuer = $issuer",
          { name: account.name, issuer: found.issuer }
        )
        if (kept?.subject_hash !== subject) throw noAccount()
      })
      return account
    })
  }
}

/** The account that a person's claim names; undefined where the provider says too little. */
function accountName({ claim, domain }: Provider, { userName, email }: Person): string | undefined {
  if (claim === "preferred_username") return userName
  const at = email?.lastIndexOf("@") ?? -1
  return at > 0 && email!.slice(at + 1).toLowerCase() === domain ? email!.slice(0, at).toLowerCase() : undefined
}

/** Under a new name first, so that no moment has half a secret, or one that others may read. */
function keepSecret(file: string, key: string | undefined): void {
  if (key === undefined) return rmSync(file, { force: true })
  writeFileSync(`${file}.new`, key, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

const notOffered = (): Refused =>
  new Refused({
    code: "openid.none",
    message: "No company sign-in is set up here.",
    fix: "Sign in with your passkey; an operator sets one up with `assay openid set`."
  })

const notBegun = (): Refused =>
  new Refused({
    code: "openid.flow",
    message: "This sign-in was not begun in this browser, was used, or is older than ten minutes.",
    fix: "Begin again from the sign-in page."
  })

const noAccount = (): Refused =>
  new Refused({
    code: "openid.account",
    message: "Nobody of that name may sign in here.",
    fix: "Ask an admin of this house for an account of the name that your company knows you by."
  })
