import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Role } from "#dashboard/api/Role.ts"
import { makeServer } from "#dashboard/server/makeServer.ts"
import { openTestServer } from "./openTestServer.ts"

// Which role may call which route, and who gets which object, is tried route by route in matrix/matrix.test.ts.
let app: Awaited<ReturnType<typeof openTestServer>>
beforeAll(async () => {
  app = await openTestServer()
})
afterAll(() => app.close())

describe("what belongs to one buyer", () => {
  it("is unknown to another buyer, whatever identifier is swapped in", async () => {
    const steward = await app.signIn("steward")
    const mine = await app.signIn("buyer", "buyer-a")
    const theirs = await app.signIn("buyer", "buyer-b")
    const quote = (await app.post("/api/quotes", { product: "buyer_region_preference" }, mine)).json()
    expect((await app.get(`/api/quotes/${quote.id}`, mine)).statusCode).toBe(200)
    expect((await app.get(`/api/quotes/${quote.id}`, theirs)).statusCode).toBe(404)
    expect((await app.post("/api/orders", { quote: quote.id }, theirs)).statusCode).toBe(404)
    const order = (await app.post("/api/orders", { quote: quote.id }, mine)).json()
    expect((await app.post(`/api/orders/${order.id}/pay`, undefined, mine)).statusCode).toBe(403)
    expect((await app.get(`/api/orders/${order.id}/delivery?format=csv`, mine)).statusCode).toBe(409)
    expect((await app.post(`/api/orders/${order.id}/pay`, undefined, steward)).statusCode).toBe(200)
    expect((await app.get(`/api/orders/${order.id}/delivery?format=csv`, theirs)).statusCode).toBe(404)
    expect((await app.get("/api/orders", theirs)).json()).toEqual([])
    const file = await app.get(`/api/orders/${order.id}/delivery?format=csv`, mine)
    expect(file.statusCode).toBe(200)
    expect(file.headers["content-disposition"]).toBe('attachment; filename="buyer_region_preference-2026-10.1.csv"')
    expect(file.body.split("\r\n")[0]).toBe("region,category,channel,orders,spend_minor")
  })

  it("shows row counts of assets to stewards only", async () => {
    const rows = async (role: Role) =>
      (await app.get("/api/assets", await app.signIn(role)))
        .json()
        .nodes.map((node: { rows: number | null }) => node.rows)
    expect((await rows("steward")).every((count: number | null) => count !== null)).toBe(true)
    expect((await rows("executive")).every((count: number | null) => count === null)).toBe(true)
  })
})

describe("fields by their tags", () => {
  it("are told to a steward with their masks, and a hidden one not at all, whatever is probed", async () => {
    const steward = await app.signIn("steward")
    const answer = await app.get("/api/assets/core.order/fields", steward)
    expect(app.bugs).toEqual([])
    const masks = Object.fromEntries(answer.json().map((one: { name: string; mask: string }) => [one.name, one.mask]))
    expect(masks).toEqual({ amount: "plain", buyer_name: "hash", note: "few" })
    for (const probe of [
      "?sort=decision_maker",
      "?filter=decision_maker",
      "?group=decision_maker",
      "?count=decision_maker"
    ]) {
      // A hidden field and one that never was change nothing, and are spoken of nowhere.
      const probed = await app.get(`/api/assets/core.order/fields${probe}`, steward)
      const other = await app.get(
        `/api/assets/core.order/fields${probe.replace("decision_maker", "never_there")}`,
        steward
      )
      expect([probed.statusCode, probed.body]).toEqual([other.statusCode, other.body])
      expect(probed.body).not.toContain("decision_maker")
    }
    expect(answer.body).not.toContain("decision_maker")
  })
})

it("a route that does not say who may call it stops the start", () => {
  const server = makeServer({ runtime: app.runtime, port: 7425, web: app.web })
  expect(() => server.get("/api/forgotten", async () => "open")).toThrow(/does not say who may call it/)
})
