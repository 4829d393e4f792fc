import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Route } from "#dashboard/api/route.ts"
import { Role } from "#dashboard/api/Role.ts"
import { routes } from "#dashboard/api/routes.ts"
import { openTestServer } from "./openTestServer.ts"

let app: Awaited<ReturnType<typeof openTestServer>>
const cookies: Partial<Record<Role, string>> = {}
beforeAll(async () => {
  app = await openTestServer()
  for (const role of Role.literals) cookies[role] = await app.signIn(role)
})
afterAll(() => app.close())

/** Bodies that mean harm to whoever parses, merges or stores them. */
const hostile: Readonly<Record<string, string>> = {
  __proto__: '{"__proto__":{"polluted":true}}',
  "nested __proto__": '{"a":{"b":{"__proto__":{"polluted":true}}}}',
  "escaped __proto__": '{"\\u005f\\u005fproto\\u005f\\u005f":{"polluted":true}}',
  "constructor.prototype": '{"constructor":{"prototype":{"polluted":true}}}',
  "an array with __proto__": '[{"__proto__":{"polluted":true}}]',
  "many brackets": "[".repeat(30_000),
  "deep objects": '{"a":'.repeat(10_000) + "1" + "}".repeat(10_000),
  "a number without end": `{"a":${"9".repeat(60_000)}}`,
  "a name without end": `{"${"a".repeat(60_000)}":1}`,
  "many names": `{${Array.from({ length: 5000 }, (_, i) => `"k${i}":0`).join(",")}}`,
  "one name many times": `{${Array.from({ length: 5000 }, () => '"a":0').join(",")}}`,
  "half a character": '{"a":"\\ud800"}',
  "a control character": '{"a":"\u0000"}',
  "a number for everything": "1",
  null: "null",
  "a text": '"x"'
}

describe("hostile bodies", () => {
  const posts = Object.entries<Route>(routes).filter(([, route]) => route.body !== undefined)
  for (const [name, route] of posts) {
    it(`are refused by ${route.method} ${route.path}, without a trace`, async () => {
      const role = route.callers === "anyone" ? undefined : route.callers[0]
      for (const [what, payload] of Object.entries(hostile)) {
        const send = () =>
          app.send({
            method: route.method,
            url: route.path.replaceAll(/:\w+/g, "x"),
            payload,
            headers: {
              "content-type": "application/json",
              origin: "http://localhost:7425",
              ...(role === undefined ? {} : { cookie: cookies[role] })
            }
          })
        let answer = await send()
        // A machine that is busy with other things turns requests away for a moment, as it should.
        for (let tries = 0; answer.statusCode === 503 && tries < 100; tries++) {
          await new Promise((resolve) => setTimeout(resolve, 50))
          answer = await send()
        }
        expect(answer.statusCode, `${name}: ${what}`).toBeGreaterThanOrEqual(400)
        expect(answer.statusCode, `${name}: ${what}: ${answer.body.slice(0, 200)}`).toBeLessThan(500)
        expect(answer.body.length).toBeLessThan(2000)
      }
      expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined()
      expect(Object.keys(Object.prototype)).toEqual([])
      expect(app.bugs).toEqual([])
    })
  }
  it("were sent to every route that takes one", () => {
    expect(posts.length).toBeGreaterThanOrEqual(3)
  })
})
