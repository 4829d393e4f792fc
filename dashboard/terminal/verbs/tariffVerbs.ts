import { Effect, FileSystem, Path } from "effect"
import { parse } from "yaml"
import { BadInput } from "#core/BadInput.ts"
import { Records } from "#core/records/Records.ts"
import { Tariffs } from "#privacy/consent/compensation/Tariffs.ts"
import type { SetTariff } from "#privacy/consent/compensation/Tariffs.ts"
import { Benefits } from "#catalog/benefit/Benefits.ts"
import { formatMoney } from "#core/money/formatMoney.ts"
import { languageOf } from "../languageOf.ts"
import { table } from "../table.ts"
import type { Verb } from "../Verb.ts"
import { readText } from "./salesVerbs.ts"

type Needs = Benefits | Records | Tariffs | FileSystem.FileSystem | Path.Path

const set: Verb<Needs> = {
  usage: "tariff set FILE --by NAME",
  about: "what customers earn by each sale, per category and purpose",
  flags: ["by"],
  words: 1,
  run: Effect.fn("tariff set")(function* ({ words, flags, io }) {
    const { by } = flags
    const text = yield* readText(words[0]!, io.cwd)
    const document = yield* Effect.try({ try: () => parse(text) as unknown, catch: () => unreadable() })
    const made = yield* (yield* Tariffs).set(document, typeof by === "string" ? by : "")
    return { json: made, text: linesOf(made, languageOf(flags)) }
  })
}

const show: Verb<Needs> = {
  usage: "tariff show",
  about: "the tariff of customers, and what is owed to them by month",
  flags: [],
  words: 0,
  run: Effect.fn("tariff show")(function* ({ flags }) {
    const tariffs = yield* Tariffs
    const language = languageOf(flags)
    const standing = yield* (yield* Records).read((db) => tariffs.all(db).at(-1))
    const owed = yield* (yield* Benefits).owed()
    const none = { zh: "尚未设定。", en: "None was set." }
    const columns = language === "zh" ? ["月份", "产品", "应付"] : ["month", "product", "owed"]
    const due = owed.map(({ month, product, total }) => [month, product, formatMoney(total)])
    return {
      json: { tariff: standing ?? null, owed },
      text: [standing === undefined ? none[language] : linesOf(standing, language), table(columns, due)].join("\n")
    }
  })
}

/** What customers are paid for what they permit; `tariff FILE` by itself reckons graduated tiers. */
export const tariffVerbs = { "tariff set": set, "tariff show": show }

function linesOf({ tariff, by, since }: SetTariff, language: "zh" | "en"): string {
  const columns = language === "zh" ? ["类别", "目的", "每次销售"] : ["category", "purpose", "per sale"]
  const rows = tariff.lines.map(({ category, purpose, perSale }) => [
    category,
    purpose,
    `${perSale} ${tariff.currency}`
  ])
  return `${table(columns, rows)}\n${since.slice(0, 19)} ${by}`
}

const unreadable = (): BadInput =>
  new BadInput({ code: "tariff.file", message: "The tariff is no YAML.", fix: "Mend the file and set it again." })
