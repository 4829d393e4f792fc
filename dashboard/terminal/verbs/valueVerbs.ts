import { Effect } from "effect"
import type { FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { formatMoney } from "#core/money/formatMoney.ts"
import { parseMoney } from "#core/money/parseMoney.ts"
import { forecast } from "#pricing/dynamics/forecast.ts"
import { whatIf } from "#pricing/dynamics/whatIf.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import type { HalfLife } from "#pricing/ttl/estimateHalfLife.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { TotalRevenue } from "#catalog/value/TotalRevenue.ts"
import { Values } from "#catalog/value/Values.ts"
import { table } from "../table.ts"
import type { Call, Verb } from "../Verb.ts"
import { revenueLines } from "./moneyVerbs.ts"
import { readJson } from "./recordVerbs.ts"

type Needs = Catalog | TotalRevenue | Values | FileSystem.FileSystem | Path.Path

const moneyOrNone = (minor: number | null, currency: string): string =>
  minor === null ? "not recorded" : formatMoney({ minor, currency })

const value: Verb<Needs> = {
  usage: "value",
  about: "book, appraised, list and realised value side by side, never added to each other",
  flags: [],
  words: 0,
  run: Effect.fn("value")(function* () {
    const report = yield* (yield* Values).sideBySide
    const rows = report.products.map((one) => [
      one.product,
      moneyOrNone(one.book, one.currency),
      moneyOrNone(one.appraised, one.currency),
      moneyOrNone(one.list, one.currency),
      moneyOrNone(one.realised, one.currency)
    ])
    const totals = report.totals.map(({ currency, ...sum }) => [
      `total ${currency}`,
      sum.withoutBook > 0
        ? `${moneyOrNone(sum.book, currency)} (${sum.withoutBook} without)`
        : moneyOrNone(sum.book, currency),
      sum.withoutAppraisal > 0
        ? `${moneyOrNone(sum.appraised, currency)} (${sum.withoutAppraisal} without)`
        : moneyOrNone(sum.appraised, currency),
      moneyOrNone(sum.list, currency),
      moneyOrNone(sum.realised, currency)
    ])
    const dataShare = yield* (yield* TotalRevenue).list
    return {
      json: { ...report, dataShare },
      text: [
        table(["product", "book", "appraised", "list", "realised"], [...rows, ...totals]),
        "",
        revenueLines(dataShare)
      ].join("\n")
    }
  })
}

const appraise: Verb<Needs> = {
  usage: "appraise PRODUCT [--comparables FILE.json] [--income FILE.json]",
  about: "the base price by cost, income and market, with evidence and weights",
  flags: ["comparables", "income"],
  words: 1,
  run: Effect.fn("appraise")(function* (call: Call) {
    const [product] = call.words
    const values = yield* Values
    const file = call.flags["comparables"] as string | undefined
    if (file !== undefined) yield* values.importComparables(product!, yield* readJson({ ...call, words: [file] }))
    const income = call.flags["income"] as string | undefined
    if (income !== undefined) yield* values.importIncome(product!, yield* readJson({ ...call, words: [income] }))
    const { currency, ...appraisal } = yield* values.appraise(product!)
    return {
      json: { product, currency, ...appraisal },
      text: [
        table(
          ["method", "value", "figures", "weight"],
          appraisal.methods.map(({ method, value: own, n, weight }) => [
            method,
            (own.value / 100).toFixed(2),
            String(n),
            weight.toFixed(3)
          ])
        ),
        `blend: ${appraisal.blend === undefined ? "no method has evidence" : `${(appraisal.blend.value / 100).toFixed(2)} ${currency}`}`,
        `base in use: ${((appraisal.base?.value ?? 0) / 100).toFixed(2)} ${currency}, from the ${appraisal.from.replace("-", " ")}`
      ].join("\n")
    }
  })
}

const forecastVerb: Verb<Needs> = {
  usage: "forecast PRODUCT [--days 90] [--every DAYS] [--demand M] [--base AMOUNT] [--half-life TIME] [--history]",
  about: "the list price of the next 90 days, what if its terms were others, or of all days so far",
  flags: ["days", "every", "demand", "base", "half-life", "history?"],
  words: 1,
  run: Effect.fn("forecast")(function* ({ words, flags }: Call) {
    const catalog = yield* Catalog
    const { product, version, inputs, at } = yield* catalog.show(words[0]!)
    const text = (name: string) => flags[name] as string | undefined
    const supposed = yield* reckon(() => ({
      days: numberOf("days", text("days")) ?? 90,
      every: numberOf("every", text("every")),
      demand: numberOf("demand", text("demand")),
      base: text("base") === undefined ? undefined : parseMoney(text("base")!),
      halfLife: text("half-life") === undefined ? undefined : (readDays(text("half-life")!) ?? wrong("half-life"))
    }))
    const { base } = supposed
    if (base !== undefined && base.currency !== version.currency) {
      return yield* new BadInput({
        code: "forecast.currency",
        message: `${product} is priced in ${version.currency}, not in ${base.currency}.`,
        fix: `Write --base 12000.00 as an amount in ${version.currency}.`,
        where: { field: "base" }
      })
    }
    const change = {
      ...(base === undefined ? {} : { base: base.minor }),
      ...(supposed.halfLife === undefined ? {} : { halfLife: supposed.halfLife })
    }
    const path =
      flags["history"] === true
        ? yield* catalog.history(product)
        : yield* reckon(() =>
            forecast(whatIf(inputs, change, at), at.slice(0, 10), {
              days: Math.min(supposed.days, 3660),
              ...(supposed.every === undefined ? {} : { everyDays: supposed.every }),
              ...(supposed.demand === undefined ? {} : { demandTarget: supposed.demand })
            })
          )
    const shown = path.filter((_, i) => i % Math.max(1, Math.ceil(path.length / 14)) === 0 || i === path.length - 1)
    const halfLife = yield* catalog.halfLife(product)
    return {
      json: { product, version: version.version, currency: version.currency, days: path, halfLife },
      text: `${halfLifeLine(halfLife)}\n\n${table(
        ["day", "price", "demand"],
        shown.map(({ day, fen, demand }) => [
          day,
          formatMoney({ minor: fen, currency: version.currency }),
          demand.toFixed(3)
        ])
      )}`
    }
  })
}

function halfLifeLine({ days, interval, events, from }: HalfLife): string {
  const shown = `Half-life ${days.value.toFixed(1)} days`
  return from === "usage"
    ? `${shown} from ${events} deliveries (95 %: ${interval!.low.toFixed(1)} to ${interval!.high?.toFixed(1) ?? "no decay"})`
    : `${shown}, as declared (${events} deliveries: ${from.replaceAll("-", " ")})`
}

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  return text.trim() !== "" && number > 0 && number < 1e6 ? number : wrong(name)
}

function wrong(name: string): never {
  throw new BadInput({
    code: `forecast.${name}`,
    message: `--${name} cannot be used as it is written.`,
    fix: "Write --days 90, --every 31, --demand 1.1, --half-life '30 days'.",
    where: { field: name }
  })
}

export const valueVerbs = { value, appraise, forecast: forecastVerb }
