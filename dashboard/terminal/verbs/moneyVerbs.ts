import { DateTime, Effect } from "effect"
import type { FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { formatMoney } from "#core/money/formatMoney.ts"
import type { Money } from "#core/money/Money.ts"
import { parseMoney } from "#core/money/parseMoney.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { Benefits } from "#catalog/benefit/Benefits.ts"
import { RevenueShares } from "#catalog/share/RevenueShares.ts"
import { ServiceLevels } from "#catalog/sla/ServiceLevels.ts"
import type { SlaCredit } from "#catalog/sla/SlaCredit.ts"
import type { AssetCost } from "#catalog/value/AssetCost.ts"
import { Costs } from "#catalog/value/Costs.ts"
import { TotalRevenue } from "#catalog/value/TotalRevenue.ts"
import type { MonthShare } from "#catalog/value/TotalRevenue.ts"
import { flagText } from "../flagText.ts"
import { neededFlag } from "../neededFlag.ts"
import { table } from "../table.ts"
import type { Call, Verb } from "../Verb.ts"
import { readText } from "./salesVerbs.ts"

const money = Effect.fnUntraced(function* (flags: Call["flags"], name: string, what: string) {
  const amount = yield* neededFlag(flags, name, what)
  return yield* reckon(() => parseMoney(amount))
})

const costLines = (costs: ReadonlyArray<AssetCost>): string =>
  table(
    ["asset", "kind", "at", "amount", "phase", "life", "note"],
    costs.map(({ asset, kind, at, amount, phase, isCapitalised, lifeMonths, note }) => [
      asset,
      kind,
      at,
      formatMoney(amount),
      isCapitalised ? `${phase}, capitalised` : phase,
      lifeMonths === 0 ? "" : `${lifeMonths} months`,
      note
    ])
  )

const addCost: Verb<Costs> = {
  usage:
    "cost add ASSET --amount A --phase purchase|research|development|operation [--capitalise] [--inventory] [--months N] [--at DAY] [--note TEXT]",
  about: "enter what an asset cost; a mistake is reversed by a negative amount",
  flags: ["amount", "phase", "capitalise?", "inventory?", "months", "at", "note"],
  words: 1,
  run: Effect.fn("cost add")(function* ({ words, flags }) {
    const today = DateTime.formatIso(yield* DateTime.now).slice(0, 10)
    const cost = yield* (yield* Costs).add({
      asset: words[0]!,
      amount: yield* money(flags, "amount", "The amount"),
      phase: (yield* neededFlag(flags, "phase", "The phase")) as AssetCost["phase"],
      isCapitalised: flags["capitalise"] === true,
      treatment: flags["inventory"] === true ? "inventory" : "intangible",
      lifeMonths: Number(flagText(flags, "months") ?? 0),
      at: flagText(flags, "at") ?? today,
      note: flagText(flags, "note") ?? ""
    })
    return { json: cost, text: costLines([cost]) }
  })
}

const measureCosts: Verb<Costs> = {
  usage: "cost measure MONTH --hour AMOUNT --gigabyte AMOUNT",
  about: "book a month's working hours of each asset and the bytes of its products on the shelf, at these rates",
  flags: ["hour", "gigabyte"],
  words: 1,
  run: Effect.fn("cost measure")(function* ({ words, flags }) {
    const hour = yield* money(flags, "hour", "What an hour of work costs")
    const gigabyteMonth = yield* money(flags, "gigabyte", "What a gigabyte for a month costs")
    const costs = yield* (yield* Costs).measure(words[0]!, { hour, gigabyteMonth })
    return { json: { costs }, text: costs.length === 0 ? `Nothing was measured in ${words[0]}.` : costLines(costs) }
  })
}

const listCosts: Verb<Costs> = {
  usage: "cost list [ASSET]",
  about: "the cost ledger by asset, with what is amortised and what stands on the books",
  flags: [],
  words: 0,
  run: Effect.fn("cost list")(function* ({ words }) {
    const own = yield* Costs
    const costs = yield* own.list(words[0])
    const book = (yield* own.book).filter(({ asset }) => words[0] === undefined || asset === words[0])
    const amount = (minor: number, currency: string): string => formatMoney({ minor, currency })
    return {
      json: { costs, book },
      text:
        costs.length === 0
          ? "No cost is on record: assay cost add ASSET."
          : [
              costLines(costs),
              "",
              table(
                ["asset", "capitalised", "amortised", "on the books", "expensed"],
                book.map((one) => [
                  one.asset,
                  amount(one.cost, one.currency),
                  amount(one.amortised, one.currency),
                  amount(one.book, one.currency),
                  amount(one.expensed, one.currency)
                ])
              )
            ].join("\n")
    }
  })
}

/** Months with the share of data in them, for `value` too. */
export const revenueLines = (months: ReadonlyArray<MonthShare>): string =>
  months.length === 0
    ? "No total revenue is entered: assay revenue total set MONTH AMOUNT --source TEXT --by NAME."
    : table(
        ["month", "total revenue", "of it data", "share", "source", "by"],
        months.map(({ month, total, data, share, source, by }) => [
          month,
          formatMoney(total),
          formatMoney(data),
          share === null ? "" : `${(100 * share).toFixed(3)} %`,
          source,
          by
        ])
      )

const totalRevenue: Verb<TotalRevenue | FileSystem.FileSystem | Path.Path> = {
  usage: "revenue total [set MONTH AMOUNT | import FILE.csv] [--source TEXT --by NAME]",
  about: "the company's revenue by month, entered or imported with its source, and the share of data in it",
  flags: ["source", "by"],
  words: 0,
  run: Effect.fn("revenue total")(function* ({ words, flags, io }) {
    const own = yield* TotalRevenue
    const [what, first, amount] = words
    if (what === "set" && first !== undefined && amount !== undefined) {
      const total = yield* reckon(() => parseMoney(amount))
      const [source, by] = [
        yield* neededFlag(flags, "source", "The source"),
        yield* neededFlag(flags, "by", "Who enters it")
      ]
      const entered = yield* own.set({ month: first, total, source, by })
      return { json: entered, text: revenueLines([entered]) }
    }
    if (what === "import" && first !== undefined) {
      const by = yield* neededFlag(flags, "by", "Who enters it")
      const months = yield* own.importCsv(yield* readText(first, io.cwd), flagText(flags, "source") ?? first, by)
      return { json: { months }, text: `${months} months from ${first}.\n${revenueLines(yield* own.list)}` }
    }
    if (what !== undefined) {
      return yield* new BadInput({
        code: "revenue.form",
        message: "Total revenue is set for a month, imported from a file, or listed.",
        fix: 'Write: assay revenue total set 2026-11 "1250000.00 CNY" --source TEXT --by NAME'
      })
    }
    const months = yield* own.list
    return { json: { months }, text: revenueLines(months) }
  })
}

const setShares: Verb<RevenueShares> = {
  usage: "revenue shares PRODUCT [PARTY=SHARE ...] --since MONTH --by NAME",
  about: "who shares in a product's revenue from a month on; subjects get their part first, by their tariff",
  flags: ["since", "by"],
  words: 1,
  run: Effect.fn("revenue shares")(function* ({ words, flags }) {
    const [product, ...given] = words
    const parties = given.map((one) => {
      const at = one.lastIndexOf("=")
      return { party: one.slice(0, Math.max(0, at)), share: Number(one.slice(at + 1)) }
    })
    const shares = yield* (yield* RevenueShares).set({
      product: product!,
      parties,
      since: yield* neededFlag(flags, "since", "The first month"),
      by: yield* neededFlag(flags, "by", "Who sets it")
    })
    return {
      json: shares,
      text: `${product}: ${parties.map(({ party, share }) => `${party} ${share}`).join(", ") || "nobody"} from ${shares.since} on.`
    }
  })
}

const book: Verb<RevenueShares | Benefits> = {
  usage: "revenue book MONTH",
  about: "share out the revenue of a month that has ended, to the fen, and book what is owed",
  flags: [],
  words: 1,
  run: Effect.fn("revenue book")(function* ({ words }) {
    const month = words[0]!
    const owed = yield* (yield* Benefits).owed(month)
    const bookings = yield* (yield* RevenueShares).book(month, owed)
    const amount = (minor: number, currency: string): string => formatMoney({ minor, currency })
    return {
      json: { bookings },
      text:
        bookings.length === 0
          ? `Nothing was earned in ${month}.`
          : table(
              ["product", "net", "subjects", "parties", "house"],
              bookings.map(({ product, net, pool, parts, house, currency }) => [
                product,
                amount(net, currency),
                amount(pool, currency),
                parts.map(({ party, minor }) => `${party} ${amount(minor, currency)}`).join(", "),
                amount(house, currency)
              ])
            )
    }
  })
}

const creditLines = (credits: ReadonlyArray<SlaCredit>): string =>
  credits.length === 0
    ? "No late update is to be credited."
    : table(
        ["credit", "order", "buyer", "late version", "due", "days late", "amount", "state"],
        credits.map((one) => [
          one.id,
          one.order,
          one.buyer,
          `${one.product} ${one.lateVersion}`,
          one.dueAt.slice(0, 10),
          one.lateDays.toFixed(1),
          formatMoney(one.amount satisfies Money),
          one.creditNote ?? one.state
        ])
      )

const sla: Verb<ServiceLevels> = {
  usage: "sla [assess | list | approve CREDIT | dismiss CREDIT] [--product P] [--by NAME] [--reason TEXT]",
  about: "what late updates give back: proposed by rule, decided by a person, issued as a credit note",
  flags: ["product", "by", "reason"],
  words: 0,
  run: Effect.fn("sla")(function* ({ words, flags }) {
    const own = yield* ServiceLevels
    const [what = "list", id] = words
    const product = flagText(flags, "product")
    if (what === "approve" && id !== undefined) {
      const credit = yield* own.approve(id, yield* neededFlag(flags, "by", "Who decides"))
      return { json: credit, text: creditLines([credit]) }
    }
    if (what === "dismiss" && id !== undefined) {
      const by = yield* neededFlag(flags, "by", "Who decides")
      const credit = yield* own.dismiss(id, by, yield* neededFlag(flags, "reason", "The reason"))
      return { json: credit, text: creditLines([credit]) }
    }
    const credits = what === "assess" ? yield* own.assess(product) : yield* own.list(product)
    return { json: { credits }, text: creditLines(credits) }
  })
}

/** The verbs of what a sale leaves in the books besides its invoice. */
export const moneyVerbs = {
  "cost add": addCost,
  "cost measure": measureCosts,
  "cost list": listCosts,
  "revenue total": totalRevenue,
  "revenue shares": setShares,
  "revenue book": book,
  sla
}
