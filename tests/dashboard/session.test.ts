import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Records } from "#core/records/Records.ts"
import { sessionCookie } from "#dashboard/server/http/sessionCookie.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { Sessions } from "#dashboard/server/Sessions.ts"
import { openTestServer } from "./openTestServer.ts"

let app: Awaited<ReturnType<typeof openTestServer>>
beforeAll(async () => {
  app = await openTestServer()
})
afterAll(() => app.close())

const whoAt = async (cookie?: string) => (await app.get("/api/session", cookie)).json().session

describe("one-time sign-in links", () => {
  it("open a session once and never again", async () => {
    const token = await app.token("buyer")
    const first = await app.post("/api/sign-in", { token })
    expect(first.statusCode).toBe(200)
    expect(first.json().session).toMatchObject({ role: "buyer", name: "demo-buyer-1" })
    const second = await app.post("/api/sign-in", { token })
    expect(second.statusCode).toBe(401)
    expect(second.json().error.code).toBe("session.link")
    expect(second.headers["set-cookie"]).toBeUndefined()
  })

  it("expire after ten minutes", async () => {
    const inTime = await app.token("steward")
    const late = await app.token("steward")
    await app.wait(9.9)
    expect((await app.post("/api/sign-in", { token: inTime })).statusCode).toBe(200)
    await app.wait(0.1)
    expect((await app.post("/api/sign-in", { token: late })).statusCode).toBe(401)
  })

  it("are not used up by looking at the page they point to", async () => {
    const token = await app.token("executive")
    expect((await app.get("/sign-in")).statusCode).toBe(200)
    expect((await app.get("/api/sign-in")).statusCode).toBe(405)
    expect((await app.post("/api/sign-in", { token })).statusCode).toBe(200)
  })

  it("are used up by one of two who come at the same time", async () => {
    const token = await app.token("buyer")
    const both = await Promise.all([app.post("/api/sign-in", { token }), app.post("/api/sign-in", { token })])
    expect(both.map((answer) => answer.statusCode).sort()).toEqual([200, 401])
  })

  it("are refused when malformed, without repeating what was sent", async () => {
    for (const token of ["", "x", "../../etc/passwd", `${"a".repeat(42)}\n`, 7, null, { $ne: 1 }]) {
      const answer = await app.post("/api/sign-in", { token })
      expect(answer.statusCode).toBe(400)
      expect(answer.body).not.toContain("passwd")
    }
    expect((await app.post("/api/sign-in", { token: "a".repeat(43), extra: 1 })).statusCode).toBe(400)
  })
})

describe("the link of a customer", () => {
  it("opens a session that names the subject, and keeps it over requests", async () => {
    const link = await app.runtime.runPromise(mintLink("customer", 7425, "customer-41", 41))
    const cookie = app.cookieOf(await app.post("/api/sign-in", { token: new URL(link).hash.slice(1) }))
    const id = sessionCookie.read(cookie)!
    const open = await app.runtime.runPromise(Sessions.use((sessions) => sessions.find(id)))
    expect(open).toMatchObject({ role: "customer", name: "customer-41", subject: 41 })
  })

  it("names no subject for anybody else", async () => {
    const id = sessionCookie.read(await app.signIn("steward"))!
    const open = await app.runtime.runPromise(Sessions.use((sessions) => sessions.find(id)))
    expect(open).not.toHaveProperty("subject")
  })
})

describe("sessions", () => {
  it("come in a cookie that only this host and only HTTP can read", async () => {
    const answer = await app.post("/api/sign-in", { token: await app.token("buyer") })
    expect(String(answer.headers["set-cookie"])).toMatch(
      /^__Host-assay=[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/
    )
  })

  it("keep hashes only: the records hold neither the identifier nor the token", async () => {
    const token = await app.token("buyer")
    const cookie = await app.signIn("buyer")
    const rows = await app.runtime.runPromise(
      Records.use((records) =>
        records.read((db) => JSON.stringify([db.all("select * from session"), db.all("select * from sign_in_link")]))
      )
    )
    expect(rows).toMatch(/[0-9a-f]{64}/)
    expect(rows).not.toContain(token)
    expect(rows).not.toContain(cookie.split("=")[1])
  })

  it("never take over an identifier that the browser came with", async () => {
    const planted = `__Host-assay=${"A".repeat(43)}`
    const answer = await app.post("/api/sign-in", { token: await app.token("buyer") }, planted)
    expect(app.cookieOf(answer)).not.toBe(planted)
    expect(await whoAt(planted)).toBeNull()
    expect(await whoAt(app.cookieOf(answer))).toMatchObject({ role: "buyer" })
  })

  it("end when the same browser signs in again", async () => {
    const old = await app.signIn("buyer")
    const fresh = app.cookieOf(await app.post("/api/sign-in", { token: await app.token("steward") }, old))
    expect(await whoAt(old)).toBeNull()
    expect(await whoAt(fresh)).toMatchObject({ role: "steward" })
  })

  it("are of no use after sign-out", async () => {
    const cookie = await app.signIn("buyer")
    expect((await app.get("/api/products", cookie)).statusCode).toBe(200)
    const out = await app.post("/api/sign-out", undefined, cookie)
    expect(String(out.headers["set-cookie"])).toContain("Max-Age=0")
    expect((await app.get("/api/products", cookie)).statusCode).toBe(401)
    expect(await whoAt(cookie)).toBeNull()
  })

  it("end after 15 idle minutes, and not before", async () => {
    const cookie = await app.signIn("buyer")
    await app.wait(14)
    expect(await whoAt(cookie)).not.toBeNull()
    await app.wait(14)
    expect(await whoAt(cookie)).not.toBeNull()
    await app.wait(15)
    expect(await whoAt(cookie)).toBeNull()
  })

  it("end after 12 hours however busy", async () => {
    const cookie = await app.signIn("buyer")
    for (let i = 0; i < 71; i++) {
      await app.wait(10)
      expect(await whoAt(cookie)).not.toBeNull()
    }
    await app.wait(10)
    expect(await whoAt(cookie)).toBeNull()
  })

  it("are not found by two cookies of the name or by a malformed one", async () => {
    const cookie = await app.signIn("buyer")
    expect(await whoAt(`${cookie}; ${cookie}`)).toBeNull()
    expect(await whoAt(`${cookie}x`)).toBeNull()
    expect(await whoAt(`other=1; ${cookie}`)).not.toBeNull()
    expect(await whoAt("__Host-assay=%00; =; ;;")).toBeNull()
  })
})
