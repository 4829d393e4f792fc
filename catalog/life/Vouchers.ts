import { Context, Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Money } from "#core/money/Money.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { readOrder } from "../order/readOrder.ts"
import { marketNumber, marketStages } from "./marketNumber.ts"
import type { MarketStage } from "./marketNumber.ts"
import { readLife } from "./readLife.ts"

/** One stage of a trade; without a number it was not reached. */
export interface VoucherStage {
  readonly stage: MarketStage
  readonly name: { readonly zh: string; readonly en: string }
  readonly number: string | null
  /** ISO instant. */
  readonly at: string | null
}

/** The stages of one order with their numbers, as a data exchange writes them on a voucher; signed once the voucher is issued. */
export interface Voucher {
  readonly order: string
  readonly product: string
  readonly version: string
  readonly price: Money
  readonly stages: ReadonlyArray<VoucherStage>
  /** Ed25519 over the canonical JSON of the rest, base64url; null before delivery and settlement. */
  readonly signature: string | null
}

/** Registration, listing, trade, delivery, settlement and voucher of an order. @source the Shanghai Data Exchange's flow */
export class Vouchers extends Context.Service<Vouchers, { of(order: string): Effect.Effect<Voucher, RecordsError> }>()(
  "catalog/Vouchers"
) {
  static readonly layer: Layer.Layer<Vouchers, never, Records | Home> = Layer.effect(
    Vouchers,
    Effect.gen(function* () {
      const records = yield* Records
      const home = yield* Home
      return Vouchers.of({
        of: Effect.fn("Vouchers.of")((order: string) =>
          records.read((db) => {
            const body = voucherOf(db, order)
            const issued = body.stages.at(-1)!.number !== null
            return { ...body, signature: issued ? home.sign(canonicalJson(body)) : null }
          })
        )
      })
    })
  )
}

function voucherOf(db: Db, id: string): Omit<Voucher, "signature"> {
  const order = readOrder(db, id)
  const { product, version, price, orderedAt } = order
  const life = readLife(db, product)
  const stepTo = (to: string) => life.transitions.findLast((one) => one.to === to)?.at ?? null
  const delivery = db.get<{ id: string; at: string }>(
    "select id, delivered_at as at from delivery where order_id = $id order by delivered_at, id limit 1",
    { id }
  )
  const invoice = db.get<{ number: string; at: string }>(
    "select number, issued_at as at from invoice where kind = 'invoice' and operation = $operation",
    { operation: id }
  )
  const done = delivery !== undefined && invoice !== undefined
  const last = done ? [delivery.at, invoice.at].sort().at(-1)! : null
  const own = (stage: MarketStage, of: string | undefined, at: string | null | undefined): VoucherStage => ({
    stage,
    name: marketStages[stage].name,
    number: of === undefined || at === null || at === undefined ? null : marketNumber(stage, of, at),
    at: of === undefined ? null : (at ?? null)
  })
  return {
    order: id,
    product,
    version,
    price,
    stages: [
      { ...own("registration", undefined, null), number: life.registration, at: stepTo("registered") },
      { ...own("listing", undefined, null), number: life.listing, at: life.listing === null ? null : stepTo("listed") },
      own("trade", id, orderedAt),
      own("delivery", delivery?.id, delivery?.at),
      own("settlement", invoice?.number, invoice?.at),
      own("voucher", done ? id : undefined, last)
    ]
  }
}
