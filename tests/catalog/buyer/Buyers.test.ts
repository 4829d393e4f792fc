import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Records } from "#core/records/Records.ts"
import { Buyers } from "#catalog/buyer/Buyers.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Shares } from "#catalog/sharing/Shares.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const acme = { buyer: "acme", legalEntity: "Acme GmbH", country: "DE", taxId: "DE123" }

describe("Buyers", () => {
  it.effect("keeps who checked what on which evidence, and a second person's word", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse("2026-11-22T00:00:00.000Z"))
      const buyers = yield* Buyers
      yield* buyers.verify(acme, { by: "Ann", evidence: "HRB 1234, 2026-11-20" })
      yield* TestClock.adjust("1 day")
      const again = yield* buyers.verify({ ...acme, country: "FR" }, { by: "Ben", evidence: "Kbis 9" })
      expect(again).toMatchObject({ country: "FR", verifiedAt: "2026-11-23T00:00:00.000Z" })
      expect(yield* Effect.flip(buyers.confirm("acme", "Ben"))).toMatchObject({
        _tag: "Refused",
        code: "buyer.same-person"
      })
      expect(yield* buyers.confirm("acme", "Cid")).toMatchObject({ by: "Ben", confirmedBy: "Cid" })
      expect(yield* buyers.confirm("acme", "Dan")).toMatchObject({ confirmedBy: "Cid" })
      expect(yield* buyers.history("acme")).toMatchObject([
        { country: "FR", by: "Ben", evidence: "Kbis 9", confirmedBy: "Cid" },
        { country: "DE", by: "Ann", evidence: "HRB 1234, 2026-11-20", confirmedBy: null }
      ])
      expect(yield* Effect.flip(buyers.confirm("bold", "Ann"))).toMatchObject({ code: "buyer.unknown" })
      expect(yield* Effect.flip(buyers.verify(acme, { by: "Ann", evidence: " " }))).toMatchObject({ code: "buyer.by" })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("bar a buyer at once by one person, and let them in again by another only", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse(listedAt))
      const catalog = yield* Catalog
      yield* (yield* Records).write((db) => listVersion(db, catalog, sampleVersion()))
      const buyers = yield* Buyers
      const order = Effect.gen(function* () {
        const quote = yield* (yield* Quotes).create("orders_by_state")
        return yield* (yield* Orders).place({ quote: quote.id, buyer: "acme", key: quote.id })
      })
      const paid = yield* order
      yield* (yield* Orders).pay(paid.id, "p")
      yield* buyers.block("acme", "Resold against the terms", "Ann")
      yield* buyers.block("acme", "Another reason", "Ben")
      expect(yield* buyers.blocks).toMatchObject([
        { buyer: "acme", reason: "Resold against the terms", liftedBy: null }
      ])
      const barred = { _tag: "Refused", code: "buyer.blocked" }
      expect(yield* Effect.flip(order)).toMatchObject(barred)
      expect(yield* Effect.flip((yield* Shares).open(paid.id, 30))).toMatchObject(barred)
      expect(yield* Effect.flip(buyers.lift("acme", "Ann"))).toMatchObject({ code: "block.same-person" })
      yield* buyers.lift("acme", "Ben")
      expect(yield* order).toMatchObject({ buyer: "acme", state: "ordered" })
      expect(yield* Effect.flip(buyers.lift("acme", "Ben"))).toMatchObject({ code: "block.none" })
      expect(yield* buyers.blocks).toMatchObject([{ by: "Ann", liftedBy: "Ben" }])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("know a buyer's industry until it is taken back", () =>
    Effect.gen(function* () {
      const buyers = yield* Buyers
      expect(yield* buyers.verify({ ...acme, industry: "C" })).toMatchObject({ industry: "C" })
      expect(yield* buyers.verify(acme)).toMatchObject({ industry: "C" })
      expect(yield* buyers.verify({ ...acme, industry: null })).toMatchObject({ industry: null })
      expect(yield* Effect.flip(buyers.verify({ ...acme, industry: "Z" }))).toMatchObject({ code: "buyer.industry" })
    }).pipe(Effect.provide(catalogLayer))
  )
})
