import { DateTime, Effect, Schema } from "effect"
import type { FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { formatMoney } from "#core/money/formatMoney.ts"
import { Refused } from "#core/Refused.ts"
import { zcdpRho } from "#privacy/dp/accounting/zcdpRho.ts"
import type { MvdsStep } from "#pricing/scenario/mvds.ts"
import { explainQuote } from "#pricing/quote/explainQuote.ts"
import type { Quote } from "#pricing/quote/Quote.ts"
import type { Scenario } from "#pricing/scenario/Scenario.ts"
import { decodeYaml } from "#pipelines/sources/yaml/decodeYaml.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import { menuOf } from "#catalog/product/menuOf.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { mvdsOfDraft } from "#catalog/scenario/mvdsOfDraft.ts"
import { mvdsOfVersion } from "#catalog/scenario/mvdsOfVersion.ts"
import { Scenarios } from "#catalog/scenario/Scenarios.ts"
import { table } from "../table.ts"
import type { Answer, Call, Verb } from "../Verb.ts"
import { languageOf } from "../languageOf.ts"
import { treeLines } from "../treeLines.ts"
import { readText } from "./salesVerbs.ts"

type Needs = Catalog | ProductFiles | Quotes | Scenarios | FileSystem.FileSystem | Path.Path

/** `quote`: a price that can be ordered, or what a scenario needs and what that costs. */
export const quoteVerb: Verb<Needs> = {
  usage: "quote [PRODUCT] [--version V] [--offer O] [--epsilon E] [--scenario FILE]",
  about: "a price that can be ordered for 24 hours, with its explanation; or the products that fit a scenario",
  flags: ["version", "offer", "epsilon", "scenario"],
  words: 0,
  run: Effect.fn("quote")(function* (call: Call) {
    const [product] = call.words
    const text = (name: string) => call.flags[name] as string | undefined
    const file = text("scenario")
    if (file !== undefined) return yield* forScenario(call, file, product)
    if (product === undefined) {
      return yield* new BadInput({
        code: "quote.product",
        message: "A quote is for a product or for a scenario.",
        fix: "Write assay quote PRODUCT, or assay quote --scenario FILE.",
        where: { field: "product" }
      })
    }
    const [version, epsilon] = [text("version"), text("epsilon")]
    const offer = text("offer") ?? (epsilon === undefined ? undefined : yield* offerAt(product, version, epsilon))
    return answer(yield* (yield* Quotes).create(product, version, offer), languageOf(call.flags))
  })
}

function answer(made: Quote, language: "zh" | "en"): Answer {
  const explanation = explainQuote(made)
  return {
    json: { ...made, explanation },
    text: [
      `Quote ${made.id} for ${made.product} ${made.version}${made.offer === undefined ? "" : `, offer ${made.offer}`}: ${formatMoney(made.price)}, until ${made.expiresAt}`,
      ...treeLines(explanation, made.price.currency, language),
      `Order it with: assay order ${made.id} --buyer NAME`
    ].join("\n")
  }
}

/** The whole version at the lowest accuracy on its menu that still gives epsilon. */
const offerAt = Effect.fnUntraced(function* (product: string, asked: string | undefined, text: string) {
  const { version } = yield* (yield* Catalog).show(product, asked)
  const epsilon = Number(text)
  if (!(epsilon > 0 && epsilon <= 100)) {
    return yield* new BadInput({
      code: "quote.epsilon",
      message: "--epsilon takes a number above zero.",
      fix: `Write --epsilon ${version.epsilon}, which is that of the version.`,
      where: { field: "epsilon" }
    })
  }
  const wanted = zcdpRho(epsilon, version.delta / 2)
  const whole = menuOf(version).offers.filter(
    ({ stratum, columns }) => stratum === null && columns.length === version.columns.length
  )
  const enough = whole.filter(({ accuracy }) => accuracy.value * version.rho.value >= wanted * (1 - 1e-9))
  if (enough.length > 0) return enough.reduce((a, b) => (b.accuracy.value < a.accuracy.value ? b : a)).id
  return yield* new Refused({
    code: "quote.accuracy",
    message: `${product} ${version.version} was released at epsilon ${version.epsilon}; more accuracy is a new release with its own charge.`,
    fix: `Ask for at most epsilon ${version.epsilon}, or for a release of your own.`,
    where: { field: "epsilon" }
  })
})

const forScenario = Effect.fnUntraced(function* (call: Call, file: string, product: string | undefined) {
  const json = yield* decodeYaml(Schema.Unknown, yield* readText(file, call.io.cwd), file)
  const catalog = yield* Catalog
  // An unknown product is said before anything is stored.
  const only = product === undefined ? undefined : yield* catalog.show(product)
  const { scenario, scores } = yield* (yield* Scenarios).declare(json)
  const listings = only === undefined ? yield* catalog.list : [only]
  const ranked = yield* Effect.forEach(
    scores.filter(({ version }) => listings.some((one) => one.product === version.product)),
    ({ version, score }) =>
      Effect.gen(function* () {
        const listing = listings.find((one) => one.product === version.product)!
        const mvds = yield* mvdsOfVersion(scenario, listing)
        return { product: version.product, version: version.version, currency: version.currency, score, mvds }
      })
  )
  const drafts = only === undefined ? yield* planned(scenario, listings) : []
  const best = ranked[0]?.mvds
  const quote =
    only !== undefined && best?.reached === true && best.offer !== null
      ? yield* (yield* Quotes).create(only.product, undefined, best.offer.id)
      : undefined
  return {
    json: {
      scenario,
      ranking: ranked,
      drafts,
      ...(quote === undefined ? {} : { quote: { ...quote, explanation: explainQuote(quote) } })
    },
    text: [
      `Scenario ${scenario.scenario} (${scenario.purposes.join(", ")}) is stored; it is scored again on every new version.`,
      table(
        ["product", "version", "fit", "enough", "MVDS", "price", "missing"],
        ranked.map(({ product, version, currency, score, mvds }) => [
          product,
          version,
          score.fit.value.toFixed(1),
          mvds.reached ? "yes" : "no",
          mvds.steps.map(({ group }) => group).join(" + "),
          mvds.offer === null ? "" : formatMoney({ minor: mvds.offer.fen, currency }),
          [...score.missing, ...score.forbidden].join(", ")
        ])
      ),
      ...ranked.flatMap(({ product, mvds }) => [
        "",
        `${product}: what each column group adds`,
        steps([...mvds.steps, ...mvds.further])
      ]),
      ...drafts.flatMap(({ product, mvds }) => [
        "",
        `${product}, not released yet: ${mvds.bits.low.toFixed(1)} to ${mvds.bits.high.toFixed(1)} bits, from public sizes and bounds`,
        steps([...mvds.steps, ...mvds.further])
      ]),
      ...(quote === undefined ? [] : ["", answer(quote, languageOf(call.flags)).text])
    ].join("\n")
  } satisfies Answer as Answer
})

/** Product files that nothing was released from yet. */
const planned = Effect.fnUntraced(function* (scenario: Scenario, listings: ReadonlyArray<Listing>) {
  const now = DateTime.formatIso(yield* DateTime.now)
  const files = (yield* (yield* ProductFiles).all).filter(
    ({ declared }) => !listings.some((one) => one.product === declared.product)
  )
  return yield* Effect.forEach(files, ({ declared }) =>
    Effect.map(mvdsOfDraft(scenario, declared, now), (mvds) => ({ product: declared.product, mvds }))
  )
})

type ShownStep = MvdsStep & {
  readonly halfWidth95: number | null
  readonly rho: number
  readonly addsFen: number | null
}

const steps = (shown: ReadonlyArray<ShownStep>): string =>
  table(
    ["group", "columns", "fit with it", "adds bits", "95 % within ±", "rho", "adds to the price"],
    shown.map((one) => [
      one.group,
      one.columns.join(", "),
      one.fit.toFixed(1),
      one.addsBits.toFixed(3),
      one.halfWidth95 === null ? "" : one.halfWidth95.toLocaleString("en"),
      one.rho.toPrecision(4),
      one.addsFen === null ? "" : (one.addsFen / 100).toFixed(2)
    ])
  )
