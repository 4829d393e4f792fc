import { Context, Effect, Layer } from "effect"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { benefitOfProduct } from "#privacy/consent/compensation/benefitOfProduct.ts"
import type { EarnedSale, ProductBenefit } from "#privacy/consent/compensation/benefitOfProduct.ts"
import { benefitPerSale } from "#privacy/consent/compensation/benefitPerSale.ts"
import { Tariffs } from "#privacy/consent/compensation/Tariffs.ts"
import type { UseDocument } from "#privacy/consent/use/UseDocument.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"

/** What one sale brought one subject. */
export interface EarnedLine {
  readonly product: string
  readonly version: string
  readonly month: string
  readonly purpose: string
  readonly categories: ReadonlyArray<string>
  readonly currency: string
  /** Millionths of a minor unit. */
  readonly micro: number
}

/** What subjects earn by what is sold. */
export class Benefits extends Context.Service<
  Benefits,
  {
    /** What one subject earned, oldest first: only from sales whose use they can prove to have been part of. */
    statement(subj: number): Effect.Effect<ReadonlyArray<EarnedLine>, RecordsError>
    /** What the house owes subjects, by product and month; of one month where it is named (`2026-11`). */
    owed(month?: string): Effect.Effect<ReadonlyArray<ProductBenefit>, RecordsError>
  }
>()("catalog/Benefits") {
  static readonly layer: Layer.Layer<Benefits, never, Records | Tariffs | Uses> = Layer.effect(
    Benefits,
    Effect.gen(function* () {
      const records = yield* Records
      const tariffs = yield* Tariffs
      const uses = yield* Uses
      const statement = Effect.fn("Benefits.statement")(function* (subj: number) {
        const { uses: own } = yield* uses.of(subj)
        const mine = new Set(own.map(({ document }) => (JSON.parse(document) as UseDocument).operation))
        const sales = yield* records.read((db) => soldUses(db, tariffs))
        return sales.filter(({ operation }) => mine.has(operation)).map(({ line }) => line)
      })
      const owed = Effect.fn("Benefits.owed")(function* (month?: string) {
        const sales = yield* records.read((db) => soldUses(db, tariffs))
        return benefitOfProduct(
          sales
            .filter(({ line }) => month === undefined || line.month === month)
            .map(({ line, touched }): EarnedSale => ({ ...line, touched }))
        )
      })
      return Benefits.of({ statement, owed })
    })
  )
}

interface SaleRow {
  readonly version_id: string
  readonly paid_at: string
}

interface UseRow {
  readonly operation: string
  readonly use: string
  readonly categories: string
  readonly touched: number | null
}

/** Paid and not given back, each with the use that its version was made by and what a subject of it earned. */
function soldUses(db: Db, tariffs: Tariffs["Service"]) {
  const set = tariffs.all(db)
  const sales = db.all<SaleRow>(
    `select version_id, paid_at from buyer_order
     where paid_at is not null and id not in (select order_id from entitlement_end) order by paid_at, id`
  )
  // Sales are many and versions few: each is read once.
  const made = new Map<string, ReturnType<typeof madeOf>>()
  return sales.flatMap(({ version_id, paid_at }) => {
    const tariff = set.findLast(({ since }) => since <= paid_at)?.tariff
    if (tariff === undefined) return []
    const known = made.get(version_id) ?? madeOf(db, version_id)
    made.set(version_id, known)
    if (known.use === undefined) return []
    const { product, version, currency, floor, use } = known
    const { purpose, categories, setSize, operation, touched } = use
    const micro = benefitPerSale(tariff, { purpose, categories, floor, setSize })
    const line: EarnedLine = { product, version, month: paid_at.slice(0, 7), purpose, categories, currency, micro }
    return micro === 0 ? [] : [{ operation, touched, line }]
  })
}

/** A version with the use that it was made by; undefined where none is on record. */
function madeOf(db: Db, id: string) {
  const { document, made_at } = db.get<{ document: string; made_at: number }>(
    "select document, unixepoch(listed_at) as made_at from product_version where id = $id",
    { id }
  )!
  const { product, version, policy, currency } = JSON.parse(document) as ProductVersion
  const used = db.get<UseRow>(
    `select o.id as operation, u.document as use, o.categories, u.touched from consent_operation o
     join consent_use u on u.operation = o.id
     where o.asset = 'release.' || $product and o.at <= $made_at order by o.at desc, o.rowid desc limit 1`,
    { product, made_at }
  )
  const floor = { minor: Math.floor(policy.floor.value), currency }
  if (used === undefined) return { product, version, currency, floor, use: undefined }
  const { purpose, set: members } = JSON.parse(used.use) as UseDocument
  const categories = used.categories.split(" ").filter((id) => id !== "")
  const { operation, touched } = used
  return {
    product,
    version,
    currency,
    floor,
    use: { operation, purpose, categories, setSize: members.size, touched: touched ?? 0 }
  }
}
