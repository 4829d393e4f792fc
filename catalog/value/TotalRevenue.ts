import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import type { Money } from "#core/money/Money.ts"
import { parseMoney } from "#core/money/parseMoney.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { checkMonth } from "./checkMonth.ts"

/** What the whole company took in a month, as somebody has entered it. */
export interface EnteredRevenue {
  readonly month: string
  readonly total: Money
  /** Where the number is from: the name of a report, a ledger, a file. */
  readonly source: string
  readonly by: string
}

/** A month with the part of it that data earned, by the house's own ledger. */
export interface MonthShare extends EnteredRevenue {
  readonly at: string
  readonly data: Money
  /** Of the total; null where that is not above zero. */
  readonly share: number | null
}

/** Total revenue, entered or imported with its source, so that the data share of it can be shown. */
export class TotalRevenue extends Context.Service<
  TotalRevenue,
  {
    /** Enters a month; entered again, the newest counts and the earlier stays on record. */
    set(entered: EnteredRevenue): Effect.Effect<MonthShare, RecordsError>
    /** Enters the months of a CSV with the columns month and total (`2026-11,1250000.00 CNY`): all of them or none. Gives how many. */
    importCsv(text: string, source: string, by: string): Effect.Effect<number, RecordsError>
    /** Newest month first, each by its newest entry. */
    readonly list: Effect.Effect<ReadonlyArray<MonthShare>, RecordsError>
  }
>()("catalog/TotalRevenue") {
  static readonly layer: Layer.Layer<TotalRevenue, never, Records | Log> = Layer.effect(
    TotalRevenue,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const clock = Effect.map(DateTime.now, DateTime.formatIso)
      const enter = (db: Db, entered: EnteredRevenue, at: string): void => {
        checkEntry(entered)
        const { month, total, source, by } = entered
        db.run(
          `insert into total_revenue (month, currency, minor, source, by, at)
           values ($month, $currency, $minor, $source, $by, $at)`,
          { month, currency: total.currency, minor: total.minor, source, by, at }
        )
        const commitment = sha256Hex(canonicalJson({ ...entered, at }))
        log.append(db, { type: "policy", operation: `total revenue ${month} ${total.currency}`, commitment })
      }
      return TotalRevenue.of({
        set: Effect.fn("TotalRevenue.set")(function* (entered: EnteredRevenue) {
          const now = yield* clock
          return yield* records.write((db) => {
            enter(db, entered, now)
            return sharesOf(db).find(
              ({ month, total }) => month === entered.month && total.currency === entered.total.currency
            )!
          })
        }),
        importCsv: Effect.fn("TotalRevenue.importCsv")(function* (text: string, source: string, by: string) {
          const now = yield* clock
          return yield* records.write((db) => {
            const months = readMonths(text)
            for (const { month, total } of months) enter(db, { month, total, source, by }, now)
            return months.length
          })
        }),
        list: records.read(sharesOf)
      })
    })
  )
}

/** The data share is a query of the ledger, so it equals the invoices. */
const sharesOf = (db: Db): ReadonlyArray<MonthShare> =>
  db
    .all<{ month: string; currency: string; minor: number; source: string; by: string; at: string; data: number }>(
      `select t.month, t.currency, t.minor, t.source, t.by, t.at, (
         select coalesce(-sum(l.minor), 0) from journal_line l join journal_entry e on e.id = l.entry
         where l.account like 'revenue/%' and e.currency = t.currency and substr(e.at, 1, 7) = t.month) as data
       from total_revenue t
       where t.seq = (select max(seq) from total_revenue n where n.month = t.month and n.currency = t.currency)
       order by t.month desc, t.currency`
    )
    .map(({ month, currency, minor, source, by, at, data }) => ({
      month,
      total: { minor, currency },
      source,
      by,
      at,
      data: { minor: data, currency },
      share: minor > 0 ? data / minor : null
    }))

function readMonths(text: string): ReadonlyArray<Pick<EnteredRevenue, "month" | "total">> {
  const [head, ...lines] = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
  if (head?.replaceAll(/\s/g, "").toLowerCase() !== "month,total" || lines.length === 0 || lines.length > 1200)
    throw wrong("file", "The file has no columns month,total, no months, or more than 1,200.")
  return lines.map((line, i) => {
    const [month, total, ...more] = line.split(",").map((cell) => cell.trim())
    if (month === undefined || total === undefined || more.length > 0)
      throw wrong("file", `Line ${i + 2} has not two cells.`)
    checkMonth(month)
    return { month, total: parseMoney(total) }
  })
}

function checkEntry({ month, total, source, by }: EnteredRevenue): void {
  checkMonth(month)
  if (total.minor < 0) throw wrong("total", "A total revenue is not below zero.")
  for (const [field, text] of [
    ["source", source],
    ["by", by]
  ] as const)
    if (!/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(text) || text.trim() !== text)
      throw wrong(field, `The ${field} is empty, too long or unprintable.`)
}

const wrong = (field: string, message: string): BadInput =>
  new BadInput({
    code: `revenue.${field}`,
    message,
    fix: 'Write: assay revenue total set 2026-11 "1250000.00 CNY" --source "ledger 2026-11" --by NAME, or a CSV with the columns month,total.',
    where: { field }
  })
