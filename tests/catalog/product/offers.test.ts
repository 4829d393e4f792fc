import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Home } from "#core/home/Home.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { shelveOffers } from "../offerVersion.ts"
import { listedAt } from "../sampleVersion.ts"

const start = TestClock.setTime(Date.parse(listedAt))
const product = "orders_by_state"

/** Buys an offer and gives the lines of its CSV. */
const buy = Effect.fnUntraced(function* (offer: string, buyer: string) {
  const quote = yield* (yield* Quotes).create(product, undefined, offer)
  const orders = yield* Orders
  const order = yield* orders.place({ quote: quote.id, buyer, key: buyer })
  yield* orders.pay(order.id, buyer)
  const out = join(dirname((yield* Home).shelf), "..", `out-${buyer}`)
  const { file, sha256 } = yield* (yield* Deliveries).deliver(order.id, "csv", out)
  return { sha256, lines: readFileSync(file, "utf8").trim().split("\n"), fen: quote.price.minor }
})

describe("offers of a menu", () => {
  it.effect("are quoted for less than the whole, and their quotes verify", () =>
    Effect.gen(function* () {
      yield* start
      yield* shelveOffers()
      const quotes = yield* Quotes
      const whole = yield* quotes.create(product)
      const part = yield* quotes.create(product, undefined, "buyers/north/0.5")
      expect(part.offer).toBe("buyers/north/0.5")
      expect(part.price.minor).toBeLessThan(whole.price.minor)
      expect((yield* quotes.verify(JSON.stringify(part))).quote).toEqual(part)
      const moved = JSON.stringify(part).replace("buyers/north/0.5", "buyers/north/0.6")
      expect(yield* Effect.flip(quotes.verify(moved))).toMatchObject({ _tag: "Refused", where: { field: "offer" } })
      expect(yield* Effect.flip(quotes.create(product, undefined, "everything"))).toMatchObject({
        _tag: "BadInput",
        code: "offer.unknown"
      })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("deliver their columns and rows and nothing else", () =>
    Effect.gen(function* () {
      yield* start
      yield* shelveOffers()
      const { lines } = yield* buy("buyers/north/1", "acme")
      expect(lines).toEqual(["region,choice,buyers", "north,x,400", "north,y,340", "north,z,280"])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("deliver a lower accuracy with more noise, the same for every buyer", () =>
    Effect.gen(function* () {
      yield* start
      yield* shelveOffers()
      const [one, two] = [yield* buy("all/all/0.25", "acme"), yield* buy("all/all/0.25", "other")]
      expect(one.lines).toEqual(two.lines)
      const figures = one.lines.slice(1).map((line) => line.split(",").slice(2).map(Number))
      const exact = (yield* buy("full", "third")).lines.slice(1).map((line) => line.split(",").slice(2).map(Number))
      expect(figures).not.toEqual(exact)
      // Three times the variance on top: 300 and 12,000. Beyond 8 standard deviations once in 1e14 tests.
      for (const [i, [buyers, spend]] of figures.entries()) {
        expect(Math.abs(buyers! - exact[i]![0]!)).toBeLessThan(8 * Math.sqrt(300))
        expect(Math.abs(spend! - exact[i]![1]!)).toBeLessThan(8 * Math.sqrt(12_000))
      }
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("are not published where one can be had for less through the others", () =>
    Effect.gen(function* () {
      yield* start
      const cheap = [
        { offer: "counts", columns: ["buyers"], factor: 0.2 },
        { offer: "spends", columns: ["spend_minor"], factor: 0.2 }
      ]
      expect(yield* Effect.flip(shelveOffers(cheap, 1))).toMatchObject({ _tag: "Refused", code: "menu.beaten" })
      expect(yield* (yield* Catalog).list).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )
})
