import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { ProductBenefit } from "#privacy/consent/compensation/benefitOfProduct.ts"
import { accounts } from "../ledger/accounts.ts"
import { postEntry } from "../ledger/postEntry.ts"
import { checkEnded, checkMonth } from "../value/checkMonth.ts"
import { shareOut } from "./shareOut.ts"
import type { SharedOut, ShareRule } from "./shareOut.ts"

/** A rule with since when and by whom. */
export interface SetShares extends ShareRule {
  readonly product: string
  /** The first month that it holds for, such as `2026-11`. */
  readonly since: string
  readonly by: string
}

/** A product's month as it was shared out and booked. */
export interface Booking extends SharedOut {
  readonly product: string
  readonly month: string
  readonly currency: string
}

/** Who shares in what is earned: subjects by their tariff, sources by theirs. */
export class RevenueShares extends Context.Service<
  RevenueShares,
  {
    /** Sets who shares in a product's revenue from a month on; what was booked stays. */
    set(shares: SetShares): Effect.Effect<SetShares, RecordsError>
    /** The rules, oldest first. */
    readonly list: Effect.Effect<ReadonlyArray<SetShares>, RecordsError>
    /** What was booked so far, oldest first. */
    readonly booked: Effect.Effect<ReadonlyArray<Booking>, RecordsError>
    /**
     * Shares out the net revenue of a month that has ended, by the ledger, and books what is owed. A month is booked once: the same again gives
     * what was booked then.
     *
     * @param owed  what subjects earned in that month
     */
    book(month: string, owed: ReadonlyArray<ProductBenefit>): Effect.Effect<ReadonlyArray<Booking>, RecordsError>
  }
>()("catalog/RevenueShares") {
  static readonly layer: Layer.Layer<RevenueShares, never, Records | Log | Home> = Layer.effect(
    RevenueShares,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const home = yield* Home
      const clock = Effect.map(DateTime.now, DateTime.formatIso)

      const set = Effect.fn("RevenueShares.set")(function* (given: SetShares) {
        const now = yield* clock
        return yield* records.write((db) => {
          checkMonth(given.since, "since")
          checkShares(db, given)
          const document = canonicalJson(given)
          const { product, since, by } = given
          db.run("insert into revenue_share values ($product, $since, $document, $by, $now)", {
            product,
            since,
            document,
            by,
            now
          })
          log.append(db, {
            type: "policy",
            operation: `shares ${product} ${since}`,
            commitment: home.hmac("shares", document)
          })
          return given
        })
      })

      const book = Effect.fn("RevenueShares.book")(function* (month: string, owed: ReadonlyArray<ProductBenefit>) {
        const now = yield* clock
        return yield* records.write((db) => {
          checkEnded(month, now)
          return revenueOf(db, month).map(({ product, currency, minor }) => {
            const known = db.get<{ document: string }>(
              "select document from revenue_booking where product = $product and month = $month and currency = $currency",
              { product, month, currency }
            )
            if (known !== undefined) return JSON.parse(known.document) as Booking
            const pool = owed
              .filter((one) => one.product === product && one.month === month && one.total.currency === currency)
              .reduce((sum, { total }) => sum + total.minor, 0)
            const booking = { product, month, currency, ...shareOut(minor, pool, ruleOf(db, product, month)) }
            keep(db, booking, now)
            const commitment = home.hmac("booking", canonicalJson(booking))
            log.append(db, { type: "order", operation: `booking ${product} ${month} ${currency}`, commitment })
            return booking
          })
        })
      })

      return RevenueShares.of({
        set,
        book,
        booked: records.read((db) =>
          db
            .all<{ document: string }>("select document from revenue_booking order by month, product, currency")
            .map(({ document }) => JSON.parse(document) as Booking)
        ),
        list: records.read((db) =>
          db
            .all<{ document: string }>("select document from revenue_share order by product, since, set_at")
            .map(({ document }) => JSON.parse(document) as SetShares)
        )
      })
    })
  )
}

interface MonthNet {
  readonly product: string
  readonly currency: string
  readonly minor: number
}

const revenueOf = (db: Db, month: string): ReadonlyArray<MonthNet> =>
  db.all<MonthNet & object>(
    `select substr(l.account, 9) as product, e.currency, -sum(l.minor) as minor
     from journal_line l join journal_entry e on e.id = l.entry
     where l.account like 'revenue/%' and substr(e.at, 1, 7) = $month group by 1, 2 order by 1, 2`,
    { month }
  )

function ruleOf(db: Db, product: string, month: string): ShareRule {
  const found = db.get<{ document: string }>(
    `select document from revenue_share where product = $product and since <= $month
     order by since desc, set_at desc limit 1`,
    { product, month }
  )
  return found === undefined ? { parties: [] } : (JSON.parse(found.document) as SetShares)
}

function keep(db: Db, booking: Booking, now: string): void {
  const { product, month, currency, pool, parts } = booking
  db.run("insert into revenue_booking values ($product, $month, $currency, $document, $now)", {
    product,
    month,
    currency,
    document: canonicalJson(booking),
    now
  })
  const shared = pool + parts.reduce((sum, { minor }) => sum + minor, 0)
  if (shared === 0 && pool === 0) return
  postEntry(db, {
    kind: "share",
    operation: `${product} ${month} ${currency}`,
    currency,
    at: now,
    note: `shares in the revenue of ${month}`,
    lines: [
      { account: accounts.sharing(product), minor: shared },
      { account: accounts.payable("subjects"), minor: -pool },
      ...parts.map(({ party, minor }) => ({ account: accounts.payable(party), minor: -minor }))
    ]
  })
}

function checkShares(db: Db, { product, parties, by }: SetShares): void {
  const wrong = (field: string, message: string, fix: string): BadInput =>
    new BadInput({ code: `shares.${field}`, message, fix, where: { field } })
  if (db.get("select 1 as one from product where name = $product", { product }) === undefined)
    throw wrong("product", `There is no product ${product.slice(0, 80)}.`, "assay product list shows them.")
  if (by.trim() === "") throw wrong("by", "Nobody stands for these shares.", "Add --by NAME.")
  const named = new Set(parties.map(({ party }) => party))
  if (
    named.size !== parties.length ||
    named.has("subjects") ||
    [...named].some((one) => !/^[\p{L}\p{N}_. -]{1,80}$/u.test(one))
  )
    throw wrong(
      "party",
      "A party is named twice, is named subjects (whose part their tariff sets), or has no plain name.",
      "Write each as NAME=0.2, such as maven=0.2."
    )
  const sum = parties.reduce((total, { share }) => total + share, 0)
  if (parties.some(({ share }) => !(share > 0 && share <= 1)) || sum > 1 + 1e-9)
    throw wrong("share", "A share is above 0, and all together are at most 1.", "Write them as parts of 1: maven=0.2.")
}
