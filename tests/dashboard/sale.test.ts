import { createHash } from "node:crypto"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { verifyCertificate } from "#catalog/certificate/verifyCertificate.ts"
import { ApiKeys } from "#catalog/lookup/ApiKeys.ts"
import { Ledger } from "#catalog/ledger/Ledger.ts"
import type { Invoice } from "#dashboard/api/Invoice.ts"
import type { SearchResult } from "#dashboard/api/SearchResult.ts"
import { openHouse } from "./openHouse.ts"

let house: Awaited<ReturnType<typeof openHouse>>
let [buyer, steward] = ["", ""]
beforeAll(async () => {
  house = await openHouse()
  ;[buyer, steward] = [await house.signIn("buyer"), await house.signIn("steward")]
})
afterAll(() => house.close())

const call = (cookie: string, path: string, more: RequestInit = {}) =>
  fetch(`${house.base}${path}`, { ...more, headers: { cookie, origin: house.base, ...more.headers } })
const post = async (cookie: string, path: string, body?: object) => {
  const answer = await call(cookie, path, {
    method: "POST",
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  })
  return { status: answer.status, json: (await answer.json()) as Record<string, never> }
}

describe("a sale over HTTP", () => {
  it("goes from the search to a certified file, an invoice that equals the ledger and a log that verifies", async () => {
    const found = (await (await call(buyer, `/api/search?text=${encodeURIComponent("下单")}`)).json()) as SearchResult
    expect(found.products.map(({ id }) => id)).toEqual(["orders_by_state"])
    const quote = (await post(buyer, "/api/quotes", { product: found.products[0]!.id })).json
    const order = (await post(buyer, "/api/orders", { quote: quote["id"] })).json
    expect((await call(buyer, `/api/orders/${order["id"]}/delivery?format=parquet`)).status).toBe(409)
    // Paying twice charges once.
    const paid = await post(steward, `/api/orders/${order["id"]}/pay`)
    expect(await post(steward, `/api/orders/${order["id"]}/pay`)).toEqual(paid)

    const path = `/api/orders/${order["id"]}/delivery?format=parquet`
    const early = await call(buyer, `/api/orders/${order["id"]}/certificate?format=parquet`)
    expect(early.status).toBe(404)
    const whole = Buffer.from(await (await call(buyer, path)).arrayBuffer())
    const certificate = await (await call(buyer, `/api/orders/${order["id"]}/certificate?format=parquet`)).text()
    const file = { sha256: createHash("sha256").update(whole).digest("hex"), bytes: whole.length }
    const { publicKey } = await house.run(Home)
    expect(verifyCertificate(certificate, file, publicKey).certificate).toMatchObject({
      order: order["id"],
      artefact: house.artefact
    })
    const resumed = await call(buyer, path, { headers: { range: "bytes=100-", "if-range": `"${file.sha256}"` } })
    expect(resumed.status).toBe(206)
    expect(Buffer.from(await resumed.arrayBuffer()).equals(whole.subarray(100))).toBe(true)
    expect((await call(buyer, path, { headers: { "if-none-match": `"${file.sha256}"` } })).status).toBe(304)

    const invoices = (await (await call(buyer, "/api/invoices")).json()) as ReadonlyArray<Invoice>
    expect(invoices).toHaveLength(1)
    const [invoice] = invoices
    expect(invoice!.lines.reduce((sum, { net, tax }) => sum + net + tax, 0)).toBe(invoice!.gross)
    expect(invoice!.net).toBe((order["price"] as unknown as { minor: number }).minor)
    const { balances, problems } = await house.run(
      Ledger.use((ledger) => Effect.all({ balances: ledger.balances("bank"), problems: ledger.problems }))
    )
    expect(balances).toEqual([{ account: "bank", currency: "CNY", minor: invoice!.gross }])
    expect(problems).toEqual([])
    await house.run(Log.use((log) => log.drain))
    expect((await house.run(Log.use((log) => log.verify))).sound).toBe(true)
  })

  it("shows invoices and use to their buyer and to the house, and refuses what it does not know", async () => {
    expect(await (await call(steward, "/api/invoices")).json()).toHaveLength(1)
    expect(await (await call(buyer, "/api/usage")).json()).toEqual([])
    for (const path of ["/api/invoices", "/api/usage", "/api/search"]) expect((await call("", path)).status).toBe(401)
    for (const query of ["order=cheapest", "offset=-1", "limit=5", `text=${"a".repeat(201)}`])
      expect((await call(buyer, `/api/search?${query}`)).status).toBe(400)
    expect(await (await call(buyer, "/api/search?text=nothing%20of%20the%20kind")).json()).toMatchObject({ total: 0 })
  })

  it("answers single lookups by key to whom the order or the trial allows it, and counts them", async () => {
    const [own] = (await (await call(steward, "/api/orders")).json()) as ReadonlyArray<{ id: string; buyer: string }>
    const { token, id } = await house.run(
      ApiKeys.use((keys) => keys.add({ holder: own!.id, days: 1, scopes: ["lookup", "usage"] }))
    )
    const look = async (path: string, key = token) => {
      const answer = await fetch(`${house.base}/api/v1/${path}`, { headers: { authorization: `Bearer ${key}` } })
      return {
        status: answer.status,
        json: (await answer.json()) as Record<string, unknown> & { error?: { code: string } }
      }
    }
    const found = await look("lookup/orders_by_state?state=state%203&limit=2")
    expect(found).toMatchObject({ status: 200, json: { artefact: house.artefact, total: 8, version: "2026-11.1" } })
    expect(found.json["rows"]).toHaveLength(2)
    expect((found.json["rows"] as ReadonlyArray<ReadonlyArray<unknown>>)[0]).toEqual([
      "state 3",
      3,
      21,
      0.75,
      "2026-01-04",
      false,
      3
    ])
    const codes = async (path: string, key?: string) => {
      const { status, json } = await look(path, key)
      return [status, json.error?.code]
    }
    expect(await codes("lookup/orders_by_state?orders=3")).toEqual([400, "lookup.column"])
    expect(await codes("lookup/orders_by_state?state=a&state=b")).toEqual([400, "lookup.value"])
    expect(await codes("lookup/orders_by_state")).toEqual([400, "lookup.filter"])
    expect(await codes("lookup/other?state=a")).toEqual([403, "lookup.product"])
    expect(await codes("lookup/orders_by_state?state=a", "ak_guess")).toEqual([401, "session.key"])
    expect((await fetch(`${house.base}/api/v1/lookup/orders_by_state?state=a`)).status).toBe(401)
    expect((await look("usage")).json).toMatchObject({ totals: [{ meter: "lookup.owned", events: 1, quantity: 2 }] })
    await house.run(ApiKeys.use((keys) => keys.revoke(id)))
    expect(await codes("lookup/orders_by_state?state=a")).toEqual([401, "session.key"])
  })

  it("refuses over HTTP what it refuses by the command line, and changes nothing", async () => {
    const kept = () =>
      house.run(
        Records.use((records) =>
          records.read((db) =>
            ["buyer_order", "quote", "entitlement", "invoice", "journal_line"].map((name) =>
              db.all(`select * from ${name}`)
            )
          )
        )
      )
    const quote = (await post(buyer, "/api/quotes", { product: "orders_by_state" })).json
    const before = await kept()
    const refused = async (path: string, body: object) => {
      const { status, json } = await post(buyer, path, body)
      const { code, fix } = json["error"] as unknown as { code: string; fix: string }
      expect(fix.length).toBeGreaterThan(10)
      return [status, code]
    }
    expect(await refused("/api/quotes", { product: "none" })).toEqual([404, "product.unknown"])
    expect(await refused("/api/orders", { quote: `quo_${"0".repeat(26)}` })).toEqual([404, "quote.unknown"])
    const suspend = (state: string) =>
      house.run(
        Records.use((records) => records.write((db) => db.run("update product_life set state = $state", { state })))
      )
    await suspend("suspended")
    expect(await refused("/api/orders", { quote: quote["id"] })).toEqual([403, "product.not-listed"])
    expect(await refused("/api/quotes", { product: "orders_by_state" })).toEqual([403, "product.not-listed"])
    await suspend("listed")
    expect(await kept()).toEqual(before)
  })
})
