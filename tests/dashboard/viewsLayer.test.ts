import { createHash } from "node:crypto"
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buffer } from "node:stream/consumers"
import { Effect, Layer, ManagedRuntime } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Catalog } from "#catalog/product/Catalog.ts"
import { menuOf } from "#catalog/product/menuOf.ts"
import type { VersionColumn } from "#catalog/product/ProductVersion.ts"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { QuoteRequest } from "#dashboard/api/QuoteRequest.ts"
import type { Principal } from "#dashboard/server/Principal.ts"
import { viewsLayer } from "#dashboard/server/viewsLayer.ts"
import { Views } from "#dashboard/server/Views.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { houseApp } from "../../app.ts"
import { listVersion } from "../catalog/listVersion.ts"
import { sampleVersion } from "../catalog/sampleVersion.ts"
import { sampleCertificate } from "./sampleCertificate.ts"

const folder = mkdtempSync(join(tmpdir(), "assay-views-"))
const runtime = ManagedRuntime.make(viewsLayer.pipe(Layer.provideMerge(houseApp(folder))))
const run = <A, E>(
  effect: Effect.Effect<A, E, Layer.Success<typeof viewsLayer> | Layer.Success<ReturnType<typeof houseApp>>>
) => runtime.runPromise(effect)
const codeOf = async (effect: Parameters<typeof run>[0]): Promise<string> =>
  run(Effect.map(Effect.flip(effect), (error) => (error as { code: string }).code))

const anna: Principal = { role: "buyer", name: "anna" }
const boris: Principal = { role: "buyer", name: "boris" }
const steward: Principal = { role: "steward", name: "demo-steward-1" }
let artefact: string

const column = (name: string, part: "key" | "measure", unit: string): VersionColumn => ({
  name,
  label: { zh: `${name}（注）`, en: name },
  type: part === "key" ? "VARCHAR" : "BIGINT",
  part,
  unit,
  note: { zh: "", en: "" }
})

beforeAll(async () => {
  artefact = await run(
    Effect.gen(function* () {
      const { shelf } = yield* Home
      const fresh = join(shelf, "fresh.parquet")
      const rows = `select role, stage, (r * 100 + s * 10)::bigint as accounts
        from (values ('甲', 1), ('乙', 2), ('丙', 3), ('=丁', 4), ('戊', 5)) a(role, r), (values ('一', 1), ('二', 2), ('三', 3), ('四', 4), ('五', 5)) b(stage, s)`
      yield* (yield* Warehouse).run(`copy (${rows}) to ${quoteText(fresh)} (format parquet)`)
      const hash = createHash("sha256").update(readFileSync(fresh)).digest("hex")
      renameSync(fresh, join(shelf, `${hash}.parquet`))
      const catalog = yield* Catalog
      const columns = [column("role", "key", ""), column("stage", "key", ""), column("accounts", "measure", "subject")]
      yield* (yield* Records).write((db) =>
        listVersion(db, catalog, sampleVersion({ artefact: hash, certificate: sampleCertificate, columns }))
      )
      return hash
    })
  )
})
afterAll(async () => {
  await runtime.dispose()
  rmSync(folder, { recursive: true, force: true })
})

describe("a product on the pages", () => {
  it("is on a card with price, freshness and guarantee", async () => {
    const [card, ...others] = await run(Views.use((views) => views.products))
    expect(others).toEqual([])
    expect(card).toMatchObject({
      id: "orders_by_state",
      version: "2026-11.1",
      releasedRows: 27,
      guarantee: { epsilon: 1, delta: 1e-6, rho: 0.0244 },
      freshness: { halfLifeDays: 30, graceDays: 1, archival: 0.2, nextUpdate: "2026-12-01" }
    })
    expect(card!.price.minor).toBeGreaterThan(12_000)
  })

  it("shows its dictionary, promise, pairs, price tree and one small preview", async () => {
    const product = await run(Views.use((views) => views.product("orders_by_state")))
    expect(product.preview).toEqual({
      columns: ["role", "stage", "accounts"],
      rows: [[expect.anything(), expect.anything(), expect.anything()]],
      of: 25
    })
    expect(product.matrices).toHaveLength(1)
    expect(product.matrices[0]).toMatchObject({
      facet: null,
      unit: "subject",
      halfWidth: 12,
      rows: ["戊", "=丁", "丙", "乙", "甲"]
    })
    expect(product.distributions[0]!.bars[0]).toEqual({
      key: "戊",
      value: 2650,
      low: 2650 - 12 * Math.sqrt(5),
      high: 2650 + 12 * Math.sqrt(5)
    })
    expect(product.certificate).toMatchObject({
      threshold: 41.2,
      keys: [{ rule: "selected" }, { rule: "public list" }]
    })
    expect(product.priceTree.value).toBe(product.card.price.minor)
    expect(product.versions).toMatchObject([
      { version: "2026-11.1", artefact, state: "listed", price: product.card.price }
    ])
  })

  it("is unknown when it was never listed", async () => {
    expect(await codeOf(Views.use((views) => views.product("no_such")))).toBe("product.unknown")
  })
})

describe("a sale on the pages", () => {
  it("goes from a quote to the very bytes of the shelf, for its buyer alone, and charges once", async () => {
    const quote = await run(Views.use((views) => views.makeQuote({ product: "orders_by_state" }, anna)))
    expect(await run(Views.use((views) => views.quote(quote.id, anna)))).toEqual(quote)
    expect(await codeOf(Views.use((views) => views.quote(quote.id, boris)))).toBe("quote.unknown")
    expect(await codeOf(Views.use((views) => views.placeOrder({ quote: quote.id }, boris)))).toBe("quote.unknown")

    const order = await run(Views.use((views) => views.placeOrder({ quote: quote.id }, anna)))
    const again = await run(Views.use((views) => views.placeOrder({ quote: quote.id }, anna)))
    expect(again).toEqual(order)
    expect(order).toMatchObject({
      state: "ordered",
      buyer: "anna",
      title: { en: "Orders by state" },
      price: quote.price
    })
    expect(await run(Views.use((views) => views.orders(boris)))).toEqual([])
    expect(await run(Views.use((views) => views.orders(steward)))).toEqual([order])
    expect(await codeOf(Views.use((views) => views.delivery(order.id, "csv", anna)))).toBe("delivery.unpaid")

    const paid = await run(Views.use((views) => views.payOrder(order.id, steward)))
    expect(await run(Views.use((views) => views.payOrder(order.id, steward)))).toEqual(paid)
    expect(await codeOf(Views.use((views) => views.delivery(order.id, "parquet", boris)))).toBe("order.unknown")
    const delivery = await run(Views.use((views) => views.delivery(order.id, "parquet", anna)))
    expect(delivery.fileName).toBe("orders_by_state-2026-11.1.parquet")
    expect(
      createHash("sha256")
        .update(await buffer(delivery.read()))
        .digest("hex")
    ).toBe(delivery.artefact)
    const csv = await run(Views.use((views) => views.delivery(order.id, "csv", anna)))
    expect((await buffer(csv.read())).toString()).toContain("'=丁")
    expect(await run(Views.use((views) => views.orders(anna)))).toMatchObject([{ id: order.id, state: "delivered" }])
  })

  it("leaves nothing behind in the home when a download ends or is broken off", async () => {
    const [order] = await run(Views.use((views) => views.orders(anna)))
    const broken = (await run(Views.use((views) => views.delivery(order!.id, "csv", anna)))).read()
    await new Promise((resolve) => broken.once("close", resolve).destroy())
    ;(await run(Views.use((views) => views.delivery(order!.id, "csv", anna)))).close()
    const left = () => readdirSync(join(folder, "tmp")).filter((name) => name.startsWith("download-"))
    await expect.poll(left).toEqual([])
  })

  it("appears in the value overview, paid apart from ordered", async () => {
    const quote = await run(Views.use((views) => views.makeQuote({ product: "orders_by_state" }, boris)))
    await run(Views.use((views) => views.placeOrder({ quote: quote.id }, boris)))
    const value = await run(Views.use((views) => views.value))
    expect(value.totals).toHaveLength(1)
    const [total] = value.totals
    expect(total!.ordered.minor).toBe(2 * quote.price.minor)
    expect(total!.paid.minor).toBe(quote.price.minor)
    expect(total!.revenue.map(({ paid }) => paid)).toEqual([quote.price])
    expect(value.products).toMatchObject([{ id: "orders_by_state", orders: 2, paid: quote.price }])
  })
})

describe("the budget on the pages", () => {
  it("shows each charge with what it left, and how long the rest lasts at this pace", async () => {
    const units = 26_828_000_000n
    await run(
      Effect.gen(function* () {
        const budget = yield* Budget
        const ask = { kind: "release", period: "2026-11", purpose: "dpv:MarketResearch", buyer: "public" } as const
        yield* budget.reserve({
          ...ask,
          planHash: "a".repeat(64),
          product: "orders_by_state",
          rhoUnits: units,
          delta: 5e-7
        })
      })
    )
    const budget = await run(Views.use((views) => views.budget))
    expect(budget.charges).toHaveLength(1)
    expect(budget.charges[0]).toMatchObject({ product: "orders_by_state", state: "reserved", period: "2026-11" })
    expect(budget.charges[0]!.rho).toBeCloseTo(0.0244, 6)
    expect(budget.spent.rho + budget.left.rho).toBeCloseTo(budget.cap.rho, 9)
    expect(budget.runsOut).toMatch(/^20\d\d-\d\d-\d\d$/)
  })
})

describe("assets on the pages", () => {
  it("are an empty graph in a new home, and unknown by any name", async () => {
    const graph = await run(Views.use((views) => views.assets(steward)))
    expect(graph.nodes.every((node) => node.state === "missing")).toBe(true)
    expect(await codeOf(Views.use((views) => views.asset("no.such", steward)))).toBe("asset.unknown")
  })
})

describe("a quote for a part of a product", () => {
  it("says what is bought of what", async () => {
    const draft = sampleVersion({ product: "sold_in_parts" })
    const { offers } = menuOf(draft)
    const part = { ...offers[0]!, id: "state", columns: ["state"], accuracy: { ...offers[0]!.accuracy, value: 0.5 } }
    await run(
      Effect.gen(function* () {
        const catalog = yield* Catalog
        const menu = { strata: [], offers: [...offers, part] }
        yield* (yield* Records).write((db) => listVersion(db, catalog, { ...draft, menu }))
      })
    )
    const quote = (request: QuoteRequest) => run(Views.use((views) => views.makeQuote(request, anna)))
    expect((await quote({ product: "sold_in_parts", offer: "state" })).part).toEqual({
      offer: { columns: ["state"], slice: null, accuracy: 0.5 },
      whole: { columns: offers[0]!.columns, slice: null, accuracy: 1 }
    })
    expect((await quote({ product: "sold_in_parts" })).part).toBeNull()
  })
})
