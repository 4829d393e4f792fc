import { createHash } from "node:crypto"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Records } from "#core/records/Records.ts"
import { Passkeys } from "#privacy/consent/grant/Passkeys.ts"
import { Log } from "#core/log/Log.ts"
import type { Role } from "#dashboard/api/Role.ts"
import { openHouse } from "./openHouse.ts"
import { softPasskey } from "./softPasskey.ts"
import type { Faults } from "./softPasskey.ts"

let house: Awaited<ReturnType<typeof openHouse>>
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

interface Answer {
  readonly status: number
  readonly cookie: string
  readonly body: { readonly [name: string]: never } & { error?: { code: string } }
}
const send = async (path: string, body?: object, cookie = ""): Promise<Answer> => {
  const answer = await fetch(`${house.base}${path}`, {
    method: "POST",
    headers: { origin: house.base, cookie, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  const set = answer.headers.get("set-cookie")?.split(";", 1)[0] ?? ""
  return { status: answer.status, cookie: set, body: (await answer.json()) as Answer["body"] }
}
const get = async (path: string, cookie: string): Promise<never> =>
  (await (await fetch(`${house.base}${path}`, { headers: { cookie } })).json()) as never
const challengeOf = (answer: Answer): string => (answer.body as unknown as { challenge: string }).challenge
const whoAt = async (cookie: string) =>
  ((await get("/api/session", cookie)) as { session: { role: Role; name: string } | null }).session

async function register(cookie: string, faults: Faults = {}, invitation?: string) {
  const passkey = softPasskey(house.base)
  const extra = invitation === undefined ? {} : { invitation }
  const begun = await send("/api/passkeys/register/begin", extra, cookie)
  const response = passkey.make(challengeOf(begun), faults)
  return {
    passkey,
    response,
    begun,
    answer: await send("/api/passkeys/register/finish", { ...extra, label: "mine", response }, cookie)
  }
}
type Passkey = Awaited<ReturnType<typeof register>>["passkey"]
async function signIn(passkey: Passkey, faults: Faults = {}, cookie = "") {
  const begun = await send("/api/passkeys/sign-in/begin", undefined, cookie)
  const response = passkey.sign(challengeOf(begun), faults)
  return { response, answer: await send("/api/passkeys/sign-in/finish", { response }, cookie) }
}
const later = (minutes: number, cookie: string) =>
  house.run(
    Effect.flatMap(Records, (records) =>
      // The clock is the machine's: the verification moves back instead.
      records.write((db) =>
        db.run("update session set verified_at = verified_at - $by where id_hash = $hash", {
          by: minutes * 60_000,
          hash: createHash("sha256")
            .update(cookie.slice(cookie.indexOf("=") + 1))
            .digest("hex")
        })
      )
    )
  )

describe("a passkey", () => {
  it("is registered by somebody signed in, and signs in without a name afterwards", async () => {
    const { passkey, answer } = await register(await house.signIn("steward"))
    expect(answer.status).toBe(200)
    const { answer: into } = await signIn(passkey)
    expect(into.status).toBe(200)
    expect(into.cookie).toMatch(/^__Host-assay=/)
    expect(await whoAt(into.cookie)).toMatchObject({ role: "steward", name: "demo-steward-1" })
    expect(await get("/api/passkeys", into.cookie)).toHaveLength(1)
  })

  it("is refused whatever is wrong with it, in the same words", async () => {
    const steward = await house.signIn("steward")
    for (const faults of [
      { origin: "http://evil.example" },
      { origin: "http://localhost:1" },
      { challenge: "AAAA" },
      { flags: 0x41 },
      { flags: 0x44 },
      { type: "webauthn.get" },
      { rpId: "evil.example" }
    ] satisfies ReadonlyArray<Faults>) {
      const { answer } = await register(steward, faults)
      expect([answer.status, answer.body.error?.code], JSON.stringify(faults)).toEqual([401, "session.passkey"])
    }
    const { passkey } = await register(steward)
    for (const faults of [
      { origin: "http://evil.example" },
      { challenge: "AAAA" },
      { flags: 0x01 },
      { flags: 0x04 },
      { spoil: true },
      { type: "webauthn.create" },
      { rpId: "127.0.0.1" }
    ] satisfies ReadonlyArray<Faults>) {
      const { answer } = await signIn(passkey, faults)
      expect([answer.status, answer.body.error?.code, answer.cookie], JSON.stringify(faults)).toEqual([
        401,
        "session.passkey",
        ""
      ])
    }
    expect((await signIn(passkey)).answer.status).toBe(200)
  })

  it("signs each challenge once, for what the challenge was made for", async () => {
    const steward = await house.signIn("steward")
    const { passkey, response } = await register(steward)
    const again = await send("/api/passkeys/register/finish", { label: "again", response }, steward)
    expect(again.body.error?.code).toBe("session.passkey")
    const { response: signed } = await signIn(passkey)
    expect((await send("/api/passkeys/sign-in/finish", { response: signed })).status).toBe(401)
    // A signature for signing in is none for a verification, and one for another's session neither.
    const begun = await send("/api/passkeys/sign-in/begin")
    const wrong = await send("/api/passkeys/verify/finish", { response: passkey.sign(challengeOf(begun)) }, steward)
    expect(wrong.body.error?.code).toBe("session.passkey")
    const buyer = await house.signIn("buyer")
    const other = await register(buyer)
    const asked = await send("/api/passkeys/verify/begin", undefined, steward)
    const lent = await send(
      "/api/passkeys/verify/finish",
      { response: other.passkey.sign(challengeOf(asked)) },
      steward
    )
    expect(lent.body.error?.code).toBe("session.passkey")
  })

  it("whose counter stands still or goes back is a copy", async () => {
    const { passkey } = await register(await house.signIn("executive"))
    expect((await signIn(passkey, { counter: 10 })).answer.status).toBe(200)
    for (const counter of [10, 9, 0])
      expect((await signIn(passkey, { counter })).answer.status, String(counter)).toBe(401)
    expect((await signIn(passkey, { counter: 11 })).answer.status).toBe(200)
  })

  it("that was removed signs nobody in; nobody removes another's", async () => {
    const auditor = await house.signIn("auditor")
    const { passkey } = await register(auditor)
    await send(`/api/passkeys/${passkey.id}/remove`, undefined, await house.signIn("buyer"))
    expect((await signIn(passkey)).answer.status).toBe(200)
    await send(`/api/passkeys/${passkey.id}/remove`, undefined, auditor)
    expect((await signIn(passkey)).answer.status).toBe(401)
  })

  it("takes no place of an identifier that the browser came with", async () => {
    const { passkey } = await register(await house.signIn("steward"))
    const planted = `__Host-assay=${"B".repeat(43)}`
    const { answer } = await signIn(passkey, {}, planted)
    expect(answer.cookie).not.toBe(planted)
    expect(await whoAt(planted)).toBeNull()
  })
})

describe("an invitation", () => {
  it("of a steward enrols one customer once, whose passkey then signs grants", async () => {
    const steward = await house.signIn("steward")
    const made = await send("/api/invitations", { name: "customer-7", subject: 7 }, steward)
    expect(made.status).toBe(200)
    const token = (made.body as unknown as { link: string }).link.split("#")[1]!
    const { passkey, answer } = await register("", {}, token)
    expect(answer.status).toBe(200)
    expect(await whoAt(answer.cookie)).toMatchObject({ role: "customer", name: "customer-7" })
    expect((await send("/api/passkeys/register/begin", { invitation: token })).status).toBe(401)

    const digest = createHash("sha256").update("a grant").digest("hex")
    const challenge = Buffer.from(digest, "hex").toString("base64url")
    const verify = (subj: number, of: string, faults: Faults = {}) => {
      const { id, response } = passkey.sign(challenge, faults)
      const { authenticatorData, clientDataJSON, signature } = response as Record<string, string>
      const assertion = {
        credential: id,
        authenticatorData: authenticatorData!,
        clientData: clientDataJSON!,
        signature: signature!
      }
      return house.run(Effect.flatMap(Passkeys, (port) => port.verify(subj, of, passkey.digest, assertion)))
    }
    expect(await verify(7, digest)).toBe(true)
    expect(await verify(8, digest)).toBe(false)
    expect(await verify(7, "0".repeat(64))).toBe(false)
    for (const faults of [{ flags: 0x01 }, { spoil: true }, { origin: "http://evil.example" }, { counter: 1 }])
      expect(await verify(7, digest, faults), JSON.stringify(faults)).toBe(false)
  })

  it("is for stewards to make for customers alone, and for admins for active accounts", async () => {
    const [steward, admin] = [await house.signIn("steward"), await house.signIn("admin")]
    expect((await send("/api/invitations", { name: "nobody-yet" }, steward)).status).toBe(404)
    expect((await send("/api/invitations", { name: "nobody-yet" }, admin)).status).toBe(404)
    await register(admin)
    // An account that is no customer is none for a steward to let others into.
    expect((await send("/api/invitations", { name: "demo-admin-1", subject: 3 }, steward)).status).toBe(404)
    expect((await send("/api/invitations", { name: "customer-7", subject: 8 }, steward)).status).toBe(404)
  })
})

describe("a step that needs a fresh verification", () => {
  it("is refused after five minutes, until the passkey confirms", async () => {
    const steward = await house.signIn("steward")
    const { passkey } = await register(steward)
    await later(5, steward)
    const invite = () => send("/api/invitations", { name: "customer-9", subject: 9 }, steward)
    expect((await invite()).body.error?.code).toBe("access.stepup")
    expect((await send("/api/passkeys/register/begin", {}, steward)).body.error?.code).toBe("access.stepup")
    const begun = await send("/api/passkeys/verify/begin", undefined, steward)
    const finish = { response: passkey.sign(challengeOf(begun)) }
    expect((await send("/api/passkeys/verify/finish", finish, steward)).status).toBe(200)
    expect((await invite()).status).toBe(200)
  })
})

describe("accounts and elevations", () => {
  it("take a second person, end by themselves, and stand in the log", async () => {
    const [first, second, auditor] = [
      await house.signIn("admin", "admin-a"),
      await house.signIn("admin", "admin-b"),
      await house.signIn("auditor")
    ]
    expect((await send("/api/principals", { name: "new-steward", roles: ["steward"] }, first)).status).toBe(200)
    expect((await send("/api/principals", { name: "new-steward", roles: ["admin"] }, second)).status).toBe(409)
    expect((await send("/api/principals/new-steward/approve", undefined, first)).body.error?.code).toBe("access.second")
    expect((await send("/api/invitations", { name: "new-steward" }, first)).status).toBe(404)
    expect((await send("/api/principals/new-steward/approve", undefined, second)).status).toBe(200)
    const link = (await send("/api/invitations", { name: "new-steward" }, first)).body as unknown as { link: string }
    const { passkey, answer } = await register("", {}, link.link.split("#")[1])
    expect(await whoAt(answer.cookie)).toMatchObject({ role: "steward", name: "new-steward" })

    const want = { role: "auditor", reason: "looking into a complaint", hours: 8 }
    expect((await send("/api/elevations", { ...want, hours: 9 }, answer.cookie)).status).toBe(400)
    const { id } = (await send("/api/elevations", want, answer.cookie)).body as unknown as { id: string }
    expect((await send(`/api/elevations/${id}/use`, undefined, answer.cookie)).status).toBe(409)
    expect((await send(`/api/elevations/${id}/approve`, undefined, answer.cookie)).status).toBe(403)
    expect((await send(`/api/elevations/${id}/approve`, undefined, first)).status).toBe(200)
    expect((await send(`/api/elevations/${id}/use`, undefined, auditor)).status).toBe(404)
    const used = await send(`/api/elevations/${id}/use`, undefined, answer.cookie)
    expect(await whoAt(answer.cookie)).toBeNull()
    expect(await whoAt(used.cookie)).toMatchObject({ role: "auditor", name: "new-steward" })
    await house.run(
      Effect.flatMap(Records, (records) =>
        records.write((db) => db.run("update session set ends_at = 1 where elevation is not null"))
      )
    )
    expect(await whoAt(used.cookie)).toBeNull()

    const entries = await house.run(Effect.flatMap(Log, (log) => Effect.flatMap(log.drain, () => log.entries(0, 1000))))
    const kinds = entries.map(
      (bytes) => JSON.parse(Buffer.from(bytes).toString()) as { type: string; operation: string }
    )
    const granted = kinds.filter(({ type }) => type === "access-grant").map(({ operation }) => operation.split(":")[0])
    expect(granted).toEqual(expect.arrayContaining(["customer", "principal", "elevated"]))
    expect(JSON.stringify(kinds)).not.toContain("new-steward")

    expect((await send("/api/principals/new-steward/remove", undefined, second)).status).toBe(200)
    expect((await signIn(passkey)).answer.status).toBe(401)
  })

  it("leave decisions for auditors to read, with the policies that made them", async () => {
    const auditor = await house.signIn("auditor")
    await fetch(`${house.base}/api/value`, { headers: { cookie: await house.signIn("buyer", "curious") } })
    const read = async () => (await get("/api/access/decisions", auditor)) as ReadonlyArray<Record<string, unknown>>
    await expect.poll(async () => (await read()).some(({ name }) => name === "curious"), { timeout: 5000 }).toBe(true)
    const told = (await read()).find(({ name, allowed }) => name === "curious" && allowed === false)
    expect(told).toMatchObject({ role: "buyer", resource: "GET /api/value", because: "none", times: 1 })
    const policies = (await get("/api/access/policies", auditor)) as ReadonlyArray<{ digest: string; policies: object }>
    expect(policies.map(({ digest }) => digest)).toEqual([told!["policies"]])
    expect(Object.keys(policies[0]!.policies)).toContain("step-up")
  })

  it("show each caller their own sessions, to end them one by one", async () => {
    const [here, there, other] = [
      await house.signIn("buyer", "two-places"),
      await house.signIn("buyer", "two-places"),
      await house.signIn("buyer", "elsewhere")
    ]
    const sessions = (await get("/api/sessions", here)) as ReadonlyArray<{ id: string; current: boolean }>
    expect(sessions.map(({ current }) => current).toSorted()).toEqual([false, true])
    const id = sessions.find(({ current }) => !current)!.id
    await send(`/api/sessions/${id}/end`, undefined, other)
    expect(await whoAt(there)).not.toBeNull()
    await send(`/api/sessions/${id}/end`, undefined, here)
    expect(await whoAt(there)).toBeNull()
    expect(await whoAt(here)).not.toBeNull()
  })
})
