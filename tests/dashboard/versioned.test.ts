import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Records } from "#core/records/Records.ts"
import { openHouse } from "./openHouse.ts"

let house: Awaited<ReturnType<typeof openHouse>>
let buyer: string
beforeAll(async () => {
  house = await openHouse()
  buyer = await house.signIn("buyer")
})
afterAll(() => house.close())

const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${house.base}${path}`, { headers: { cookie: buyer, ...headers } })
const change = (sql: string) => house.run(Effect.flatMap(Records, (records) => records.write((db) => db.run(sql))))

describe("answers that stand until the records change", () => {
  it("are confirmed to who has them, and sent anew after a change", async () => {
    const first = await ask("/api/products")
    const tag = first.headers.get("etag")!
    expect(first.headers.get("cache-control")).toBe("private, no-cache")
    const body = await first.text()
    const again = await ask("/api/products", { "if-none-match": tag })
    expect([again.status, await again.text()]).toEqual([304, ""])
    await change("update session set seen_at = seen_at")
    expect((await ask("/api/products", { "if-none-match": tag })).status).toBe(304)
    await change("update product_life set state = 'retired'")
    const other = await ask("/api/products", { "if-none-match": tag })
    expect(other.status).toBe(200)
    expect(await other.text()).not.toBe(body)
  })

  it("are shared between accounts of a role, and asked for by role none the less", async () => {
    const other = await house.signIn("buyer", "another")
    const mine = await ask("/api/search")
    const theirs = await ask("/api/search", { cookie: other })
    expect(theirs.headers.get("etag")).toBe(mine.headers.get("etag"))
    const refused = await ask("/api/search", { cookie: await house.signIn("customer") })
    expect(refused.status).toBe(403)
    const gone = await ask("/api/search", { cookie: "__Host-assay=x", "if-none-match": mine.headers.get("etag")! })
    expect(gone.status).toBe(401)
  })

  it("keep no failure", async () => {
    for (let i = 0; i < 2; i++) expect((await ask("/api/products/no_such")).status).toBe(404)
    expect((await ask("/api/search?order=wrong")).status).toBe(400)
  })
})
