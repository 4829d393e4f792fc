import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Buyers } from "#catalog/buyer/Buyers.ts"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import { Indexes } from "#catalog/index/Indexes.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Shares } from "#catalog/sharing/Shares.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const listed = (territory: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    yield* TestClock.setTime(Date.parse(listedAt))
    const { offering } = sampleVersion()
    const catalog = yield* Catalog
    const draft = sampleVersion({ offering: { ...offering, terms: { ...offering.terms, territory } } })
    yield* (yield* Records).write((db) => listVersion(db, catalog, draft))
  })
const place = (buyer: string, key: string, purpose?: string) =>
  Effect.gen(function* () {
    const quote = yield* (yield* Quotes).create("orders_by_state")
    const asked = { quote: quote.id, buyer, key, ...(purpose === undefined ? {} : { purpose }) }
    return yield* (yield* Orders).place(asked)
  })
const verified = (buyer: string, country: string) =>
  Effect.flatMap(Buyers, (buyers) => buyers.verify({ buyer, legalEntity: buyer, country, taxId: null }))
const border = (product: string) =>
  Effect.flatMap(Indexes, (indexes) =>
    indexes.record({ product, item: "G10", value: 1, note: "Assessed.", signer: "anna", days: 30, isDemo: false })
  )

describe("requireTerms", () => {
  it.effect("refuses a purpose outside the terms, and orders nothing", () =>
    Effect.gen(function* () {
      yield* listed(["CN"])
      const error = yield* Effect.flip(place("Acme", "k", "dpv:PersonnelHiring"))
      expect(error).toMatchObject({ _tag: "Refused", code: "terms.purpose" })
      expect(error.fix).toContain("dpv:MarketResearch")
      expect(yield* (yield* Orders).list()).toEqual([])
      expect((yield* place("Acme", "k", "dpv:MarketResearch")).state).toBe("ordered")
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses a country outside the territory, and a buyer abroad until the transfer was assessed", () =>
    Effect.gen(function* () {
      yield* listed(["CN", "DE"])
      yield* verified("Kunde", "DE")
      yield* verified("Client", "FR")
      expect((yield* Effect.flip(place("Client", "k"))).code).toBe("terms.territory")
      expect((yield* Effect.flip(place("Kunde", "k"))).code).toBe("terms.cross-border")
      yield* border("orders_by_state")
      const order = yield* place("Kunde", "k")
      yield* (yield* Orders).pay(order.id, "p")
      // The assessment runs out: nothing more is handed over, by whatever way.
      yield* TestClock.adjust("31 days")
      for (const handed of [
        (yield* Deliveries).deliver(order.id, "csv", "unused"),
        (yield* Shares).open(order.id, 5)
      ] as const)
        expect(yield* Effect.flip(handed as Effect.Effect<unknown, { readonly code: string }>)).toMatchObject({
          code: "terms.cross-border"
        })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("ends what an order entitles to when its retention is over", () =>
    Effect.gen(function* () {
      yield* listed(["CN"])
      const order = yield* place("Acme", "k")
      yield* (yield* Orders).pay(order.id, "p")
      yield* TestClock.adjust("365 days")
      const error = yield* Effect.flip((yield* Deliveries).deliver(order.id, "csv", "unused"))
      expect(error).toMatchObject({ _tag: "Refused", code: "delivery.ended" })
    }).pipe(Effect.provide(catalogLayer))
  )
})
