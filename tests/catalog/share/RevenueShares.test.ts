import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { Ledger } from "#catalog/ledger/Ledger.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { RevenueShares } from "#catalog/share/RevenueShares.ts"
import { shareOut } from "#catalog/share/shareOut.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { shelveOffers } from "../offerVersion.ts"
import { listedAt } from "../sampleVersion.ts"

const product = "orders_by_state"

describe("sharing revenue out", () => {
  it("sums to the last fen, whatever the amounts and shares", () => {
    const bits = seededBits("shares")
    for (let i = 0; i < 5000; i++) {
      const net = uniformInt(bits, 2_000_001) - 1_000_000
      const owed = uniformInt(bits, 500_000)
      const parties = Array.from({ length: uniformInt(bits, 6) }, (_, j) => ({
        party: `p${j}`,
        share: (1 + uniformInt(bits, 1000)) / 6000
      }))
      const { pool, parts, house } = shareOut(net, owed, { parties })
      expect(pool + parts.reduce((sum, { minor }) => sum + minor, 0) + house).toBe(net)
      expect(pool).toBeGreaterThanOrEqual(0)
      expect(pool).toBeLessThanOrEqual(Math.max(0, net))
      for (const { minor } of parts) expect(minor * Math.sign(net - pool)).toBeGreaterThanOrEqual(0)
    }
  })

  it("gives nothing away where nobody shares, and all where the shares are 1", () => {
    expect(shareOut(1001, 0, { parties: [] })).toEqual({ net: 1001, pool: 0, parts: [], house: 1001 })
    const thirds = { parties: ["a", "b", "c"].map((party) => ({ party, share: 1 / 3 })) }
    expect(shareOut(100, 0, thirds).parts.map(({ minor }) => minor)).toEqual([34, 33, 33])
  })
})

describe("RevenueShares", () => {
  it.effect("books a month once: subjects first, then the parties, and the journal balances", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse(listedAt))
      yield* shelveOffers()
      const orders = yield* Orders
      for (const i of [1, 2, 3]) {
        const quote = yield* (yield* Quotes).create(product)
        const order = yield* orders.place({ quote: quote.id, buyer: `B${i}`, key: "k" })
        yield* orders.pay(order.id, `p${i}`)
        if (i === 3) yield* (yield* Invoices).refund(order.id, "r", "returned")
      }
      const shares = yield* RevenueShares
      const parties = [
        { party: "maven", share: 0.2 },
        { party: "olist", share: 0.1 }
      ]
      yield* shares.set({ product, since: "2026-11", parties, by: "Ann" })
      const owed = [{ product, month: "2026-11", total: { minor: 777, currency: "CNY" } }]
      const open = yield* Effect.flip(shares.book("2026-11", owed))
      expect(open).toMatchObject({ _tag: "BadInput", code: "month.open" })
      yield* TestClock.adjust("30 days")
      const [booking] = yield* shares.book("2026-11", owed)
      const revenue = (yield* (yield* Ledger).revenue).find(({ month }) => month === "2026-11")!
      expect(booking).toMatchObject({ net: revenue.minor, pool: 777 })
      const parts = booking!.parts.reduce((sum, { minor }) => sum + minor, 0)
      expect(booking!.pool + parts + booking!.house).toBe(revenue.minor)
      const payable = yield* (yield* Ledger).balances("payable/")
      expect(payable.map(({ account, minor }) => [account, minor])).toEqual([
        ["payable/maven", -booking!.parts[0]!.minor],
        ["payable/olist", -booking!.parts[1]!.minor],
        ["payable/subjects", -777]
      ])
      expect(yield* (yield* Ledger).balances("sharing/")).toMatchObject([{ minor: 777 + parts }])
      // A later rule changes nothing of what was booked, and nothing is booked twice.
      yield* shares.set({ product, since: "2026-11", parties: [], by: "Ben" })
      expect(yield* shares.book("2026-11", [])).toEqual([booking])
      expect(yield* (yield* Ledger).balances("payable/")).toEqual(payable)
      expect(yield* (yield* Ledger).problems).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses shares above 1, names that are taken, and products that are not there", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse(listedAt))
      yield* shelveOffers()
      const { set, list } = yield* RevenueShares
      const base = { product, since: "2026-11", by: "Ann" }
      const codeOf = (parties: ReadonlyArray<{ party: string; share: number }>, of = product) =>
        Effect.map(Effect.flip(set({ ...base, product: of, parties })), (error) => error.code)
      expect(yield* codeOf([{ party: "a", share: 1.1 }])).toBe("shares.share")
      expect(
        yield* codeOf([
          { party: "a", share: 0.6 },
          { party: "b", share: 0.6 }
        ])
      ).toBe("shares.share")
      expect(yield* codeOf([{ party: "a", share: Number.NaN }])).toBe("shares.share")
      expect(yield* codeOf([{ party: "subjects", share: 0.1 }])).toBe("shares.party")
      expect(
        yield* codeOf([
          { party: "a", share: 0.1 },
          { party: "a", share: 0.1 }
        ])
      ).toBe("shares.party")
      expect(yield* codeOf([], "none")).toBe("shares.product")
      expect(yield* list).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )
})
