import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Route } from "#dashboard/api/route.ts"
import { routes } from "#dashboard/api/routes.ts"
import { openHouse } from "./openHouse.ts"

let house: Awaited<ReturnType<typeof openHouse>>
let mine: string
let theirs: string
let steward: string
beforeAll(async () => {
  house = await openHouse()
  ;[mine, theirs, steward] = [
    await house.signIn("buyer", "swap-a"),
    await house.signIn("buyer", "swap-b"),
    await house.signIn("steward")
  ]
})
afterAll(() => house.close())

async function send(method: string, path: string, cookie: string, body?: object) {
  const answer = await fetch(`${house.base}${path}`, {
    method,
    headers: { cookie, origin: house.base, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  if (answer.headers.get("content-type")?.includes("event-stream") === true) {
    await answer.body?.cancel()
    return { status: answer.status, text: "" }
  }
  return { status: answer.status, text: await answer.text() }
}
const json = async (method: string, path: string, cookie: string, body?: object): Promise<Record<string, never>> =>
  JSON.parse((await send(method, path, cookie, body)).text) as Record<string, never>

/** Everything that looks like the name of an object of this house: a prefix and 128 random bits. */
const identifiers = (text: string): ReadonlySet<string> => new Set(text.match(/\b[a-z]{3,4}_[a-z2-7]{20,}\b/g) ?? [])

const declared = Object.values<Route>(routes)
const forBuyers = declared.filter(({ callers }) => callers !== "anyone" && callers.includes("buyer"))

/** What somebody is told by every route without parameters. */
async function toldTo(cookie: string): Promise<string> {
  const texts: Array<string> = []
  for (const { method, path } of forBuyers)
    if (method === "GET" && !path.includes(":")) texts.push((await send(method, path, cookie)).text)
  return texts.join("\n")
}

describe("the objects of one buyer", () => {
  it("answer to no other buyer, whichever identifier is put into whichever route", async () => {
    const [{ id: product }] = (await json("GET", "/api/products", mine)) as unknown as [{ id: string }]
    const made: Array<string> = []
    for (let i = 0; i < 2; i++) {
      const quote = await json("POST", "/api/quotes", mine, { product })
      const order = await json("POST", "/api/orders", mine, { quote: quote["id"]! as string })
      made.push(quote["id"]!, order["id"]!)
      if (i === 0) {
        expect((await send("POST", `/api/orders/${order["id"]}/pay`, steward)).status).toBe(200)
        expect((await send("GET", `/api/orders/${order["id"]}/delivery?format=csv`, mine)).status).toBe(200)
      }
    }
    const told = await toldTo(mine)
    const seen = identifiers(await toldTo(theirs))
    const own = [...new Set([...made, ...identifiers(told)])].filter((id) => !seen.has(id))
    expect(own.length).toBeGreaterThanOrEqual(4)
    expect(own.filter((id) => seen.has(id))).toEqual([])

    let tried = 0
    for (const route of forBuyers.filter(({ path }) => path.includes(":"))) {
      for (const id of own) {
        const path = route.path.replaceAll(/:\w+/g, id) + (route.query?.["format"] === undefined ? "" : "?format=csv")
        const { status, text } = await send(route.method, path, theirs, route.body === undefined ? undefined : {})
        tried += 1
        // Ending what is not there is done already; nothing of the other's may come back or go.
        const harmless = /^\/api\/(passkeys|sessions)\//.test(route.path)
        if (!harmless) expect([400, 403, 404, 409], `${route.method} ${route.path}`).toContain(status)
        expect(text, route.path).not.toContain("swap-a")
      }
    }
    expect(tried).toBeGreaterThan(12)
    // Theirs alone are swapped in bodies too.
    for (const id of own)
      expect((await send("POST", "/api/orders", theirs, { quote: id })).status).toBeGreaterThanOrEqual(400)
    // And nothing of it changed anything for the owner.
    expect(identifiers(await toldTo(mine))).toEqual(identifiers(told))
  })
})
