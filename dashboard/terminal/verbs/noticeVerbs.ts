import { Effect } from "effect"
import { Inbox } from "#catalog/notice/Inbox.ts"
import { Webhooks } from "#catalog/webhook/Webhooks.ts"
import { languageOf } from "../languageOf.ts"
import { table } from "../table.ts"
import type { Call, Verb } from "../Verb.ts"

type Needs = Inbox | Webhooks

const inbox: Verb<Needs> = {
  usage: "inbox BUYER [--unread] [--read NOTICE]",
  about: "what a buyer was told: recalls, prices, deprecations, broken contracts",
  flags: ["unread?", "read"],
  words: 1,
  run: Effect.fn("inbox")(function* ({ words, flags }: Call) {
    const box = yield* Inbox
    const buyer = words[0]!
    if (typeof flags["read"] === "string") yield* box.read(buyer, flags["read"])
    const notices = yield* box.list(buyer, flags["unread"] === true)
    const language = languageOf(flags)
    return {
      json: { notices },
      text:
        notices.length === 0
          ? { zh: "没有消息。", en: "Nothing was said." }[language]
          : table(
              { zh: ["消息", "时间", "已读", "内容"], en: ["notice", "at", "read", "what"] }[language],
              notices.map(({ id, at, readAt, text }) => [
                id,
                at.slice(0, 16),
                readAt === null ? "" : "✓",
                text[language]
              ])
            )
    }
  })
}

const add: Verb<Needs> = {
  usage: "webhook add BUYER URL [--kinds recall,price]",
  about: "send a buyer's notices to an address too; its secret is shown once",
  flags: ["kinds"],
  words: 2,
  run: Effect.fn("webhook add")(function* ({ words, flags }: Call) {
    const kinds = typeof flags["kinds"] === "string" ? flags["kinds"].split(",") : []
    // Whoever works at this machine's terminal may try things out on it.
    const made = yield* (yield* Webhooks).add({ buyer: words[0]!, url: words[1]!, kinds, loopback: true })
    return {
      json: made,
      text: `${made.id} sends to ${made.url}\n${made.secret}\n${{ zh: "密钥只显示这一次；用它核验签名（Standard Webhooks）。", en: "This secret is shown only now; signatures are checked with it (Standard Webhooks)." }[languageOf(flags)]}`
    }
  })
}

const list: Verb<Needs> = {
  usage: "webhook list [BUYER]",
  about: "addresses that notices are sent to",
  flags: [],
  words: 0,
  run: Effect.fn("webhook list")(function* ({ words }: Call) {
    const hooks = yield* (yield* Webhooks).list(words[0])
    return {
      json: { webhooks: hooks },
      text:
        hooks.length === 0
          ? "None."
          : table(
              ["webhook", "buyer", "url", "kinds"],
              hooks.map(({ id, buyer, url, kinds }) => [id, buyer, url, kinds === "all" ? "all" : kinds.join(", ")])
            )
    }
  })
}

const remove: Verb<Needs> = {
  usage: "webhook remove BUYER WEBHOOK",
  about: "send nothing to an address any more",
  flags: [],
  words: 2,
  run: Effect.fn("webhook remove")(function* ({ words }: Call) {
    const removed = yield* (yield* Webhooks).remove(words[0]!, words[1]!)
    return { json: removed, text: `Removed ${removed.id}.` }
  })
}

const test: Verb<Needs> = {
  usage: "webhook test BUYER WEBHOOK",
  about: "send a message that says it is a test, now",
  flags: [],
  words: 2,
  run: Effect.fn("webhook test")(function* ({ words }: Call) {
    const tried = yield* (yield* Webhooks).test(words[0]!, words[1]!)
    const text = tried.outcome === "delivered" ? `It answered ${tried.status}.` : tried.problem!
    return { json: tried, text, ...(tried.outcome === "delivered" ? {} : { exit: 5 }) }
  })
}

const send: Verb<Needs> = {
  usage: "webhook send",
  about: "send what is due; a serving home does it by itself",
  flags: [],
  words: 0,
  run: Effect.fn("webhook send")(function* () {
    const sent = yield* (yield* Webhooks).send
    return { json: sent, text: `${sent.delivered} delivered, ${sent.failed} failed.` }
  })
}

export const noticeVerbs = {
  inbox,
  "webhook add": add,
  "webhook list": list,
  "webhook remove": remove,
  "webhook test": test,
  "webhook send": send
}
