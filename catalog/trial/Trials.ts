import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import type { Money } from "#core/money/Money.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { requireOnSale } from "../life/requireOnSale.ts"
import type { Order } from "../order/Order.ts"
import { Orders } from "../order/Orders.ts"
import { readOrder } from "../order/readOrder.ts"
import { Catalog } from "../product/Catalog.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { Quotes } from "../quote/Quotes.ts"
import { requireThawed } from "../recall/requireThawed.ts"
import { requireTerms } from "../terms/requireTerms.ts"
import { readTrial, readTrials } from "./readTrial.ts"
import { callMeter, tariffOf } from "./tariffOf.ts"
import type { Trial } from "./Trial.ts"

/** What a trial is opened with. */
export interface TrialRequest {
  readonly product: string
  readonly buyer: string
  readonly days: number
  readonly calls: number
  readonly spend: Money
  /** Names one attempt: the same key again is the same trial. */
  readonly key: string
  readonly purpose?: string
}

/** Trials: lookups of the newest version before it is bought, bounded by time, calls and money. */
export class Trials extends Context.Service<
  Trials,
  {
    /** Decides on the terms as an order does. One trial for a buyer and a product; `Refused` for a second. */
    open(request: TrialRequest): Effect.Effect<Trial, RecordsError>
    get(id: string): Effect.Effect<Trial, RecordsError>
    /** Of one buyer, or of all, newest first. */
    list(buyer?: string): Effect.Effect<ReadonlyArray<Trial>, RecordsError>
    /** Ends a trial at once. Repeating it changes nothing. */
    end(id: string): Effect.Effect<Trial, RecordsError>
    /** Orders the whole product for the trial's buyer at today's price; a trial has one such order. */
    convert(id: string, key: string): Effect.Effect<Order, RecordsError>
  }
>()("catalog/Trials") {
  static readonly layer: Layer.Layer<Trials, never, Records | Log | Home | Catalog | Quotes | Orders> = Layer.effect(
    Trials,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const home = yield* Home
      const catalog = yield* Catalog
      const quotes = yield* Quotes
      const orders = yield* Orders
      const clock = Effect.map(DateTime.now, DateTime.formatIso)
      const note = (db: Db, id: string, facts: object): void =>
        log.append(db, { type: "order", operation: id, commitment: home.hmac("trial", canonicalJson(facts)) })

      const open = Effect.fn("Trials.open")(function* (request: TrialRequest) {
        const { version } = yield* catalog.show(request.product)
        const now = yield* clock
        return yield* records.write((db) => {
          const before = trialUnder(db, request)
          if (before !== undefined) return readTrial(db, before, now)
          const id = insertTrial(db, version, request, now)
          const trial = readTrial(db, id, now)
          note(db, id, trial)
          return trial
        })
      })

      const end = Effect.fn("Trials.end")(function* (id: string) {
        const now = yield* clock
        return yield* records.write((db) => {
          readTrial(db, id, now)
          const added = db.run("insert or ignore into trial_end values ($id, $now)", { id, now })
          if (added > 0) note(db, id, { ended: now })
          return readTrial(db, id, now)
        })
      })

      const convert = Effect.fn("Trials.convert")(function* (id: string, key: string) {
        const now = yield* clock
        const trial = yield* records.read((db) => readTrial(db, id, now))
        if (trial.order !== null) return yield* orders.get(trial.order)
        const quote = yield* quotes.create(trial.product)
        const { buyer, purpose } = trial
        const placed = yield* orders.place({ quote: quote.id, buyer, purpose, key })
        return yield* records.write((db) => {
          db.run("insert or ignore into trial_order values ($id, $order)", { id, order: placed.id })
          return readOrder(db, readTrial(db, id, now).order!)
        })
      })

      return Trials.of({
        open,
        end,
        convert,
        get: Effect.fn("Trials.get")(function* (id: string) {
          const now = yield* clock
          return yield* records.read((db) => readTrial(db, id, now))
        }),
        list: Effect.fn("Trials.list")(function* (buyer?: string) {
          const now = yield* clock
          return yield* records.read((db) => readTrials(db, buyer ?? null, now))
        })
      })
    })
  )
}

function trialUnder(db: Db, { buyer, product, key }: TrialRequest): string | undefined {
  const found = db.all<{ id: string; product: string; key: string }>(
    "select id, product, key from trial where buyer = $buyer and (key = $key or product = $product)",
    { buyer, key, product }
  )
  const same = found.find((one) => one.key === key)
  if (same !== undefined && same.product === product) return same.id
  if (found.length === 0) return undefined
  const [code, message, fix] =
    same !== undefined
      ? ["trial.key", "This key was already used for another trial.", "Use a fresh key for every trial."]
      : [
          "trial.once",
          `${buyer} has had a trial of ${product}, and there is one for each buyer and product.`,
          `Buy it: assay trial convert ${found[0]!.id}`
        ]
  throw new Refused({ code: code!, message: message!, fix: fix!, where: { field: "trial" } })
}

function insertTrial(db: Db, version: ProductVersion, request: TrialRequest, now: string): string {
  const { buyer, product, days, calls, spend, key, ...use } = request
  checkBounds(request)
  if (version.currency !== spend.currency) {
    throw wrong("spend", `${product} is sold in ${version.currency}.`, `Write the cap in ${version.currency}.`)
  }
  requireOnSale(db, product)
  requireThawed(db, product)
  const { purpose } = use
  const decided = requireTerms(db, version, { buyer, ...(purpose === undefined ? {} : { purpose }) }, now)
  if (tariffOf(db, product, now.slice(0, 7)) === undefined) {
    throw new Refused({
      code: "trial.tariff",
      message: `Nothing says what a lookup of ${product} costs this month, so what a trial spends could not be bounded.`,
      fix: `Declare it with: assay admin tariff FILE ${product} ${callMeter} --since ${now.slice(0, 7)}-01`,
      where: { field: "spend" }
    })
  }
  const id = newId("tri")
  const endsAt = new Date(Date.parse(now) + days * 86_400_000).toISOString()
  db.run(
    `insert into trial values ($id, $buyer, $product, $version, $purpose, $now, $endsAt, $calls, $spend, $currency, $key)`,
    {
      id,
      buyer,
      product,
      version: version.id,
      purpose: decided,
      now,
      endsAt,
      calls,
      spend: spend.minor,
      currency: spend.currency,
      key
    }
  )
  return id
}

function checkBounds({ buyer, days, calls, spend, key }: TrialRequest): void {
  for (const [field, name] of [
    ["buyer", buyer],
    ["key", key]
  ] as const)
    if (!/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(name) || name.trim() !== name)
      throw wrong(field, `The ${field} is empty, too long or unprintable.`, "Write 1 to 200 printable characters.")
  if (!(Number.isInteger(days) && days >= 1 && days <= 90))
    throw wrong("days", "A trial lasts 1 to 90 days.", "Write, for example, --days 14.")
  if (!(Number.isInteger(calls) && calls >= 1 && calls <= 1_000_000))
    throw wrong("calls", "A trial has 1 to 1,000,000 calls.", "Write, for example, --calls 1000.")
  if (!(spend.minor > 0)) throw wrong("spend", "A trial has a spend cap above zero.", 'Write --spend "50.00 CNY".')
}

const wrong = (field: string, message: string, fix: string): BadInput =>
  new BadInput({ code: `trial.${field}`, message, fix, where: { field } })
