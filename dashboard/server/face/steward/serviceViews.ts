import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Records } from "#core/records/Records.ts"
import type { Db } from "#core/records/Records.ts"
import { Trials } from "#catalog/trial/Trials.ts"
import { Webhooks } from "#catalog/webhook/Webhooks.ts"
import type { Webhook } from "#catalog/webhook/Webhooks.ts"
import type { Service } from "../../../api/steward/Service.ts"

const mostTries = 5
/** Tests are counted from here on, so that they are tried once. */
const firstTest = 999

type Hook = Service["webhooks"][number]

/** Trials and webhooks of all buyers, those that need somebody first. */
export const serviceViews = Effect.fn("serviceViews")(function* () {
  const trials = yield* (yield* Trials).list()
  const hooks = yield* (yield* Webhooks).list()
  const webhooks = yield* (yield* Records).read((db) => hooks.map((hook) => hookOf(db, hook)))
  const rank = ({ state }: { readonly state: string }): number => (state === "open" || state === "fails" ? 0 : 1)
  return {
    trials: trials
      .map(({ id, buyer, product, version, purpose, state, startedAt, endsAt, calls, spend }) => ({
        id,
        buyer,
        product,
        version,
        purpose,
        state,
        startedAt,
        endsAt,
        calls,
        spend
      }))
      .sort((a, b) => rank(a) - rank(b)),
    webhooks: webhooks.sort((a, b) => rank(a) - rank(b))
  } satisfies Service as Service
})

/** Ends a trial at once. */
export const endTrial = Effect.fn("endTrial")(function* (id: string) {
  yield* (yield* Trials).end(id)
  return yield* serviceViews()
})

/** Sends a message that says it is a test, now, and tells how it went. */
export const testWebhook = Effect.fn("testWebhook")(function* (id: string) {
  const { buyer } = yield* knownHook(id)
  yield* (yield* Webhooks).test(buyer, id)
  return yield* serviceViews()
})

/** Sends nothing to an address any more. */
export const removeWebhook = Effect.fn("removeWebhook")(function* (id: string) {
  const { buyer } = yield* knownHook(id)
  yield* (yield* Webhooks).remove(buyer, id)
  return yield* serviceViews()
})

const knownHook = Effect.fnUntraced(function* (id: string) {
  const found = (yield* (yield* Webhooks).list()).find((hook) => hook.id === id)
  if (found !== undefined) return found
  return yield* new BadInput({
    code: "webhook.unknown",
    message: "There is no such webhook.",
    fix: "Choose one in the list."
  })
})

function hookOf(db: Db, { id, buyer, url, kinds, createdAt }: Webhook): Hook {
  const attempts = db.all<Omit<Hook["attempts"][number], "isTest"> & { readonly tries: number }>(
    `select a.at, a.status, a.outcome, m.attempts as tries from webhook_attempt a join webhook_message m on m.id = a.message
     where m.webhook = $id order by a.at desc, a.id desc limit ${mostTries}`,
    { id }
  )
  const counted = db.get<{ delivered: number; waiting: number; givenUp: number; nextAt: string | null }>(
    `select count(*) filter (where state = 'delivered') as delivered, count(*) filter (where state = 'waiting') as waiting,
       count(*) filter (where state = 'given up') as givenUp, min(next_at) filter (where state = 'waiting') as nextAt
     from webhook_message where webhook = $id and attempts < ${firstTest}`,
    { id }
  )!
  const newest = attempts[0]
  return {
    id,
    buyer,
    host: new URL(url).host,
    kinds: kinds === "all" ? [] : kinds,
    createdAt,
    state: newest === undefined ? "silent" : newest.outcome === "delivered" ? "delivers" : "fails",
    ...counted,
    attempts: attempts.map(({ tries, ...own }) => ({ ...own, isTest: tries >= firstTest }))
  }
}
