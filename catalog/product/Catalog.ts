import { Context, DateTime, Effect, Layer } from "effect"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { Money } from "#core/money/Money.ts"
import type { PriceOnDay } from "#pricing/dynamics/forecast.ts"
import type { Explanation } from "#pricing/quote/Explanation.ts"
import type { QuoteInputs } from "#pricing/quote/QuoteInputs.ts"
import type { HalfLife } from "#pricing/ttl/estimateHalfLife.ts"
import { usageHalfLife } from "../demand/usageHalfLife.ts"
import { lifeStates } from "../life/LifeState.ts"
import type { LifeState } from "../life/LifeState.ts"
import type { MarketStanding } from "../life/marketOf.ts"
import { insertVersion } from "./insertVersion.ts"
import { listingOf } from "./listingOf.ts"
import { firstListed, listPricesOn } from "./listPricesOn.ts"
import type { ProductVersion, VersionDraft } from "./ProductVersion.ts"
import { unknownProduct } from "./unknownProduct.ts"
import { unknownVersion } from "./unknownVersion.ts"

/** A product at one moment: its newest version and what that costs. */
export interface Listing {
  readonly product: string
  readonly version: ProductVersion
  readonly price: Money
  readonly priceTree: Explanation
  readonly inputs: QuoteInputs
  readonly ageDays: number
  /** 0 to 100. */
  readonly timeliness: number
  /** 0 to 100. */
  readonly depth: number
  /** ISO instant of the price. */
  readonly at: string
  /** Semantic version of the contract, and the product's numbers on the market; absent for a version that is only planned. */
  readonly contract?: string
  readonly market?: MarketStanding
}

/** What is listed, in which versions, at which list price. */
export class Catalog extends Context.Service<
  Catalog,
  {
    /** See `insertVersion`: for the transaction that commits a release's charge. */
    insertVersion(db: Db, draft: VersionDraft): ProductVersion
    /** Every listed product, oldest first: what buyers may choose from. */
    readonly list: Effect.Effect<ReadonlyArray<Listing>, RecordsError>
    /** Every product that is or once was on sale, oldest first: what earned something. */
    readonly sold: Effect.Effect<ReadonlyArray<Listing>, RecordsError>
    /** Every product with a version, oldest first, drafts too: for the house, never for buyers. */
    readonly all: Effect.Effect<ReadonlyArray<Listing>, RecordsError>
    /** One product at its newest version, or at the version asked for, wherever it is in its life. Fails with `BadInput` if there is none. */
    show(product: string, version?: string): Effect.Effect<Listing, RecordsError>
    /** The list price of each day since the first listing, worked out again from what was known then. */
    history(product: string): Effect.Effect<ReadonlyArray<PriceOnDay>, RecordsError>
    /** How fast use of the product fades with age, or the default while too little is known. */
    halfLife(product: string): Effect.Effect<HalfLife, RecordsError>
    /** Every version of a product, newest first, withheld ones too. */
    versions(product: string): Effect.Effect<ReadonlyArray<ProductVersion>, RecordsError>
  }
>()("catalog/Catalog") {
  static readonly layer: Layer.Layer<Catalog, never, Records | Log> = Layer.effect(
    Catalog,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log

      const show = Effect.fn("Catalog.show")(function* (product: string, version?: string) {
        const at = DateTime.formatIso(yield* DateTime.now)
        return yield* records.read((db) => listingOf(db, product, version, at))
      })

      const inStates = (states: ReadonlyArray<LifeState>) =>
        Effect.gen(function* () {
          const at = DateTime.formatIso(yield* DateTime.now)
          return yield* records.read((db) =>
            namesInStates(db, states).map((name) => listingOf(db, name, undefined, at))
          )
        })

      const versions = Effect.fn("Catalog.versions")((product: string) =>
        records.read((db) => {
          const found = db.all<{ document: string }>(
            "select document from product_version where product = $product order by seq desc",
            { product }
          )
          if (found.length === 0) throw unknownProduct(db, product)
          return found.map(({ document }) => JSON.parse(document) as ProductVersion)
        })
      )

      const history = Effect.fn("Catalog.history")(function* (product: string) {
        const at = DateTime.formatIso(yield* DateTime.now)
        return yield* records.read((db) => historyOf(db, product, at))
      })

      const halfLife = Effect.fn("Catalog.halfLife")(function* (product: string) {
        const { at } = yield* show(product)
        return yield* records.read((db) => usageHalfLife(db, product, at))
      })

      return Catalog.of({
        insertVersion: (db, draft) => insertVersion(db, log, draft),
        list: inStates(["listed"]),
        sold: inStates(["listed", "suspended", "deprecated", "retired"]),
        all: inStates(lifeStates),
        show,
        history,
        halfLife,
        versions
      })
    })
  )
}

const namesInStates = (db: Db, states: ReadonlyArray<LifeState>): ReadonlyArray<string> =>
  db
    .all<{ name: string }>(
      `select p.name from product p left join product_life l on l.product = p.name
       where p.reference is not null and coalesce(l.state, 'draft') in (select value from json_each($states))
         and exists (select 1 from version_on_sale v where v.product = p.name)
       order by p.since, p.name`,
      { states: JSON.stringify(states) }
    )
    .map(({ name }) => name)

/** At most three years of days; versions are immutable and demand is a function of the day, so nothing has to be stored. */
const mostDays = 1096

function historyOf(db: Db, product: string, at: string): ReadonlyArray<PriceOnDay> {
  const listed = firstListed(db, product)
  if (listed === undefined) throw unknownVersion(db, product, undefined)
  const last = Date.parse(at.slice(0, 10))
  const first = Math.max(Date.parse(listed), last - mostDays * 86_400_000)
  const days = Array.from({ length: Math.floor((last - first) / 86_400_000) + 1 }, (_, i) =>
    new Date(first + i * 86_400_000).toISOString().slice(0, 10)
  )
  return listPricesOn(db, product, days)
}
