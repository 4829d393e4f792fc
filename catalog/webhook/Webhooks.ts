import { lookup } from "node:dns/promises"
import { Clock, Context, DateTime, Effect, Layer, Random } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { noticeKinds } from "../notice/Notice.ts"
import type { NoticeKind } from "../notice/Notice.ts"
import { checkHookUrl } from "./checkHookUrl.ts"
import { nextTry } from "./nextTry.ts"
import { postMessage } from "./postMessage.ts"
import type { Posted, Resolve } from "./postMessage.ts"
import { signMessage } from "./signMessage.ts"

/** An address to which a buyer's notices are sent as well. */
export interface Webhook {
  readonly id: string
  readonly buyer: string
  readonly url: string
  readonly kinds: ReadonlyArray<NoticeKind> | "all"
  readonly createdAt: string
  readonly removedAt: string | null
}

/** One try to send a message. */
export interface Attempt {
  readonly id: string
  readonly message: string
  readonly at: string
  /** What was answered; null where nothing was. */
  readonly status: number | null
  readonly outcome: "delivered" | "retry" | "given up"
  readonly problem: string | null
  /** When it is tried again. */
  readonly nextAt: string | null
}

/** What an address is to be sent; `loopback` for who works at this machine's terminal. */
export interface NewWebhook {
  readonly buyer: string
  readonly url: string
  readonly kinds?: ReadonlyArray<string>
  readonly loopback?: boolean
}

/** Notices sent to the addresses that buyers give: signed, tried again for three days, never to anything inside the house. */
export class Webhooks extends Context.Service<
  Webhooks,
  {
    /** Takes an address up; its secret is shown here and never again. `BadInput` for one that nothing may be sent to. */
    add(hook: NewWebhook): Effect.Effect<Webhook & { readonly secret: string }, RecordsError>
    list(buyer?: string): Effect.Effect<ReadonlyArray<Webhook>, RecordsError>
    remove(buyer: string, id: string): Effect.Effect<Webhook, RecordsError>
    /** The tries of an address, newest first, at most 200. */
    attempts(buyer: string, id: string): Effect.Effect<ReadonlyArray<Attempt>, RecordsError>
    /** Sends a message that says it is a test, now. */
    test(buyer: string, id: string): Effect.Effect<Attempt, RecordsError>
    /** Sends what is due, at most 100 messages; a serving home does it every few seconds. */
    readonly send: Effect.Effect<{ readonly delivered: number; readonly failed: number }, RecordsError>
  }
>()("catalog/Webhooks") {
  static readonly layer: Layer.Layer<Webhooks, never, Records | Home> = Layer.unwrap(
    Effect.sync(() =>
      Webhooks.resolving((host) => lookup(host, { all: true }).then((found) => found.map((one) => one.address)))
    )
  )

  /** Webhooks whose names are looked up in a given way. */
  static resolving(resolve: Resolve): Layer.Layer<Webhooks, never, Records | Home> {
    return Layer.effect(Webhooks, openWebhooks(resolve))
  }
}

interface HookRow extends Omit<Webhook, "kinds"> {
  readonly kinds: string
}
interface Due {
  readonly id: string
  readonly body: string
  readonly attempts: number
  readonly webhook: string
  readonly url: string
  readonly removed: string | null
}

/** So long a message belongs to the process that took it up. */
const claimMillis = 60_000

const openWebhooks = Effect.fnUntraced(function* (resolve: Resolve) {
  const records = yield* Records
  const home = yield* Home
  const clock = Effect.map(DateTime.now, DateTime.formatIso)
  // The secret follows from the home key: whoever reads the records alone can sign nothing.
  const secretOf = (id: string): string => `whsec_${Buffer.from(home.hmac("webhook", id), "hex").toString("base64")}`

  const add = Effect.fn("Webhooks.add")(function* ({ buyer, url, kinds = [], loopback = false }: NewWebhook) {
    const createdAt = yield* clock
    return yield* records.write((db) => {
      checkBuyer(buyer)
      const checked = checkHookUrl(url, loopback)
      const known = checkKinds(kinds)
      const id = newId("whk")
      db.run("insert into webhook (id, buyer, url, kinds, created_at) values ($id, $buyer, $url, $kinds, $createdAt)", {
        id,
        buyer,
        url: checked.url.href,
        kinds: known === "all" ? "all" : known.join(","),
        createdAt
      })
      return { ...readHook(db, buyer, id), secret: secretOf(id) }
    })
  })

  const attempt = Effect.fnUntraced(function* (due: Due) {
    const now = yield* Clock.currentTimeMillis
    const headers = signMessage(secretOf(due.webhook), due.id, Math.floor(now / 1000), due.body)
    const posted =
      due.removed === null
        ? yield* Effect.promise(() => postMessage(checkHookUrl(due.url, true), headers, due.body, resolve))
        : ({ status: null, problem: "The address was removed." } satisfies Posted)
    const share = yield* Random.next
    return yield* records.write((db) => settle(db, due, posted, now, share))
  })

  const test = Effect.fn("Webhooks.test")(function* (buyer: string, id: string) {
    const at = yield* clock
    const due = yield* records.write((db) => {
      const hook = readHook(db, buyer, id)
      if (hook.removedAt !== null) throw unknownHook(id)
      const body = canonicalJson({ type: "webhook.test", timestamp: at, data: { webhook: id } })
      const message = newId("msg")
      // Tried once: whoever tests wants to know now.
      db.run(
        `insert into webhook_message (id, webhook, body, created_at, next_at, attempts, state)
         values ($message, $id, $body, $at, null, 999, 'waiting')`,
        { message, id, body, at }
      )
      return { id: message, body, attempts: 999, webhook: id, url: hook.url, removed: null }
    })
    return yield* attempt(due)
  })

  const send = Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const at = new Date(now).toISOString()
    // Asked every few seconds: nobody should wait for a write that writes nothing.
    if (!(yield* records.read((db) => db.get(`${dueNow} limit 1`, { now: at }) !== undefined)))
      return { delivered: 0, failed: 0 }
    const due = yield* records.write((db) => claim(db, now))
    const settled = yield* Effect.forEach(due, attempt, { concurrency: 4 })
    const delivered = settled.filter(({ outcome }) => outcome === "delivered").length
    return { delivered, failed: settled.length - delivered }
  })

  return Webhooks.of({
    add,
    list: Effect.fn("Webhooks.list")((buyer?: string) =>
      records.read((db) =>
        db
          .all<HookRow>(
            `${select} where removed_at is null and buyer = coalesce($buyer, buyer) order by created_at, id`,
            {
              buyer: buyer ?? null
            }
          )
          .map(hookOf)
      )
    ),
    remove: Effect.fn("Webhooks.remove")(function* (buyer: string, id: string) {
      const at = yield* clock
      return yield* records.write((db) => {
        db.run("update webhook set removed_at = coalesce(removed_at, $at) where id = $id and buyer = $buyer", {
          id,
          buyer,
          at
        })
        return readHook(db, buyer, id)
      })
    }),
    attempts: Effect.fn("Webhooks.attempts")((buyer: string, id: string) =>
      records.read((db) => {
        readHook(db, buyer, id)
        return db.all<Attempt & object>(
          `select a.id, a.message, a.at, a.status, a.outcome, a.problem, case when m.state = 'waiting' then m.next_at end as nextAt
           from webhook_attempt a join webhook_message m on m.id = a.message
           where m.webhook = $id order by a.at desc, a.id desc limit 200`,
          { id }
        )
      })
    ),
    test,
    send
  })
})

const select = "select id, buyer, url, kinds, created_at as createdAt, removed_at as removedAt from webhook"

const hookOf = (row: HookRow): Webhook => ({
  ...row,
  kinds: row.kinds === "all" ? "all" : (row.kinds.split(",") as ReadonlyArray<NoticeKind>)
})

function readHook(db: Db, buyer: string, id: string): Webhook {
  const row = db.get<HookRow>(`${select} where id = $id and buyer = $buyer`, { id, buyer })
  if (row === undefined) throw unknownHook(id)
  return hookOf(row)
}

const dueNow = `select m.id, m.body, m.attempts, m.webhook, w.url, w.removed_at as removed
  from webhook_message m join webhook w on w.id = m.webhook
  where m.state = 'waiting' and m.next_at <= $now`

/** Takes due messages up for this process; one that dies with them leaves them due again. */
function claim(db: Db, now: number): ReadonlyArray<Due> {
  const due = db.all<Due & object>(`${dueNow} order by m.next_at, m.id limit 100`, { now: new Date(now).toISOString() })
  const until = new Date(now + claimMillis).toISOString()
  for (const { id } of due) db.run("update webhook_message set next_at = $until where id = $id", { id, until })
  return due
}

function settle(db: Db, due: Due, { status, problem }: Posted, now: number, share: number): Attempt {
  const tries = due.attempts + 1
  const isDelivered = status !== null && status >= 200 && status < 300
  // Gone means that nobody is there for good, which the standard asks to respect.
  const nextAt = isDelivered || status === 410 || due.removed !== null ? undefined : nextTry(tries, now, share)
  const outcome = isDelivered ? "delivered" : nextAt === undefined ? "given up" : "retry"
  const own: Attempt = {
    id: newId("try"),
    message: due.id,
    at: new Date(now).toISOString(),
    status,
    outcome,
    problem: problem ?? (isDelivered ? null : `It answered ${status}.`),
    nextAt: nextAt ?? null
  }
  db.run("update webhook_message set attempts = $tries, state = $state, next_at = $nextAt where id = $id", {
    id: due.id,
    tries,
    state: outcome === "retry" ? "waiting" : outcome,
    nextAt: nextAt ?? null
  })
  db.run(
    "insert into webhook_attempt (id, message, at, status, outcome, problem) values ($id, $message, $at, $status, $outcome, $problem)",
    {
      id: own.id,
      message: own.message,
      at: own.at,
      status,
      outcome,
      problem: own.problem
    }
  )
  return own
}

function checkKinds(kinds: ReadonlyArray<string>): ReadonlyArray<NoticeKind> | "all" {
  const strange = kinds.find((kind) => !(noticeKinds as ReadonlyArray<string>).includes(kind))
  if (strange === undefined) return kinds.length === 0 ? "all" : (kinds as ReadonlyArray<NoticeKind>)
  throw new BadInput({
    code: "webhook.kinds",
    message: `There is no notice of the kind ${strange.slice(0, 40)}.`,
    fix: `Choose of ${noticeKinds.join(", ")}, or leave it out for all.`,
    where: { field: "kinds" }
  })
}

function checkBuyer(buyer: string): void {
  if (/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(buyer) && buyer.trim() === buyer) return
  throw new BadInput({
    code: "webhook.buyer",
    message: "A webhook belongs to a buyer.",
    fix: "Write the buyer's name as in the orders.",
    where: { field: "buyer" }
  })
}

const unknownHook = (id: string): BadInput =>
  new BadInput({
    code: "webhook.unknown",
    message: `There is no webhook ${id.slice(0, 60)} of this buyer.`,
    fix: "assay webhook list shows what there is.",
    where: { field: "webhook" }
  })
