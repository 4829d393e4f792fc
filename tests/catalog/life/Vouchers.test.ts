import { createPublicKey, verify } from "node:crypto"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { datasheet } from "#catalog/export/datasheet.ts"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import { Vouchers } from "#catalog/life/Vouchers.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listedAt } from "../sampleVersion.ts"
import { putOnShelf, vouch } from "./soundVersion.ts"

const product = "orders_by_state"

describe("Vouchers", () => {
  it.effect(
    "number every stage that an order has reached, the same on product, invoice and datasheet, and are signed at the end",
    () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(Date.parse(listedAt))
        yield* putOnShelf()
        yield* vouch()
        yield* Lifecycle.use((life) => life.submit({ product, by: "anna" }))
        const life = yield* Lifecycle.use((lives) => lives.approve({ product, by: "boris" }))
        const quote = yield* Quotes.use((quotes) => quotes.create(product))
        const { id } = yield* Orders.use((orders) => orders.place({ quote: quote.id, buyer: "acme", key: "k" }))
        const voucher = Vouchers.use((vouchers) => vouchers.of(id))
        const reached = Effect.map(voucher, ({ stages }) =>
          stages.flatMap(({ stage, number }) => (number === null ? [] : [stage]))
        )
        expect(yield* reached).toEqual(["registration", "listing", "trade"])
        yield* Orders.use((orders) => orders.pay(id, "p"))
        expect(yield* reached).toEqual(["registration", "listing", "trade", "settlement"])
        expect((yield* voucher).signature).toBeNull()

        const home = yield* Home
        yield* Records.use((records) =>
          records.write((db) =>
            db.run(
              "insert into delivery (id, order_id, format, sha256, bytes, delivered_at) values ('dlv_1', $id, 'csv', 'x', 1, $at)",
              {
                id,
                at: listedAt
              }
            )
          )
        )
        const whole = yield* voucher
        expect(whole.stages.map(({ number }) => number?.slice(0, 2))).toEqual(["DJ", "GP", "JY", "JF", "QS", "PZ"])
        const { signature, ...body } = whole
        const signed = Buffer.from(canonicalJson(body))
        expect(verify(null, signed, createPublicKey(home.publicKey), Buffer.from(signature!, "base64url"))).toBe(true)

        const number = (stage: string) => whole.stages.find((one) => one.stage === stage)!.number
        expect([number("registration"), number("listing")]).toEqual([life.registration, life.listing])
        const [invoice] = yield* Invoices.use((invoices) => invoices.list("acme"))
        expect(invoice!.settlement).toBe(number("settlement"))
        const page = datasheet(yield* Catalog.use((catalog) => catalog.show(product)))
        expect(page).toContain(life.registration)
        expect(page).toContain(life.listing)
        expect(page).toContain("1.0.0")
        expect(yield* Effect.flip(Vouchers.use((vouchers) => vouchers.of("ord_none")))).toMatchObject({
          code: "order.unknown"
        })
      }).pipe(Effect.provide(catalogLayer))
  )
})
