import { DateTime, Effect, Schema } from "effect"
import type { FileSystem, Path } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { formatMoney } from "#core/money/formatMoney.ts"
import { Buyers } from "#catalog/buyer/Buyers.ts"
import type { Block } from "#catalog/buyer/Buyers.ts"
import type { Invoice } from "#catalog/invoice/Invoice.ts"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { Ledger } from "#catalog/ledger/Ledger.ts"
import { Usage } from "#catalog/usage/Usage.ts"
import { UsageEvent } from "#catalog/usage/UsageEvent.ts"
import { flagText } from "../flagText.ts"
import { neededFlag } from "../neededFlag.ts"
import { table } from "../table.ts"
import type { Verb } from "../Verb.ts"
import { readJson } from "./recordVerbs.ts"
import { readText } from "./salesVerbs.ts"

type Needs = Buyers | Invoices | Ledger | Usage | FileSystem.FileSystem | Path.Path

const invoiceLines = (invoices: ReadonlyArray<Invoice>): string =>
  invoices.length === 0
    ? "No invoice yet: a payment issues one, and so does closing a month of metered use."
    : table(
        ["number", "buyer", "period", "net", "tax", "gross", "for"],
        invoices.map(({ number, buyer, period, net, tax, gross, currency, lines, credits }) => [
          number,
          buyer.buyer,
          period,
          formatMoney({ minor: net, currency }),
          formatMoney({ minor: tax, currency }),
          formatMoney({ minor: gross, currency }),
          credits === undefined
            ? lines.map(({ product, version, meter }) => `${product} ${version} (${meter})`).join(", ")
            : `${credits.number}: ${credits.reason}`
        ])
      )

const list: Verb<Needs> = {
  usage: "invoice list [--buyer NAME]",
  about: "invoices and credit notes, newest first",
  flags: ["buyer"],
  words: 0,
  run: Effect.fn("invoice list")(function* ({ flags }) {
    const invoices = yield* (yield* Invoices).list(flagText(flags, "buyer"))
    return { json: { invoices }, text: invoiceLines(invoices) }
  })
}

const show: Verb<Needs> = {
  usage: "invoice show NUMBER",
  about: "one invoice: every line with its quantity, tiers, price snapshot and evidence",
  flags: [],
  words: 1,
  run: Effect.fn("invoice show")(function* ({ words }) {
    const invoice = yield* (yield* Invoices).get(words[0]!)
    const { currency, lines } = invoice
    return {
      json: invoice,
      text: [
        invoiceLines([invoice]),
        "",
        table(
          ["product", "meter", "period", "quantity", "net", "tax", "price", "evidence"],
          lines.map((line) => [
            `${line.product} ${line.version}`,
            line.meter,
            line.period,
            line.quantity,
            formatMoney({ minor: line.net, currency }),
            `${line.taxBasisPoints / 100} %`,
            line.priceSnapshot.id,
            line.evidence.slice(0, 32)
          ])
        )
      ].join("\n")
    }
  })
}

const close: Verb<Needs> = {
  usage: "invoice close MONTH [--buyer NAME]",
  about: "invoice the metered use of a month that has ended",
  flags: ["buyer"],
  words: 1,
  run: Effect.fn("invoice close")(function* ({ words, flags }) {
    const invoices = yield* (yield* Invoices).closeMonth(words[0]!, flagText(flags, "buyer"))
    return {
      json: { invoices },
      text: invoices.length === 0 ? `Nothing metered was used in ${words[0]}.` : invoiceLines(invoices)
    }
  })
}

const refund: Verb<Needs> = {
  usage: "refund ORDER --reason TEXT [--key K]",
  about: "give the money of an order back and end what it entitled to; the same key again changes nothing",
  flags: ["reason", "key"],
  words: 1,
  run: Effect.fn("refund")(function* ({ words, flags }) {
    const reason = yield* neededFlag(flags, "reason", "The reason, which the buyer reads,")
    const note = yield* (yield* Invoices).refund(words[0]!, flagText(flags, "key") ?? words[0]!, reason)
    return { json: note, text: invoiceLines([note]) }
  })
}

const credit: Verb<Needs> = {
  usage: "credit ORDER --share 0..1 --reason TEXT --key K",
  about: "credit a share of an order's price, as for a breach of its service level",
  flags: ["share", "reason", "key"],
  words: 1,
  run: Effect.fn("credit")(function* ({ words, flags }) {
    const share = Number(yield* neededFlag(flags, "share", "The share of the price"))
    const reason = yield* neededFlag(flags, "reason", "The reason, which the buyer reads,")
    const key = yield* neededFlag(flags, "key", "A key that names this one credit")
    const note = yield* (yield* Invoices).credit(words[0]!, key, share, reason)
    return { json: note, text: invoiceLines([note]) }
  })
}

const usage: Verb<Needs> = {
  usage: "usage [--buyer NAME]",
  about: "metered use by month, product and meter",
  flags: ["buyer"],
  words: 0,
  run: Effect.fn("usage")(function* ({ flags }) {
    const totals = yield* (yield* Usage).totals(flagText(flags, "buyer"))
    return {
      json: { totals },
      text:
        totals.length === 0
          ? "Nothing was metered yet."
          : table(
              ["month", "buyer", "product", "meter", "quantity", "events", "late"],
              totals.map((one) => [
                one.period,
                one.tenant,
                `${one.product} ${one.version}`,
                one.meter,
                one.quantity.toLocaleString("en"),
                one.events.toLocaleString("en"),
                String(one.late)
              ])
            )
    }
  })
}

const recordUsage: Verb<Needs> = {
  usage: "usage record FILE.jsonl --buyer NAME",
  about: "meter a file of CloudEvents, one a line: all of them or none; an event that is known is counted once",
  flags: ["buyer"],
  words: 1,
  run: Effect.fn("usage record")(function* ({ words, flags, io }) {
    const buyer = yield* neededFlag(flags, "buyer", "The buyer who used it")
    const lines = (yield* readText(words[0]!, io.cwd)).split(/\r?\n/).filter((line) => line.trim() !== "")
    const events = yield* Effect.forEach(lines, (line, i) =>
      Effect.mapError(Schema.decodeUnknownEffect(Schema.fromJsonString(UsageEvent))(line), () =>
        noEvent(words[0]!, i + 1)
      )
    )
    const metered = yield* (yield* Usage).record(buyer, events)
    const { accepted, duplicates, late } = metered
    return { json: metered, text: `${accepted} events counted, ${late} of them late; ${duplicates} were known.` }
  })
}

const noEvent = (file: string, line: number): BadInput =>
  new BadInput({
    code: "usage.event",
    message: `Line ${line} of ${file} is no CloudEvent of use. Nothing was counted.`,
    fix: 'Write each as {"specversion":"1.0","type":"assay.usage","source":"...","id":"...","time":"2026-11-22T00:00:00Z","data":{"meter":"...","product":"...","version":"...","quantity":1}}',
    where: { file, line }
  })

const ledger: Verb<Needs> = {
  usage: "ledger",
  about: "balances of the double-entry journal, and whether it equals the invoices and the meter",
  flags: [],
  words: 0,
  run: Effect.fn("ledger")(function* () {
    const own = yield* Ledger
    const balances = yield* own.balances()
    const problems = [...(yield* own.problems), ...(yield* (yield* Usage).problems)]
    return {
      json: { balances, revenue: yield* own.revenue, problems, sound: problems.length === 0 },
      text: [
        table(
          ["account", "balance (debit positive)"],
          balances.map(({ account, minor, currency }) => [account, formatMoney({ minor, currency })])
        ),
        "",
        problems.length === 0 ? "The journal balances and equals the invoices and the meter." : problems.join("\n")
      ].join("\n"),
      ...(problems.length === 0 ? {} : { exit: 3 })
    }
  })
}

const verifyBuyer: Verb<Needs> = {
  usage:
    "admin buyer NAME --entity REGISTERED-NAME --country CN [--tax-id ID] [--industry LETTER] [--by NAME --evidence TEXT]",
  about: "note that a buyer's legal entity and country were checked, by whom and on which evidence",
  flags: ["entity", "country", "tax-id", "industry", "by", "evidence"],
  words: 1,
  run: Effect.fn("admin buyer")(function* ({ words, flags }) {
    const given = {
      buyer: words[0]!,
      legalEntity: yield* neededFlag(flags, "entity", "The registered name"),
      country: yield* neededFlag(flags, "country", "The country"),
      taxId: flagText(flags, "tax-id") ?? null,
      ...(flagText(flags, "industry") === undefined ? {} : { industry: flagText(flags, "industry")! })
    }
    const [by, evidence] = [flagText(flags, "by"), flagText(flags, "evidence")]
    const checked = by === undefined && evidence === undefined ? undefined : { by: by ?? "", evidence: evidence ?? "" }
    const buyer = yield* (yield* Buyers).verify(given, checked)
    return { json: buyer, text: `${buyer.buyer} is ${buyer.legalEntity}, ${buyer.country}.` }
  })
}

const confirmBuyer: Verb<Needs> = {
  usage: "admin confirm-buyer NAME --by NAME",
  about: "a second person confirms the newest check of a buyer; without --by, show every check",
  flags: ["by"],
  words: 1,
  run: Effect.fn("admin confirm-buyer")(function* ({ words, flags }) {
    const buyers = yield* Buyers
    const by = flagText(flags, "by")
    if (by !== undefined) yield* buyers.confirm(words[0]!, by)
    const checks = yield* buyers.history(words[0]!)
    return {
      json: { checks },
      text: table(
        ["at", "entity", "country", "by", "evidence", "confirmed by"],
        checks.map((one) => [
          one.at.slice(0, 16),
          one.legalEntity,
          one.country,
          one.by,
          one.evidence,
          one.confirmedBy ?? "nobody yet"
        ])
      )
    }
  })
}

const blockLines = (blocks: ReadonlyArray<Block>): string =>
  blocks.length === 0
    ? "Nobody is barred."
    : table(
        ["buyer", "since", "by", "reason", "let in again by"],
        blocks.map(({ buyer, at, by, reason, liftedBy }) => [buyer, at.slice(0, 16), by, reason, liftedBy ?? ""])
      )

const bar: Verb<Needs> = {
  usage: "admin bar [BUYER --reason TEXT --by NAME]",
  about: "bar a buyer from ordering and fetching, at once; without a buyer, list who is or was barred",
  flags: ["reason", "by"],
  words: 0,
  run: Effect.fn("admin bar")(function* ({ words, flags }) {
    const buyers = yield* Buyers
    if (words[0] !== undefined)
      yield* buyers.block(
        words[0],
        yield* neededFlag(flags, "reason", "The reason"),
        yield* neededFlag(flags, "by", "Who bars them")
      )
    const blocks = yield* buyers.blocks
    return { json: { blocks }, text: blockLines(blocks) }
  })
}

const admit: Verb<Needs> = {
  usage: "admin admit BUYER --by NAME",
  about: "let a barred buyer in again, as another one than who barred them",
  flags: ["by"],
  words: 1,
  run: Effect.fn("admin admit")(function* ({ words, flags }) {
    const buyers = yield* Buyers
    yield* buyers.lift(words[0]!, yield* neededFlag(flags, "by", "Who lets them in"))
    const blocks = yield* buyers.blocks
    return { json: { blocks }, text: blockLines(blocks) }
  })
}

const tax: Verb<Needs> = {
  usage: "admin tax COUNTRY PERCENT [--since DAY] [--note TEXT]",
  about: "set the tax on invoices to buyers of a country",
  flags: ["since", "note"],
  words: 2,
  run: Effect.fn("admin tax")(function* ({ words, flags }) {
    const since = flagText(flags, "since") ?? DateTime.formatIso(yield* DateTime.now).slice(0, 10)
    const basisPoints = /^\d{1,3}(\.\d{1,2})?$/.test(words[1]!) ? Math.round(Number(words[1]) * 100) : -1
    yield* (yield* Invoices).setTax(words[0]!, since, basisPoints, flagText(flags, "note") ?? "")
    return {
      json: { country: words[0], basisPoints, since },
      text: `${words[0]}: ${words[1]} % on invoices from ${since} on.`
    }
  })
}

const tariff: Verb<Needs> = {
  usage: "admin tariff FILE PRODUCT METER --since DAY",
  about: "set what a meter of a product costs: graduated tiers, as assay tariff takes them",
  flags: ["since"],
  words: 3,
  run: Effect.fn("admin tariff")(function* (call) {
    const [, product, meter] = call.words
    const since = yield* neededFlag(call.flags, "since", "The first day")
    yield* (yield* Invoices).setTariff(product!, meter!, since, yield* readJson(call))
    return { json: { product, meter, since }, text: `${product}: ${meter} costs this from ${since} on.` }
  })
}

export const billingVerbs = {
  "invoice list": list,
  "invoice show": show,
  "invoice close": close,
  refund,
  credit,
  usage,
  "usage record": recordUsage,
  ledger,
  "admin buyer": verifyBuyer,
  "admin confirm-buyer": confirmBuyer,
  "admin bar": bar,
  "admin admit": admit,
  "admin tax": tax,
  "admin tariff": tariff
}
