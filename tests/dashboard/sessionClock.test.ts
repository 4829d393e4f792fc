import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openTestServer } from "./openTestServer.ts"

let app: Awaited<ReturnType<typeof openTestServer>>
beforeAll(async () => {
  app = await openTestServer()
  await app.wait(60 * 48)
})
afterAll(() => app.close())

const day = 24 * 60
const signedIn = async (): Promise<string> =>
  app.cookieOf(await app.post("/api/sign-in", { token: await app.token("buyer") }))
const whoAt = async (cookie: string) => (await app.get("/api/session", cookie)).json().session

describe("a clock that jumps", () => {
  it("opens no session again that was seen to have ended", async () => {
    for (const minutes of [16, day]) {
      const cookie = await signedIn()
      expect(await whoAt(cookie)).not.toBeNull()
      await app.wait(minutes)
      expect(await whoAt(cookie)).toBeNull()
      await app.wait(-minutes)
      expect(await whoAt(cookie)).toBeNull()
    }
  })

  it("makes no session last: before it was last seen it is of no use, and that ends it", async () => {
    const cookie = await signedIn()
    await app.wait(-0.5)
    expect(await whoAt(cookie)).not.toBeNull()
    await app.wait(-day)
    expect(await whoAt(cookie)).toBeNull()
    await app.wait(day + 0.5)
    expect(await whoAt(cookie)).toBeNull()
  })

  it("makes no sign-in link last", async () => {
    const token = await app.token("steward")
    await app.wait(-day)
    expect((await app.post("/api/sign-in", { token })).statusCode).toBe(401)
    const other = await app.token("steward")
    await app.wait(11)
    expect((await app.post("/api/sign-in", { token: other })).statusCode).toBe(401)
    await app.wait(-11)
    expect((await app.post("/api/sign-in", { token: other })).statusCode).toBe(401)
  })
})
