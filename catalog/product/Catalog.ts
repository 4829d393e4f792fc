import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Log } from "#core/log/Log.ts"
import type { Money } from "#core/money/Money.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { forecast } from "#pricing/dynamics/forecast.ts"
import type { PriceOnDay } from "#pricing/dynamics/forecast.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { depthScore } from "#pricing/depth/depthScore.ts"
import { explainQuote } from "#pricing/quote/explainQuote.ts"
import type { Explanation } from "#pricing/quote/Explanation.ts"
import { priceInputsAt } from "#pricing/quote/priceInputsAt.ts"
import type { QuoteInputs } from "#pricing/quote/QuoteInputs.ts"
import type { HalfLife } from "#pricing/ttl/estimateHalfLife.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import { ttlScore } from "#pricing/ttl/ttlScore.ts"
import { demandOfProduct } from "../demand/demandOfProduct.ts"
import { usageHalfLife } from "../demand/usageHalfLife.ts"
import { insertVersion } from "./insertVersion.ts"
import type { ProductVersion, VersionDraft } from "./ProductVersion.ts"
import { quoteInputsOf } from "./quoteInputsOf.ts"

/** A product as it is offered at one moment: its newest listed version and what that costs. */
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
}

/** What is listed, in which versions, at which list price. */
export class Catalog extends Context.Service<
  Catalog,
  {
    /** See `insertVersion`: for the transaction that commits a release's charge. */
    insertVersion(db: Db, draft: VersionDraft): ProductVersion
    /** Every listed product, oldest first. */
    readonly list: Effect.Effect<ReadonlyArray<Listing>, RecordsError>
    /** One product at its newest listed version, or at the version asked for. Fails with `BadInput` if there is none. */
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

      const list = Effect.gen(function* () {
        const at = DateTime.formatIso(yield* DateTime.now)
        return yield* records.read((db) =>
          db
            .all<{ name: string }>("select name from product where reference is not null order by since, name")
            .map(({ name }) => listingOf(db, name, undefined, at))
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
        list,
        show,
        history,
        halfLife,
        versions
      })
    })
  )
}

function listingOf(db: Db, product: string, version: string | undefined, at: string): Listing {
  const found = db.get<{ document: string; reference: string }>(
    `select v.document, p.reference from product_version v join product p on p.name = v.product
     where v.product = $product and v.status = 'listed' and v.version = coalesce($version, v.version)
     order by v.seq desc limit 1`,
    { product, version: version ?? null }
  )
  if (found === undefined) throw unknownVersion(db, product, version)
  const stored = JSON.parse(found.document) as ProductVersion
  const demand = demandOfProduct(db, product, at)
  const inputs = quoteInputsOf(stored, JSON.parse(found.reference) as QuoteInputs["reference"], demand)
  const { groups, decay } = priceInputsAt(inputs, at)
  const age = groups[0]!.ageDays
  const priceTree = explainQuote({ inputs, issuedAt: at })
  const historyDays = readDays(stored.offering.scenario.history ?? "") ?? 0
  return {
    product,
    version: stored,
    price: { minor: priceTree.value, currency: stored.currency },
    priceTree,
    inputs,
    ageDays: age.value,
    // No scheduled version was due before the first; attainment is measured once there are some.
    timeliness: ttlScore(age, publicNumber(1, "share", "deliveries:none-due", at), decay),
    depth: depthScore(
      stored.bits,
      publicNumber(historyDays / 365.25, "year", `product:${product}#scenario.history`, stored.listedAt),
      null
    ),
    at
  }
}

/** At most three years of days; versions are immutable and demand is a function of the day, so nothing has to be stored. */
const mostDays = 1096

function historyOf(db: Db, product: string, at: string): ReadonlyArray<PriceOnDay> {
  const versions = db
    .all<{ document: string; reference: string }>(
      `select v.document, p.reference from product_version v join product p on p.name = v.product
       where v.product = $product and v.status = 'listed' order by v.seq`,
      { product }
    )
    .map(({ document, reference }) => ({
      stored: JSON.parse(document) as ProductVersion,
      reference: JSON.parse(reference) as QuoteInputs["reference"]
    }))
  if (versions.length === 0) throw unknownVersion(db, product, undefined)
  const last = Date.parse(at.slice(0, 10))
  const first = Math.max(Date.parse(versions[0]!.stored.listedAt.slice(0, 10)), last - mostDays * 86_400_000)
  const days: Array<PriceOnDay> = []
  for (let time = first; time <= last; time += 86_400_000) {
    const day = new Date(time).toISOString().slice(0, 10)
    const { stored, reference } = versions.findLast(({ stored }) => stored.listedAt.slice(0, 10) <= day)!
    days.push(...forecast(quoteInputsOf(stored, reference, demandOfProduct(db, product, day)), day, { days: 0 }))
  }
  return days
}

function unknownVersion(db: Db, product: string, version: string | undefined): BadInput {
  const known = db.all<{ version: string; status: string }>(
    "select version, status from product_version where product = $product order by seq desc limit 5",
    { product }
  )
  if (known.length === 0) return unknownProduct(db, product)
  const listed = known.filter(({ status }) => status === "listed").map((row) => row.version)
  return new BadInput({
    code: "product.version",
    message:
      version === undefined
        ? `No version of ${product} is listed: its release says nothing above its noise.`
        : `There is no listed version ${version} of ${product}.`,
    fix:
      listed.length === 0
        ? "Give its release a larger epsilon, coarser keys or more subjects, and run it in the next period."
        : `Ask for one of ${listed.join(", ")}.`,
    where: { field: "product" }
  })
}

function unknownProduct(db: Db, product: string): BadInput {
  const known = db.all<{ name: string }>("select name from product order by name limit 10").map(({ name }) => name)
  return new BadInput({
    code: "product.unknown",
    message: `There is no product ${product.slice(0, 80)}.`,
    fix: known.length === 0 ? "Nothing is listed yet: run a release first." : `Known products: ${known.join(", ")}.`,
    where: { field: "product" }
  })
}
