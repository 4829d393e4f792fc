import { Effect } from "effect"
import { formatMoney } from "#core/money/formatMoney.ts"
import { parseMoney } from "#core/money/parseMoney.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { Accuracy } from "#catalog/accuracy/Accuracy.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Trials } from "#catalog/trial/Trials.ts"
import type { Trial } from "#catalog/trial/Trial.ts"
import { neededFlag } from "../neededFlag.ts"
import { table } from "../table.ts"
import type { Verb } from "../Verb.ts"

const trialLines = (trials: ReadonlyArray<Trial>): string =>
  trials.length === 0
    ? "No trial yet."
    : table(
        ["trial", "buyer", "product", "state", "until", "calls", "spent"],
        trials.map(({ id, buyer, product, version, state, endsAt, calls, spend }) => [
          id,
          buyer,
          `${product} ${version}`,
          state,
          endsAt.slice(0, 10),
          `${calls.used} of ${calls.cap}`,
          `${formatMoney(spend.used)} of ${formatMoney(spend.cap)}`
        ])
      )

const open: Verb<Trials> = {
  usage: "trial open PRODUCT --buyer NAME --days N --calls N --spend AMOUNT [--purpose P] [--key K]",
  about: "let a buyer look up the newest version before buying it, bounded by time, calls and money",
  flags: ["buyer", "days", "calls", "spend", "purpose", "key"],
  words: 1,
  run: Effect.fn("trial open")(function* ({ words, flags }) {
    const buyer = yield* neededFlag(flags, "buyer", "The buyer")
    const days = Number(yield* neededFlag(flags, "days", "The length of the trial"))
    const calls = Number(yield* neededFlag(flags, "calls", "The number of calls"))
    const amount = yield* neededFlag(flags, "spend", "The spend cap")
    const spend = yield* reckon(() => parseMoney(amount))
    const purpose = flags["purpose"] as string | undefined
    const key = (flags["key"] as string | undefined) ?? words[0]!
    const trial = yield* (yield* Trials).open({
      product: words[0]!,
      buyer,
      days,
      calls,
      spend,
      key,
      ...(purpose === undefined ? {} : { purpose })
    })
    return { json: trial, text: `${trialLines([trial])}\nGive the buyer a key with: assay key add ${trial.id}` }
  })
}

const list: Verb<Trials> = {
  usage: "trial list [--buyer NAME]",
  about: "trials, what they have used and what state they are in",
  flags: ["buyer"],
  words: 0,
  run: Effect.fn("trial list")(function* ({ flags }) {
    const trials = yield* (yield* Trials).list(flags["buyer"] as string | undefined)
    return { json: { trials }, text: trialLines(trials) }
  })
}

const end: Verb<Trials> = {
  usage: "trial end TRIAL",
  about: "end a trial at once",
  flags: [],
  words: 1,
  run: Effect.fn("trial end")(function* ({ words }) {
    const trial = yield* (yield* Trials).end(words[0]!)
    return { json: trial, text: trialLines([trial]) }
  })
}

const convert: Verb<Trials> = {
  usage: "trial convert TRIAL [--key K]",
  about: "order the whole product for a trial's buyer at today's price; its keys go on when that is paid",
  flags: ["key"],
  words: 1,
  run: Effect.fn("trial convert")(function* ({ words, flags }) {
    const order = yield* (yield* Trials).convert(words[0]!, (flags["key"] as string | undefined) ?? words[0]!)
    return {
      json: order,
      text: `Order ${order.id} for ${formatMoney(order.price)}. When the money is there: assay pay ${order.id}`
    }
  })
}

const cancel: Verb<Orders> = {
  usage: "order cancel ORDER --reason TEXT",
  about: "call off an order that is not paid, and give back the privacy budget that it had reserved",
  flags: ["reason"],
  words: 1,
  run: Effect.fn("order cancel")(function* ({ words, flags }) {
    const order = yield* (yield* Orders).cancel(words[0]!, yield* neededFlag(flags, "reason", "The reason"))
    return { json: order, text: `The order ${order.id} is called off.` }
  })
}

const accuracy: Verb<Accuracy> = {
  usage: "order accuracy [--buyer NAME]",
  about: "orders for a more accurate release, what they have reserved of the privacy budget and whether it is made",
  flags: ["buyer"],
  words: 0,
  run: Effect.fn("order accuracy")(function* ({ flags }) {
    const orders = yield* (yield* Accuracy).list(flags["buyer"] as string | undefined)
    return {
      json: { orders },
      text:
        orders.length === 0
          ? "Nobody ordered a more accurate release."
          : table(
              ["order", "buyer", "product", "offer", "epsilon", "rho", "state", "until"],
              orders.map((one) => [
                one.order,
                one.buyer,
                `${one.product} ${one.version}`,
                one.offer,
                one.epsilon.toFixed(3),
                one.rho.toFixed(6),
                one.state,
                one.until ?? ""
              ])
            )
    }
  })
}

/** The verbs of trials, and of what an order reserves. */
export const trialVerbs = {
  "trial open": open,
  "trial list": list,
  "trial end": end,
  "trial convert": convert,
  "order cancel": cancel,
  "order accuracy": accuracy
}
