import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import { Inbox } from "#catalog/notice/Inbox.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { putOnShelf, soundVersion, vouch } from "../life/soundVersion.ts"
import { listedAt } from "../sampleVersion.ts"

const product = "orders_by_state"
const start = Effect.gen(function* () {
  yield* TestClock.setTime(Date.parse(listedAt))
  yield* putOnShelf()
  yield* vouch()
  const life = yield* Lifecycle
  yield* life.submit({ product, by: "anna" })
  yield* life.approve({ product, by: "boris" })
})
const buy = Effect.fnUntraced(function* (buyer: string) {
  const { id } = yield* Quotes.use((quotes) => quotes.create(product))
  const order = yield* Orders.use((orders) => orders.place({ quote: id, buyer, key: id }))
  return yield* Orders.use((orders) => orders.pay(order.id, `pay-${id}`))
})
const inbox = (buyer: string) => Inbox.use((box) => box.list(buyer))
const kinds = (buyer: string) => Effect.map(inbox(buyer), (notices) => notices.map(({ kind }) => kind))

describe("Inbox", () => {
  it.effect("tells who is entitled of prices, broken contracts and the end of a product, and nobody else", () =>
    Effect.gen(function* () {
      yield* start
      const life = yield* Lifecycle
      yield* buy("acme")
      yield* buy("acme")
      const given = yield* buy("given-back")
      yield* Invoices.use((invoices) => invoices.refund(given.id, "refund-1", "A mistake"))
      yield* TestClock.adjust("1 hour")
      yield* putOnShelf({ release: "rel_2", period: "2026-12" })
      expect(yield* inbox("acme")).toEqual([])

      const { policy, offering } = soundVersion()
      yield* putOnShelf({
        release: "rel_3",
        period: "2027-01",
        policy: { ...policy, base: { ...policy.base, value: 1_300_000 } }
      })
      const [price] = yield* inbox("acme")
      expect(price).toMatchObject({
        kind: "price",
        version: "2027-01.1",
        facts: { before: 1_200_000, after: 1_300_000 },
        readAt: null
      })
      expect(price!.text.en).toContain("13000.00 CNY")
      expect(price!.text.zh).toContain("13000.00 CNY")

      yield* putOnShelf({
        release: "rel_4",
        period: "2027-02",
        offering: { ...offering, terms: { ...offering.terms, retention: "30 days" } }
      })
      expect(yield* kinds("acme")).toEqual(["price"])
      yield* life.submit({ product, by: "anna" })
      yield* life.approve({ product, by: "boris" })
      yield* life.suspend({ product, by: "anna", reason: "A complaint." })
      yield* life.submit({ product, by: "anna" })
      yield* life.approve({ product, by: "boris" })
      yield* life.deprecate({ product, by: "anna", on: "2027-12-31" })
      expect(yield* kinds("acme")).toEqual(["deprecation", "resumption", "suspension", "price", "breaking", "price"])
      expect((yield* inbox("acme")).find(({ kind }) => kind === "breaking")!.text.en).toContain("2.0.0")
      expect(yield* inbox("given-back")).toEqual([])
      expect(yield* inbox("stranger")).toEqual([])

      const box = yield* Inbox
      expect((yield* box.read("acme", price!.id)).readAt).not.toBeNull()
      expect((yield* box.list("acme", true)).map(({ id }) => id)).not.toContain(price!.id)
      expect(yield* Effect.flip(box.read("stranger", price!.id))).toMatchObject({ code: "notice.unknown" })
    }).pipe(Effect.provide(catalogLayer))
  )
})
