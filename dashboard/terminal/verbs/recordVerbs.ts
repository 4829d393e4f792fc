import { DateTime, Effect } from "effect"
import type { FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { price } from "#pricing/price/price.ts"
import { readPriceFile } from "#pricing/price/readPriceFile.ts"
import { charge } from "#pricing/tariff/charge.ts"
import { readTariffFile } from "#pricing/tariff/readTariffFile.ts"
import { table } from "../table.ts"
import type { Call, Verb } from "../Verb.ts"
import { readText } from "./salesVerbs.ts"

type Needs = Budget | FileSystem.FileSystem | Path.Path

const budget: Verb<Needs> = {
  usage: "budget [--product P]",
  about: "privacy loss spent and left",
  flags: ["product"],
  words: 0,
  run: Effect.fn("budget")(function* ({ flags }) {
    const ledger = yield* Budget
    const { cap, spent, left, products, population } = yield* ledger.spent
    const chosen = products.filter(({ product }) => flags["product"] === undefined || product === flags["product"])
    const loss = ({ rho, epsilon, delta }: typeof cap): string =>
      `rho ${rho.toFixed(6)}, (epsilon ${epsilon.toFixed(3)}, delta ${delta.toExponential(2)})`
    return {
      json: { population, cap, spent, left, products: chosen },
      text: [
        `cap    ${loss(cap)}`,
        `spent  ${loss(spent)}`,
        `left   ${loss(left)}`,
        "",
        table(
          ["product", "releases", "rho", "epsilon"],
          chosen.map((one) => [
            one.product,
            String(one.releases),
            one.spent.rho.toFixed(6),
            one.spent.epsilon.toFixed(3)
          ])
        )
      ].join("\n")
    }
  })
}

/** The JSON document that the first word of a call names. */
export const readJson = Effect.fnUntraced(function* ({ words, io }: Call) {
  const text = yield* readText(words[0]!, io.cwd)
  return yield* Effect.try({
    try: (): unknown => JSON.parse(text),
    catch: () =>
      new BadInput({
        code: "file.json",
        message: `${words[0]} is not JSON.`,
        fix: "Compare it with the examples in docs/flow.md.",
        where: { file: words[0]! }
      })
  })
})

const priceVerb: Verb<Needs> = {
  usage: "price FILE.json",
  about: "the price function on given inputs",
  flags: [],
  words: 1,
  run: Effect.fn("price")(function* (call) {
    const json = yield* readJson(call)
    const now = DateTime.formatIso(yield* DateTime.now)
    const { inputs, currency } = yield* reckon(() => readPriceFile(json, call.words[0]!, now))
    const { fen, terms } = yield* reckon(() => price(inputs))
    return { json: { fen, currency, terms }, text: `${(fen / 100).toFixed(2)} ${currency}` }
  })
}

const tariff: Verb<Needs> = {
  usage: "tariff FILE.json",
  about: "graduated tiers on a given quantity",
  flags: [],
  words: 1,
  run: Effect.fn("tariff")(function* (call) {
    const json = yield* readJson(call)
    const { tariff: tiers, quantity } = yield* reckon(() => readTariffFile(json))
    const { fen, lines } = yield* reckon(() => charge(tiers, quantity))
    return { json: { fen, lines }, text: (fen / 100).toFixed(2) }
  })
}

export const recordVerbs = { budget, price: priceVerb, tariff }
