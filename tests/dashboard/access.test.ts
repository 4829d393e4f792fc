import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Role } from "#dashboard/api/Role.ts"
import type { Route } from "#dashboard/api/route.ts"
import { routes } from "#dashboard/api/routes.ts"
import { makeServer } from "#dashboard/server/makeServer.ts"
import { openTestServer } from "./openTestServer.ts"

let app: Awaited<ReturnType<typeof openTestServer>>
const cookies: Partial<Record<Role, string>> = {}
beforeAll(async () => {
  app = await openTestServer()
  for (const role of Role.literals) cookies[role] = await app.signIn(role)
})
afterAll(() => app.close())

const call = (route: Route, cookie: string | undefined) => {
  const url = route.path.replace(":id", "no_such").replace(":key", "no.such") + (route.query ? "?format=csv" : "")
  return route.method === "GET"
    ? app.get(url, cookie)
    : app.post(url, route.body === undefined ? undefined : {}, cookie)
}

describe("every route admits exactly the roles it declares", () => {
  for (const [name, route] of Object.entries<Route>(routes)) {
    if (name === "signOut") continue
    for (const role of Role.literals) {
      const admitted = route.callers === "anyone" || route.callers.includes(role)
      it(`${route.method} ${route.path} ${admitted ? "answers" : "refuses"} a ${role}`, async () => {
        const { statusCode } = await call(route, cookies[role])
        if (admitted) expect([200, 400, 404]).toContain(statusCode)
        else expect(statusCode).toBe(403)
      })
    }
    it(`${route.method} ${route.path} ${route.callers === "anyone" ? "answers" : "refuses"} somebody unknown`, async () => {
      const { statusCode } = await call(route, undefined)
      if (route.callers === "anyone") expect([200, 400]).toContain(statusCode)
      else expect(statusCode).toBe(401)
    })
  }
})

describe("what belongs to one buyer", () => {
  it("is unknown to another buyer, whatever identifier is swapped in", async () => {
    const mine = await app.signIn("buyer", "buyer-a")
    const theirs = await app.signIn("buyer", "buyer-b")
    const quote = (await app.post("/api/quotes", { product: "buyer_region_preference" }, mine)).json()
    expect((await app.get(`/api/quotes/${quote.id}`, mine)).statusCode).toBe(200)
    expect((await app.get(`/api/quotes/${quote.id}`, theirs)).statusCode).toBe(404)
    expect((await app.post("/api/orders", { quote: quote.id }, theirs)).statusCode).toBe(404)
    const order = (await app.post("/api/orders", { quote: quote.id }, mine)).json()
    expect((await app.post(`/api/orders/${order.id}/pay`, undefined, mine)).statusCode).toBe(403)
    expect((await app.get(`/api/orders/${order.id}/delivery?format=csv`, mine)).statusCode).toBe(409)
    expect((await app.post(`/api/orders/${order.id}/pay`, undefined, cookies.steward)).statusCode).toBe(200)
    expect((await app.get(`/api/orders/${order.id}/delivery?format=csv`, theirs)).statusCode).toBe(404)
    expect((await app.get("/api/orders", theirs)).json()).toEqual([])
    const file = await app.get(`/api/orders/${order.id}/delivery?format=csv`, mine)
    expect(file.statusCode).toBe(200)
    expect(file.headers["content-disposition"]).toBe('attachment; filename="buyer_region_preference-2026-10.1.csv"')
    expect(file.body.split("\r\n")[0]).toBe("region,category,channel,orders,spend_minor")
  })

  it("shows row counts of assets to stewards only", async () => {
    const rows = async (role: Role) =>
      (await app.get("/api/assets", cookies[role])).json().nodes.map((node: { rows: number | null }) => node.rows)
    expect((await rows("steward")).every((count: number | null) => count !== null)).toBe(true)
    expect((await rows("executive")).every((count: number | null) => count === null)).toBe(true)
  })
})

it("a route that does not say who may call it stops the start", () => {
  const server = makeServer({ runtime: app.runtime, port: 7425, web: app.web })
  expect(() => server.get("/api/forgotten", async () => "open")).toThrow(/does not say who may call it/)
})
