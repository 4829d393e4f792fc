import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { readEntitled } from "#catalog/delivery/readEntitled.ts"
import { Indexes } from "#catalog/index/Indexes.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Search } from "#catalog/search/Search.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"
import { putOnShelf, soundVersion, vouch } from "./soundVersion.ts"

const product = "orders_by_state"
const codeOf = <A, R>(effect: Effect.Effect<A, { readonly code: string }, R>) =>
  Effect.map(Effect.flip(effect), ({ code }) => code)
const quote = Quotes.use((quotes) => quotes.create(product))
const submit = (by: string) => Lifecycle.use((life) => life.submit({ product, by }))
const approve = (by: string) => Lifecycle.use((life) => life.approve({ product, by }))
const rowsOf = Records.use((records) =>
  records.read(
    (db) =>
      db.get<{ n: number }>(
        `select (select count(*) from product_transition) + (select count(*) from assessment) + (select count(*) from index_evidence)
           + (select count(*) from outbox) + (select size from log_head) as n`
      )!.n
  )
)
const start = Effect.gen(function* () {
  yield* TestClock.setTime(Date.parse(listedAt))
  yield* putOnShelf()
})
const listed = Effect.gen(function* () {
  yield* start
  yield* vouch()
  yield* submit("anna")
  return yield* approve("boris")
})
/** A buyer who paid for what is on sale. */
const buy = Effect.fnUntraced(function* (buyer: string) {
  const { id } = yield* quote
  const orders = yield* Orders
  const order = yield* orders.place({ quote: id, buyer, key: `${buyer}-${id}` })
  return yield* orders.pay(order.id, `pay-${order.id}`)
})

describe("Lifecycle", () => {
  it.effect("takes a draft to the shop window by two people and evidence, and nothing of it is sold before", () =>
    Effect.gen(function* () {
      yield* start
      const life = yield* Lifecycle
      expect(yield* life.of(product)).toMatchObject({ state: "draft", contract: "1.0.0", registration: null })
      expect(yield* codeOf(quote)).toBe("product.not-listed")
      expect(yield* (yield* Catalog).list).toEqual([])
      expect((yield* Search.use((search) => search.find({ text: "orders" }))).products).toEqual([])

      const submitted = yield* submit("anna")
      expect(submitted).toMatchObject({ state: "assessed", waitsFor: "approval", requestedBy: "anna" })
      expect(yield* codeOf(quote)).toBe("product.not-listed")
      yield* vouch()
      const approved = yield* approve("boris")
      expect(approved).toMatchObject({ state: "listed", waitsFor: null })
      expect(approved.registration).toMatch(/^DJ-20261112-/)
      expect(approved.listing).toMatch(/^GP-20261112-/)
      expect(approved.transitions.map(({ from, to, by, requestedBy }) => [from, to, by, requestedBy])).toEqual([
        ["draft", "assessed", "anna", null],
        ["assessed", "registered", "boris", "anna"],
        ["registered", "listed", "boris", "anna"]
      ])
      expect((yield* quote).product).toBe(product)
      expect((yield* (yield* Catalog).list).map((one) => one.product)).toEqual([product])
      expect((yield* Search.use((search) => search.find({ text: "orders" }))).total).toBe(1)

      const digests = approved.transitions.map(({ evidence }) => evidence)
      const kept = yield* Records.use((records) =>
        records.read((db) => db.all<{ digest: string; document: string }>("select digest, document from assessment"))
      )
      expect(kept.map(({ digest }) => digest).sort()).toEqual([...new Set(digests)].sort())
      const decided = JSON.parse(kept.find(({ digest }) => digest === digests.at(-1))!.document) as {
        index: { index: number; isTradable: boolean }
      }
      expect([decided.index.index >= 85, decided.index.isTradable]).toEqual([true, true])
      // The index that everybody sees is worked out by the same function.
      expect((yield* Indexes.use((indexes) => indexes.index(product, "dcmm-8"))).index).toBe(decided.index.index)
      yield* Log.use((log) => log.drain)
      expect((yield* Log.use((log) => log.verify)).sound).toBe(true)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect(
    "refuses one person twice, missing evidence and a low index, with every reason, and nothing is changed",
    () =>
      Effect.gen(function* () {
        yield* start
        expect(yield* codeOf(approve("boris"))).toBe("life.move")
        yield* submit("anna")
        const before = yield* rowsOf
        for (const by of ["anna", "Anna"]) expect(yield* codeOf(approve(by))).toBe("life.approver")
        const refused = yield* Effect.flip(approve("boris"))
        expect(refused).toMatchObject({ code: "life.gates", message: expect.stringContaining("G7") })
        expect(refused.fix).toContain("assay product review")
        yield* Indexes.use((indexes) =>
          Effect.forEach(["G5", "G7"], (item) =>
            indexes.record({ product, item, value: 1, signer: "carla", note: "Seen.", days: 30, isDemo: false })
          )
        )
        const low = yield* Effect.flip(approve("boris"))
        expect(low).toMatchObject({ code: "life.index", message: expect.stringContaining("0.60") })
        // Two pieces of evidence and their two log entries came, and nothing of the refused decisions.
        expect(yield* rowsOf).toBe(before + 4)
        expect((yield* Lifecycle.use((life) => life.of(product))).state).toBe("assessed")
        expect(yield* codeOf(submit("carla"))).toBe("life.move")
        expect(yield* codeOf(submit("no body"))).toBe("life.by")
      }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("can be registered first and listed later, and goes back to its owner with a reason", () =>
    Effect.gen(function* () {
      yield* start
      const life = yield* Lifecycle
      yield* submit("anna")
      yield* Indexes.use((indexes) =>
        indexes.record({ product, item: "G7", value: 1, signer: "carla", note: "Seen.", days: 30, isDemo: false })
      )
      const registered = yield* life.approve({ product, by: "boris", registerOnly: true })
      expect(registered).toMatchObject({ state: "registered", listing: null, requestedBy: "anna" })
      expect(yield* codeOf(life.reject({ product, by: "boris" }))).toBe("life.reason")
      const back = yield* life.reject({ product, by: "boris", reason: "Say whose the data are." })
      expect(back.transitions.at(-1)).toMatchObject({
        from: "registered",
        to: "draft",
        reason: "Say whose the data are."
      })
      expect(
        (yield* life.assess(product)).index.domains.flatMap(({ items }) => items).find(({ id }) => id === "approvals")
      ).toMatchObject({
        score: 0
      })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("shows reviewers what waits, what speaks against it, the price and the loss", () =>
    Effect.gen(function* () {
      yield* start
      const life = yield* Lifecycle
      const [item] = yield* life.queue
      expect(item).toMatchObject({ product, waitsFor: "assessment", missing: [{ en: "Gates failed: G5, G7" }] })
      expect(item!.assessment).toMatchObject({
        contract: "1.0.0",
        loss: { epsilon: 1, rho: 0.0244 },
        change: { level: "first" }
      })
      expect(item!.assessment.price.minor).toBeGreaterThan(12_000)
      yield* vouch()
      yield* submit("anna")
      const [waiting, ...others] = yield* life.queue
      expect([waiting!.waitsFor, waiting!.requestedBy, waiting!.missing, others]).toEqual(["approval", "anna", [], []])
      expect(waiting!.expected).toBeGreaterThanOrEqual(85)
      yield* approve("boris")
      expect(yield* life.queue).toEqual([])
      // What is on sale shows up again when its evidence runs out.
      yield* TestClock.adjust("301 days")
      expect((yield* life.queue).map(({ waitsFor }) => waitsFor)).toEqual(["attention"])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("takes a product off sale by one person, and puts it back by two", () =>
    Effect.gen(function* () {
      yield* listed
      const life = yield* Lifecycle
      const { id } = yield* buy("acme")
      expect((yield* life.suspend({ product, by: "anna", reason: "A complaint." })).state).toBe("suspended")
      expect(yield* codeOf(quote)).toBe("product.not-listed")
      expect((yield* Search.use((search) => search.find({}))).total).toBe(0)
      expect(yield* codeOf(approve("boris"))).toBe("life.approver")
      expect((yield* submit("anna")).waitsFor).toBe("resume")
      expect(yield* codeOf(approve("anna"))).toBe("life.approver")
      expect((yield* approve("boris")).state).toBe("listed")
      expect((yield* quote).product).toBe(product)
      const entitled = Records.use((records) => records.read((db) => readEntitled(db, id, listedAt)))
      yield* life.suspend({ product, by: "anna", reason: "Another complaint." })
      // Noisy figures that were bought go on to the end of their terms; rows of people wait.
      expect((yield* entitled).order.id).toBe(id)
      yield* Records.use((records) =>
        records.write((db) =>
          db.run(
            "update product_version set document = json_set(document, '$.kind', 'consented') where product = $product",
            {
              product
            }
          )
        )
      )
      expect(yield* codeOf(entitled)).toBe("product.suspended")
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("is deprecated with a day and a successor, and retired when nobody is entitled to it any more", () =>
    Effect.gen(function* () {
      yield* listed
      const life = yield* Lifecycle
      yield* buy("acme")
      const soon = { product, by: "anna", on: "2026-12-31" }
      expect(yield* codeOf(life.deprecate({ ...soon, on: "2026-01-01" }))).toBe("life.ends")
      expect(yield* codeOf(life.deprecate({ ...soon, successor: "nothing" }))).toBe("life.successor")
      const other = sampleVersion({ product: "orders_by_city", release: "rel_9" })
      const catalog = yield* Catalog
      yield* Records.use((records) => records.write((db) => listVersion(db, catalog, other)))
      const deprecated = yield* life.deprecate({ ...soon, successor: "orders_by_city" })
      expect(deprecated).toMatchObject({ state: "deprecated", endsOn: "2026-12-31", successor: "orders_by_city" })
      const refused = yield* Effect.flip(quote)
      expect(refused).toMatchObject({ code: "product.not-listed", fix: expect.stringContaining("orders_by_city") })
      expect(yield* codeOf(life.retire({ product, by: "anna" }))).toBe("life.ends")
      yield* TestClock.adjust("60 days")
      expect(yield* codeOf(life.retire({ product, by: "anna" }))).toBe("life.entitled")
      yield* TestClock.adjust("365 days")
      expect((yield* life.retire({ product, by: "anna" })).state).toBe("retired")
      expect(yield* codeOf(submit("anna"))).toBe("life.move")
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("counts the contract of each version, and lets one that breaks it wait while the old one is sold", () =>
    Effect.gen(function* () {
      yield* listed
      const life = yield* Lifecycle
      yield* TestClock.adjust("1 day")
      yield* putOnShelf({ release: "rel_2", period: "2026-12" })
      expect(yield* life.of(product)).toMatchObject({ contract: "1.0.1", waitsFor: null })
      expect((yield* quote).version).toBe("2026-12.1")
      const { columns } = soundVersion()
      const more = { ...columns[1]!, name: "spend" }
      yield* putOnShelf({ release: "rel_3", period: "2027-01", columns: [...columns, more] })
      expect((yield* life.of(product)).contract).toBe("1.1.0")
      expect((yield* quote).version).toBe("2027-01.1")

      yield* putOnShelf({ release: "rel_4", period: "2027-02" })
      expect(yield* life.of(product)).toMatchObject({ contract: "1.1.0", waitsFor: "version", state: "listed" })
      expect((yield* quote).version).toBe("2027-01.1")
      expect(yield* codeOf(Quotes.use((quotes) => quotes.create(product, "2027-02.1")))).toBe("product.version")
      expect(yield* life.queue).toMatchObject([
        {
          waitsFor: "version",
          assessment: {
            contract: "2.0.0",
            change: { level: "breaking", reasons: [{ en: expect.stringContaining("spend") }] }
          }
        }
      ])
      expect(yield* codeOf(approve("boris"))).toBe("life.approver")
      yield* submit("anna")
      expect(yield* codeOf(approve("anna"))).toBe("life.approver")
      expect(yield* approve("boris")).toMatchObject({ contract: "2.0.0", waitsFor: null })
      expect((yield* quote).version).toBe("2027-02.1")
      expect(yield* codeOf(submit("anna"))).toBe("life.nothing-asked")
    }).pipe(Effect.provide(catalogLayer))
  )
})
