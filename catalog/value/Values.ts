import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Money } from "#core/money/Money.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { Appraisal } from "#pricing/base/blendBase.ts"
import { readComparables } from "#pricing/base/readComparables.ts"
import type { Comparables } from "#pricing/base/readComparables.ts"
import { readIncome } from "#pricing/base/readIncome.ts"
import { fenPerGigabyte } from "#pricing/tariff/perGigabyte.ts"
import { bookValue } from "#pricing/value/bookValue.ts"
import type { CostEntry } from "#pricing/value/bookValue.ts"
import { Catalog } from "../product/Catalog.ts"
import type { Listing } from "../product/Catalog.ts"
import { appraisalOn, groundsOf, newest } from "./appraisalOn.ts"
import { stewardshipOf } from "./stewardshipOf.ts"
import type { Stewardship } from "./stewardshipOf.ts"
import { valuesOver } from "./valuesOver.ts"
import type { ValuePoint } from "./valuesOver.ts"

/** Four values that are never added to each other, of one product. `null`: nothing is on record that could say. */
export interface ProductValue {
  readonly product: string
  readonly currency: string
  /** From the cost ledger. */
  readonly book: number | null
  /** The blend of the methods that have evidence. */
  readonly appraised: number | null
  /** The newest version's list price of today. */
  readonly list: number
  /** Paid orders. */
  readonly realised: number
  /** List price per GB; null below 1 GB, where the price per product says more. */
  readonly perGigabyte: number | null
}

/** The four values by currency; products without one of them are counted beside it. */
export interface ValueTotals {
  readonly currency: string
  readonly book: number
  readonly withoutBook: number
  readonly appraised: number
  readonly withoutAppraisal: number
  readonly list: number
  readonly realised: number
}

/** A cost as it is put into the ledger. */
export interface Cost extends Omit<CostEntry, "amount"> {
  readonly product: string
  readonly amount: Money
}

/** What products are worth by the books, by appraisal, by their list and by what was paid. */
export class Values extends Context.Service<
  Values,
  {
    readonly sideBySide: Effect.Effect<
      {
        readonly asOf: string
        readonly products: ReadonlyArray<ProductValue>
        readonly totals: ReadonlyArray<ValueTotals>
      },
      RecordsError
    >
    /** The same over time, worked out again from what was on record on each day: at most sixty days, the first and today among them. */
    readonly over: Effect.Effect<ReadonlyArray<ValuePoint>, RecordsError>
    /** What products cost by kind, beside the work and the room that they took. */
    readonly stewardship: Effect.Effect<ReadonlyArray<Stewardship>, RecordsError>
    /** The comparables that count for a product, with when they were imported; undefined where none were. */
    comparables(
      product: string
    ): Effect.Effect<(Comparables & { readonly importedAt: string }) | undefined, RecordsError>
    /** The three methods with their evidence and weights, beside the base that the product file states. */
    appraise(product: string): Effect.Effect<Appraisal & { readonly currency: string }, RecordsError>
    /** Takes up a file of market comparables for a product; the newest counts. */
    importComparables(product: string, json: unknown): Effect.Effect<void, RecordsError>
    /** Takes up a file with a forecast of income for a product; the newest counts. */
    importIncome(product: string, json: unknown): Effect.Effect<void, RecordsError>
    /** Appends to the cost ledger of a product; a mistake is reversed by a negative amount. */
    addCost(cost: Cost): Effect.Effect<string, RecordsError>
  }
>()("catalog/Values") {
  static readonly layer: Layer.Layer<Values, never, Records | Catalog> = Layer.effect(
    Values,
    Effect.gen(function* () {
      const records = yield* Records
      const catalog = yield* Catalog
      const now = Effect.map(DateTime.now, DateTime.formatIso)

      const sideBySide = Effect.gen(function* () {
        const listings = yield* catalog.list
        const asOf = yield* now
        return yield* records.read((db) => {
          const products = listings.map((listing) => valueOf(db, listing, asOf))
          return { asOf, products, totals: totalsOf(products) }
        })
      })
      const appraise = Effect.fn("Values.appraise")(function* (product: string) {
        const listing = yield* catalog.show(product)
        const at = yield* now
        const { currency, policy } = listing.version
        return yield* records.read((db) => ({
          ...appraisalOn(groundsOf(db, product, currency), policy.base, at),
          currency
        }))
      })
      const importComparables = Effect.fn("Values.importComparables")(function* (product: string, json: unknown) {
        const { version } = yield* catalog.show(product)
        const at = yield* now
        yield* records.write((db) => {
          const read = readComparables(json)
          checkCurrency(product, version.currency, read.currency)
          db.run("insert into comparables (product, document, imported_at) values ($product, $document, $at)", {
            product,
            document: canonicalJson(json),
            at
          })
        })
      })
      const importIncome = Effect.fn("Values.importIncome")(function* (product: string, json: unknown) {
        const { version } = yield* catalog.show(product)
        const at = yield* now
        yield* records.write((db) => {
          checkCurrency(product, version.currency, readIncome(json).currency)
          db.run("insert into income_forecast (product, document, imported_at) values ($product, $document, $at)", {
            product,
            document: canonicalJson(json),
            at
          })
        })
      })
      const addCost = Effect.fn("Values.addCost")(function* (cost: Cost) {
        const { version } = yield* catalog.show(cost.product)
        return yield* records.write((db) => {
          checkCurrency(cost.product, version.currency, cost.amount.currency)
          const id = newId("cst")
          db.run(
            `insert into cost_entry (id, product, amount_minor, phase, is_capitalised, treatment, life_months, at)
             values ($id, $product, $minor, $phase, $capitalised, $treatment, $life, $at)`,
            {
              id,
              product: cost.product,
              minor: cost.amount.minor,
              phase: cost.phase,
              capitalised: cost.isCapitalised ? 1 : 0,
              treatment: cost.treatment,
              life: cost.lifeMonths,
              at: cost.at
            }
          )
          return id
        })
      })
      const over = Effect.gen(function* () {
        const listings = yield* catalog.list
        const at = yield* now
        return yield* records.read((db) => valuesOver(db, listings, at))
      })
      const stewardship = Effect.gen(function* () {
        const listings = yield* catalog.sold
        return yield* records.read((db) =>
          listings.map(({ product, version }) => stewardshipOf(db, product, version.currency))
        )
      })
      const comparables = Effect.fn("Values.comparables")((product: string) =>
        records.read((db) => {
          const found = newest(db, "comparables", product)
          return found === undefined
            ? undefined
            : { ...readComparables(JSON.parse(found.document)), importedAt: found.importedAt }
        })
      )
      return Values.of({
        sideBySide,
        over,
        stewardship,
        comparables,
        appraise,
        importComparables,
        importIncome,
        addCost
      })
    })
  )
}

function valueOf(db: Db, listing: Listing, at: string): ProductValue {
  const { product, version, price } = listing
  const grounds = groundsOf(db, product, version.currency)
  const { costs } = grounds
  const paid = db.get<{ minor: number | null }>(
    `select sum(o.price_minor) as minor from buyer_order o join product_version v on v.id = o.version_id
     where v.product = $product and o.currency = $currency and o.paid_at is not null`,
    { product, currency: version.currency }
  )
  return {
    product,
    currency: version.currency,
    book: costs.length === 0 ? null : Math.round(bookValue(costs, at).book.value),
    appraised: roundOrNull(appraisalOn(grounds, version.policy.base, at).blend?.value),
    list: price.minor,
    realised: paid?.minor ?? 0,
    perGigabyte: fenPerGigabyte(price.minor, version.bytes)
  }
}

const roundOrNull = (value: number | undefined): number | null => (value === undefined ? null : Math.round(value))

function totalsOf(products: ReadonlyArray<ProductValue>): ReadonlyArray<ValueTotals> {
  const currencies = [...new Set(products.map(({ currency }) => currency))].sort()
  return currencies.map((currency) => {
    const own = products.filter((one) => one.currency === currency)
    const sum = (field: "book" | "appraised" | "list" | "realised"): number =>
      own.reduce((total, one) => total + (one[field] ?? 0), 0)
    return {
      currency,
      book: sum("book"),
      withoutBook: own.filter(({ book }) => book === null).length,
      appraised: sum("appraised"),
      withoutAppraisal: own.filter(({ appraised }) => appraised === null).length,
      list: sum("list"),
      realised: sum("realised")
    }
  })
}

function checkCurrency(product: string, own: string, given: string): void {
  if (own === given) return
  throw new BadInput({
    code: "value.currency",
    message: `${product} is priced in ${own}, but the amounts are in ${given}.`,
    fix: `Convert them to ${own} at the rate of their date.`,
    where: { field: "currency" }
  })
}
