import { DatabaseSync } from "node:sqlite"
import { join } from "node:path"
import { ManagedRuntime } from "effect"
import type { Role } from "#dashboard/api/Role.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { salesApp } from "../../../app.ts"
import type { servedHome } from "./servedHome.ts"

/** Kinds of writes that the server acknowledges: by the identifier that it gave, found in this column ever after. */
const kept = {
  quotes: ["quote_owner", "quote"],
  orders: ["buyer_order", "id"],
  paid: ["entitlement", "order_id"],
  invoices: ["invoice", "operation"],
  keys: ["api_key", "id"],
  shares: ["share_recipient", "id"],
  grants: ["consent_grant", "digest"],
  revocations: ["consent_revocation", "operation"]
} as const

export type Kept = keyof typeof kept
type Served = Awaited<ReturnType<typeof servedHome.start>>

/** What those who work with a served home share: how they ask, what was acknowledged, and what was answered that should not be. */
export class LoadWorld {
  readonly #home: string
  readonly #beside
  served: Served | undefined
  stopping = false
  requests = 0
  /** Answers that no rule explains. */
  readonly wrong: Array<string> = []
  readonly acknowledged: Readonly<Record<Kept, Set<string>>> = {
    quotes: new Set(),
    orders: new Set(),
    paid: new Set(),
    invoices: new Set(),
    keys: new Set(),
    shares: new Set(),
    grants: new Set(),
    revocations: new Set()
  }
  /** Writes whose answer never came: they may have happened, each at most once. */
  readonly unsure: Record<Kept, number> = {
    quotes: 0,
    orders: 0,
    paid: 0,
    invoices: 0,
    keys: 0,
    shares: 0,
    grants: 0,
    revocations: 0
  }
  /** What stood there before. */
  readonly #before: Readonly<Record<Kept, number>>

  constructor(home: string) {
    this.#home = home
    this.#beside = ManagedRuntime.make(salesApp(home))
    this.#before = this.#counts()
  }

  get base(): string {
    return this.served!.base
  }

  /** Asks once; undefined where the server went away before it answered. Only what is allowed for here is right, beside done and refused. */
  async ask(
    path: string,
    cookie: string | undefined,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {}
  ): Promise<Response | undefined> {
    const { base } = this
    const post = body !== undefined
    const answer = await fetch(`${base}${path}`, {
      method: post ? "POST" : "GET",
      headers: {
        ...(cookie === undefined ? {} : { cookie }),
        origin: base,
        ...(post ? { "content-type": "application/json" } : {}),
        ...headers
      },
      ...(post ? { body: typeof body === "string" ? body : JSON.stringify(body) } : {})
    }).catch(() => undefined)
    this.requests += 1
    if (answer !== undefined && answer.status >= 500 && answer.status !== 503)
      this.wrong.push(`${answer.status} ${path}`)
    return answer
  }

  /** The body of an answer that says done; undefined for a refusal and where the server went away. */
  async read<A>(path: string, cookie: string | undefined, body?: unknown): Promise<A | undefined> {
    const answer = await this.ask(path, cookie, body)
    const told = (await answer?.json().catch(() => undefined)) as A | undefined
    return answer?.ok === true ? told : undefined
  }

  /** A write of one kind: what was acknowledged is noted by its identifier, what was not answered counted. */
  async write<A>(
    kind: Kept,
    path: string,
    cookie: string,
    body: unknown,
    id: (told: A) => string
  ): Promise<A | undefined> {
    const answer = await this.ask(path, cookie, body)
    const told = (await answer?.json().catch(() => undefined)) as A | undefined
    if (answer === undefined || (answer.ok && told === undefined)) this.unsure[kind] += 1
    if (answer?.ok !== true || told === undefined) return undefined
    const own = id(told)
    if (this.acknowledged[kind].has(own)) this.wrong.push(`acknowledged twice: ${path}`)
    this.acknowledged[kind].add(own)
    return told
  }

  /** Signs in by a one-time link; undefined where the server went away or has too much to do. */
  async signIn(role: Role, name: string, subject?: number): Promise<string | undefined> {
    const link = await this.#beside.runPromise(mintLink(role, this.served!.port, name, subject))
    const answer = await this.ask("/api/sign-in", undefined, { token: link.split("#")[1] })
    await answer?.arrayBuffer().catch(() => undefined)
    return answer?.headers.get("set-cookie")?.split(";", 1)[0]
  }

  /** The subjects that may sign in as customers. */
  subjects(): ReadonlyArray<number> {
    return this.rows<{ subj: number }>("select subj from subject where state = 'ACTIVE' order by subj").map(
      ({ subj }) => subj
    )
  }

  /** Reads the records beside the server. */
  rows<A>(sql: string): ReadonlyArray<A> {
    const records = new DatabaseSync(join(this.#home, "records.sqlite"), { readOnly: true, timeout: 5000 })
    try {
      return records.prepare(sql).all() as unknown as ReadonlyArray<A>
    } finally {
      records.close()
    }
  }

  /** What was acknowledged and is not there. */
  lost(): ReadonlyArray<string> {
    return Object.entries(kept).flatMap(([kind, [table, column]]) => {
      const there = new Set(this.rows<{ id: string }>(`select ${column} as id from ${table}`).map(({ id }) => id))
      return [...this.acknowledged[kind as Kept]].filter((id) => !there.has(id)).map((id) => `${kind} ${id}`)
    })
  }

  /** What is there more often than it was asked for: rows beyond those that were acknowledged or may have happened. */
  doubled(): ReadonlyArray<string> {
    const now = this.#counts()
    const tooMany = Object.keys(kept).flatMap((name) => {
      const kind = name as Kept
      const most = this.#before[kind] + this.acknowledged[kind].size + this.unsure[kind]
      return now[kind] > most ? [`${kind}: ${now[kind]} of at most ${most}`] : []
    })
    const twice = this.rows<{ quote: string; n: number }>(
      "select quote, count(*) as n from buyer_order group by quote having n > 1"
    ).map(({ quote, n }) => `${n} orders of ${quote}`)
    return [...tooMany, ...twice]
  }

  #counts(): Record<Kept, number> {
    return Object.fromEntries(
      Object.entries(kept).map(([kind, [table]]) => [
        kind,
        this.rows<{ n: number }>(`select count(*) as n from ${table}`)[0]!.n
      ])
    ) as Record<Kept, number>
  }

  close(): Promise<void> {
    return this.#beside.dispose()
  }
}
