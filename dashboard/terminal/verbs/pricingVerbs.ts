import { Effect } from "effect"
import type { FileSystem, Path } from "effect"
import { formatMoney } from "#core/money/formatMoney.ts"
import type { Log } from "#core/log/Log.ts"
import type { Budget } from "#privacy/budget/Budget.ts"
import { attack } from "#pricing/attack/attack.ts"
import { attackMenu, requireUnbeaten } from "#pricing/attack/attackMenu.ts"
import type { AttackReport } from "#pricing/attack/attack.ts"
import { readMenuFile } from "#pricing/attack/readMenuFile.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { priceMenu } from "#pricing/offer/priceMenu.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { menuOf } from "#catalog/product/menuOf.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { table } from "../table.ts"
import type { Call, Verb } from "../Verb.ts"
import { indexVerbs } from "./indexVerbs.ts"
import { quoteVerb } from "./quoteVerb.ts"
import { readJson } from "./recordVerbs.ts"
import { valueVerbs } from "./valueVerbs.ts"

type Needs = Budget | Catalog | Log | Quotes | FileSystem.FileSystem | Path.Path

const attackVerb: Verb<Needs> = {
  usage: "attack FILE.json",
  about: "search for a cheaper cover of a quote or of every offer of a menu",
  flags: [],
  words: 1,
  run: Effect.fn("attack")(function* (call: Call) {
    const json = yield* readJson(call)
    const isQuote = typeof json === "object" && json !== null && "hash" in json
    const { reports, currency } = isQuote ? yield* attackQuote(JSON.stringify(json)) : yield* attackFile(json)
    const beaten = yield* Effect.result(reckon(() => requireUnbeaten(reports, currency)))
    return {
      json: {
        currency,
        reports,
        ...(beaten._tag === "Failure" ? { refused: beaten.failure.message, fix: beaten.failure.fix } : {})
      },
      text: [
        table(
          ["offer", "price", "cheapest cover", "margin", "nothing below", "verdict"],
          reports.map((one) => lineOf(one, currency))
        ),
        ...(beaten._tag === "Failure" ? ["", beaten.failure.message, beaten.failure.fix] : [])
      ].join("\n"),
      ...(beaten._tag === "Failure" ? { exit: 3 } : {})
    }
  })
}

/** A quote is attacked with the menu of its own version, at the prices of its own moment. */
const attackQuote = Effect.fnUntraced(function* (text: string) {
  const { quote } = yield* (yield* Quotes).verify(text)
  const { version, inputs } = yield* (yield* Catalog).show(quote.product, quote.version)
  const offers = priceMenu(menuOf(version), { ...inputs, demand: quote.inputs.demand }, version.version, quote.issuedAt)
  const own = offers.find(({ id }) => id === (quote.offer ?? "full"))!
  const target = { ...own, fen: quote.price.minor }
  return { reports: [attack(target, offers)], currency: quote.price.currency }
})

const attackFile = Effect.fnUntraced(function* (json: unknown) {
  const { offers, metered, currency } = yield* reckon(() => readMenuFile(json))
  return { reports: attackMenu(offers, metered), currency }
})

const lineOf = (
  { target, fen, cover, margin, atLeast, verdict }: AttackReport,
  currency: string
): ReadonlyArray<string> => {
  const money = (minor: number): string => formatMoney({ minor, currency })
  const parts = cover?.parts.map(({ offer, times }) => (times === 1 ? offer : `${times} x ${offer}`)).join(" + ")
  return [
    target,
    money(fen),
    cover === null ? "none" : `${money(cover.fen)}: ${parts}`,
    margin === null ? "" : `${(100 * margin).toFixed(1)} %`,
    atLeast === null ? "" : money(atLeast),
    verdict
  ]
}

export const pricingVerbs = { attack: attackVerb, quote: quoteVerb, ...indexVerbs, ...valueVerbs }
