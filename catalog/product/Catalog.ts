import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Log } from "#core/log/Log.ts"
import type { Money } from "#core/money/Money.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { depthScore } from "#pricing/depth/depthScore.ts"
import { explainQuote } from "#pricing/quote/explainQuote.ts"
import type { Explanation } from "#pricing/quote/Explanation.ts"
import { priceInputsAt } from "#pricing/quote/priceInputsAt.ts"
import type { QuoteInputs } from "#pricing/quote/QuoteInputs.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import { ttlScore } from "#pricing/ttl/ttlScore.ts"
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

      return Catalog.of({ insertVersion: (db, draft) => insertVersion(db, log, draft), list, show, versions })
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
  // M is 1 until ten verified buyers have voted by ordering; see pricing.md, Fit.
  const demand = publicNumber(1, "factor", `demand:${product}#fewer-than-ten-buyers`, stored.listedAt)
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
