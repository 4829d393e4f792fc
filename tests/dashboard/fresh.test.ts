import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Role } from "#dashboard/api/Role.ts"
import type { Route } from "#dashboard/api/route.ts"
import { routes } from "#dashboard/api/routes.ts"
import { openTestServer } from "./openTestServer.ts"
import { sampleBodies } from "./matrix/sampleBodies.ts"

let app: Awaited<ReturnType<typeof openTestServer>>
beforeAll(async () => {
  app = await openTestServer()
})
afterAll(() => app.close())

/**
 * What changes something and may be done only by who showed within five minutes that it is them, by the path: release approval, policy edits, acts on
 * behalf of others, and whatever makes or ends a key.
 *
 * @source shared/design/consent.md, "Access"
 */
const required: ReadonlyArray<readonly [what: string, path: RegExp]> = [
  ["approval by a second person", /\/(?:approve|confirm)$/],
  ["acts on behalf of a customer", /^\/api\/steward\/subjects\//],
  ["credentials of buyers", /^\/api\/buyer\/(?:keys|shares)(?:\/|$)/],
  ["tokens for pages of others", /^\/api\/embeds(?:\/|$)/],
  ["passkeys", /^\/api\/passkeys\/:\w+\//],
  ["accounts", /^\/api\/principals(?:\/|$)/],
  ["invitations", /^\/api\/invitations(?:\/|$)/],
  ["lent roles", /^\/api\/elevations(?:$|\/:\w+\/(?:approve|use)$)/],
  ["policies", /polic(?:y|ies)/],
  ["who a buyer is, and what the house may spend and takes", /^\/api\/admin\//],
  ["erasure", /\/erase$/]
]

const posts = Object.entries<Route>(routes).filter(([, { method }]) => method === "POST")
const fresh = posts.filter(([, route]) => route.fresh === true)

describe("steps that need a fresh verification", () => {
  for (const [what, pattern] of required) {
    it(`are declared wherever it is about ${what}`, () => {
      const stale = posts.filter(([, { path, fresh: isFresh }]) => pattern.test(path) && isFresh !== true)
      expect(stale.map(([name, { path }]) => `${name} ${path}`)).toEqual([])
    })
  }

  it("are known for each of these, so that none is named for nothing", () => {
    const idle = required.filter(
      ([what, pattern]) => what !== "policies" && !fresh.some(([, { path }]) => pattern.test(path))
    )
    expect(idle).toEqual([])
    // Policies are edited by no route: they are code.
    expect(posts.filter(([, { path }]) => /polic/.test(path))).toEqual([])
    // Taking back what one permits is as easy as permitting it was.
    expect(routes.customerRevoke).not.toHaveProperty("fresh")
  })

  it("are refused five minutes after the last verification, for each route and role, and by no other words", async () => {
    const cookies = new Map<Role, string>()
    for (const role of new Set(fresh.flatMap(([, { callers }]) => callers as ReadonlyArray<Role>)))
      cookies.set(role, await app.signIn(role))
    const ask = async (name: string, route: Route, role: Role): Promise<string | undefined> => {
      const path = route.path.replaceAll(/:\w+/g, "no_such")
      const answer = await app.post(path, sampleBodies[name], cookies.get(role))
      return (JSON.parse(answer.body) as { error?: { code: string } }).error?.code
    }
    await app.wait(5)
    for (const [name, route] of fresh)
      for (const role of route.callers as ReadonlyArray<Role>)
        expect(await ask(name, route, role), `${name} as ${role}`).toBe("access.stepup")
    // The same people may do what needs no fresh verification.
    expect((await app.get("/api/session", cookies.get("admin"))).json().session).toMatchObject({ role: "admin" })
  })
})
