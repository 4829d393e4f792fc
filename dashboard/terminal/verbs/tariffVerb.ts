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

/** What customers are paid for what they permit. */
export const tariffVerb: Verb<Needs> = {
  usage: "tariff set FILE --by NAME | tariff show",
  about: "what customers earn by each sale, per category and purpose, and what is owed to them by month",
  flags: ["by"],
  words: 1,
  run: Effect.fn("tariff")(function* ({ words, flags, io }) {
    const tariffs = yield* Tariffs
    const [what, file] = words
    const language = languageOf(flags)
    if (what === "set" && file !== undefined) {
      const { by } = flags
      const text = yield* readText(file, io.cwd)
      const document = yield* Effect.try({ try: () => parse(text) as unknown, catch: () => unreadable() })
      const set = yield* tariffs.set(document, typeof by === "string" ? by : "")
      return { json: set, text: linesOf(set, language) }
    }
    if (what !== "show" || file !== undefined) return yield* misused()
    const set = yield* (yield* Records).read((db) => tariffs.all(db).at(-1))
    const owed = yield* (yield* Benefits).owed()
    const none = { zh: "尚未设定。", en: "None was set." }
    const columns = language === "zh" ? ["月份", "产品", "应付"] : ["month", "product", "owed"]
    const due = owed.map(({ month, product, total }) => [month, product, formatMoney(total)])
    return {
      json: { tariff: set ?? null, owed },
      text: [set === undefined ? none[language] : linesOf(set, language), table(columns, due)].join("\n")
    }
  })
}

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

const misused = (): BadInput =>
  new BadInput({
    code: "tariff.words",
    message: "A tariff is set from a file, or shown.",
    fix: "Write `assay tariff set FILE --by NAME` or `assay tariff show`."
  })
