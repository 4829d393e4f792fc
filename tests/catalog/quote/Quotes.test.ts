import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { makeQuote } from "#pricing/quote/makeQuote.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const list = Effect.gen(function* () {
  yield* TestClock.setTime(Date.parse(listedAt))
  const catalog = yield* Catalog
  const records = yield* Records
  return yield* records.write((db) => listVersion(db, catalog, sampleVersion()))
})

describe("Quotes", () => {
  it.effect("quotes the list price of the moment and keeps the quote as it was made", () =>
    Effect.gen(function* () {
      const version = yield* list
      const quotes = yield* Quotes
      const quote = yield* quotes.create("orders_by_state")
      expect(quote.price).toEqual((yield* (yield* Catalog).show("orders_by_state")).price)
      expect(quote).toMatchObject({ product: "orders_by_state", version: "2026-11.1", artefact: version.artefact })
      expect(yield* quotes.get(quote.id)).toEqual(quote)
      const { id, product, artefact, inputs, issuedAt } = quote
      expect(makeQuote({ id, product, version: quote.version, artefact, currency: "CNY", inputs, issuedAt })).toEqual(
        quote
      )
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("commits to each quote in the log", () =>
    Effect.gen(function* () {
      yield* list
      const log = yield* Log
      const before = yield* log.drain
      yield* (yield* Quotes).create("orders_by_state")
      const after = yield* log.drain
      expect(after.size).toBe(before.size + 1)
      expect((yield* log.verify).sound).toBe(true)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("keeps the price of an open quote while the list price falls", () =>
    Effect.gen(function* () {
      yield* list
      const quotes = yield* Quotes
      const quote = yield* quotes.create("orders_by_state")
      yield* TestClock.adjust("10 days")
      expect((yield* quotes.get(quote.id)).price).toEqual(quote.price)
      expect((yield* quotes.create("orders_by_state")).price.minor).toBeLessThan(quote.price.minor)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("verifies what it issued, and says when it has expired", () =>
    Effect.gen(function* () {
      yield* list
      const quotes = yield* Quotes
      const quote = yield* quotes.create("orders_by_state")
      const text = JSON.stringify(quote, null, 2)
      expect(yield* quotes.verify(text)).toEqual({ quote, expired: false, issuedHere: true })
      yield* TestClock.adjust("24 hours")
      expect(yield* quotes.verify(text)).toMatchObject({ expired: true })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses a changed digit, and a change under a recomputed hash", () =>
    Effect.gen(function* () {
      yield* list
      const quotes = yield* Quotes
      const quote = yield* quotes.create("orders_by_state")
      const digit = JSON.stringify(quote).replace('"value":1200000', '"value":1100000')
      expect(yield* Effect.flip(quotes.verify(digit))).toMatchObject({
        _tag: "Refused",
        where: { field: "inputs.policy.base.value" }
      })

      // Consistent in every number, with a base price that was never stored.
      const policy = { ...quote.inputs.policy, base: { ...quote.inputs.policy.base, value: 100_000 } }
      const forged = makeQuote({ ...quote, currency: "CNY", inputs: { ...quote.inputs, policy } })
      expect(yield* Effect.flip(quotes.verify(JSON.stringify(forged)))).toMatchObject({
        _tag: "Refused",
        code: "quote.changed",
        where: { field: "inputs.policy.base.value" }
      })
      const { hash, ...body } = forged
      expect(hash).toBe(sha256Hex(canonicalJson(body)))
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("says that a sound quote of another home is not on record here", () =>
    Effect.gen(function* () {
      yield* list
      const quotes = yield* Quotes
      const quote = yield* quotes.create("orders_by_state")
      const elsewhere = makeQuote({ ...quote, currency: "CNY", id: "quo_elsewhere" })
      expect(yield* quotes.verify(JSON.stringify(elsewhere))).toMatchObject({ issuedHere: false })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses unknown products and unknown quotes as bad input", () =>
    Effect.gen(function* () {
      const quotes = yield* Quotes
      expect(yield* Effect.flip(quotes.create("nothing"))).toMatchObject({ _tag: "BadInput", code: "product.unknown" })
      expect(yield* Effect.flip(quotes.get("quo_0"))).toMatchObject({ _tag: "BadInput", code: "quote.unknown" })
      expect(yield* Effect.flip(quotes.verify("{}"))).toMatchObject({ _tag: "BadInput", code: "quote.form" })
    }).pipe(Effect.provide(catalogLayer))
  )
})
