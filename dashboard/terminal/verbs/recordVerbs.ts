import { DateTime, Effect } from "effect"
import type { FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { price } from "#pricing/price/price.ts"
import { readPriceFile } from "#pricing/price/readPriceFile.ts"
import { charge } from "#pricing/tariff/charge.ts"
import { readTariffFile } from "#pricing/tariff/readTariffFile.ts"
import type { Call, Verb } from "../Verb.ts"
import { readText } from "./salesVerbs.ts"

type Needs = FileSystem.FileSystem | Path.Path

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

export const recordVerbs = { price: priceVerb, tariff }
