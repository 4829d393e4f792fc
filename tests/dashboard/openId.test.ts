import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { OpenId } from "#dashboard/server/openid/OpenId.ts"
import type { Provider } from "#dashboard/server/openid/Provider.ts"
import { openHouse } from "./openHouse.ts"
import { softIssuer } from "./softIssuer.ts"
import type { IssuerFaults } from "./softIssuer.ts"

let house: Awaited<ReturnType<typeof openHouse>>
let issuer: Awaited<ReturnType<typeof softIssuer>>
beforeAll(async () => {
  issuer = await softIssuer()
  house = await openHouse()
  const [one, two] = [await house.signIn("admin", "admin-one"), await house.signIn("admin", "admin-two")]
  for (const [name, roles] of [
    ["anna", ["steward"]],
    ["boris", ["buyer", "executive"]],
    ["later", ["steward"]]
  ] as const) {
    await post("/api/principals", { name, roles }, one)
    if (name !== "later") await post(`/api/principals/${name}/approve`, undefined, two)
  }
})
afterAll(async () => {
  await house.close()
  await issuer.close()
})
beforeEach(async () => {
  issuer.state.faults = {}
  issuer.state.person = { sub: "person-1", preferred_username: "anna" }
  await set()
})

const set = (change: Partial<Provider> = {}, secret?: string) => {
  const provider = { issuer: issuer.issuer, client: "assay", claim: "preferred_username", domain: null, label: "Acme" }
  return house.run(OpenId.use((it) => it.set({ ...provider, setBy: "root", ...change } as Provider, secret)))
}

interface Answer {
  readonly status: number
  readonly cookie: string
  readonly body: { readonly [name: string]: never } & { error?: { code: string; message: string } }
}
const post = async (path: string, body?: object, cookie = ""): Promise<Answer> => {
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

interface Begun {
  readonly ticket: string
  readonly state: string
}
const begin = async (): Promise<Begun> => {
  const { body } = await post("/api/openid/begin")
  return { ticket: body["ticket"]!, state: issuer.visit(body["address"]!) }
}
const signIn = async (change: object = {}): Promise<Answer> =>
  post("/api/openid/finish", { ...(await begin()), code: "good", ...change })
const codeOf = ({ status, body }: Answer): string => `${status} ${body.error?.code}`

describe("a company's own sign-in", () => {
  it("opens a session for an account of this house, with its role, and asks for a passkey where a step matters", async () => {
    expect(await get("/api/openid", "")).toEqual({ label: "Acme" })
    const { status, cookie, body } = await signIn()
    expect([status, body["session"]]).toMatchObject([200, { role: "steward", name: "anna" }])
    expect(await get("/api/sessions", cookie)).toMatchObject([{ method: "openid", verifiedAt: null, current: true }])
    expect(codeOf(await post("/api/steward/subjects/invite", { subject: "c1" }, cookie))).toBe("403 access.stepup")
    expect(codeOf(await post("/api/passkeys/register/begin", {}, cookie))).toBe("403 access.stepup")
  })

  it("gives an account of several roles the one that it asks for, and none that it has not", async () => {
    issuer.state.person = { sub: "person-2", preferred_username: "boris" }
    expect((await signIn({ role: "executive" })).body["session"]).toMatchObject({ role: "executive" })
    expect(codeOf(await signIn({ role: "admin" }))).toBe("401 session.account")
  })

  it("names accounts by verified addresses of one domain, where it is set so", async () => {
    await set({ claim: "email", domain: "acme.example" })
    const come = async (claims: object): Promise<string> => {
      issuer.state.person = { sub: "person-1", ...claims }
      return codeOf(await signIn())
    }
    expect(await come({ email: "Anna@Acme.example", email_verified: true })).toBe("200 undefined")
    expect(await come({ email: "anna@acme.example", email_verified: false })).toBe("403 openid.account")
    expect(await come({ email: "anna@acme.example", email_verified: "true" })).toBe("403 openid.account")
    expect(await come({ email: "anna@evil.example", email_verified: true })).toBe("403 openid.account")
    expect(await come({ email: "anna@evil.example@acme.example", email_verified: true })).toBe("403 openid.account")
    expect(await come({ preferred_username: "anna" })).toBe("403 openid.account")
  })

  it("opens nothing for who has no account here, whose account waits, or who comes as somebody else's name", async () => {
    await signIn()
    for (const name of ["nobody", "later", "", "anna' or 1=1", undefined]) {
      issuer.state.person = { sub: "person-9", ...(name === undefined ? {} : { preferred_username: name }) }
      expect(codeOf(await signIn()), String(name)).toBe("403 openid.account")
    }
    // The company gave the name to another person.
    issuer.state.person = { sub: "person-10", preferred_username: "anna" }
    expect(codeOf(await signIn())).toBe("403 openid.account")
  })

  it("never signs a customer in: no directory knows which subject they are", async () => {
    await house.run(
      Records.use((records) =>
        records.write((db) =>
          db.run(`insert or replace into principal values ('cust', '["customer"]', 1, 'active', 'x', null, 0, null)`)
        )
      )
    )
    issuer.state.person = { sub: "person-3", preferred_username: "cust" }
    expect(codeOf(await signIn())).toBe("403 openid.account")
  })

  it("holds once, in the browser that began it, for ten minutes", async () => {
    const one = await begin()
    const first = await post("/api/openid/finish", { ...one, code: "good" })
    expect(first.status).toBe(200)
    expect(codeOf(await post("/api/openid/finish", { ...one, code: "good" }))).toBe("403 openid.flow")

    const mine = await begin()
    const theirs = await begin()
    // A stranger's code, brought into this browser, would sign it in as the stranger.
    expect(codeOf(await post("/api/openid/finish", { ticket: mine.ticket, state: theirs.state, code: "good" }))).toBe(
      "403 openid.flow"
    )
    expect(codeOf(await post("/api/openid/finish", { ...theirs, code: "good" }))).toBe("403 openid.flow")

    const old = await begin()
    await house.run(
      Records.use((records) => records.write((db) => db.run("update openid_flow set expires_at = expires_at - 600000")))
    )
    expect(codeOf(await post("/api/openid/finish", { ...old, code: "good" }))).toBe("403 openid.flow")
  })

  it.each<[string, IssuerFaults]>([
    ["another nonce", { claims: { nonce: "other" } }],
    ["no nonce", { claims: { nonce: undefined } }],
    ["another audience", { claims: { aud: "somebody-else" } }],
    ["another issuer", { claims: { iss: "https://evil.example" } }],
    ["a token that has run out", { claims: { exp: 1_000_000_000 } }],
    ["no subject", { claims: { sub: undefined } }],
    ["a key that it does not publish", { foreignKey: true }],
    ["a refusal", { status: 400 }]
  ])("believes no answer with %s", async (_what, faults) => {
    issuer.state.faults = faults
    const answer = await signIn()
    expect(codeOf(answer)).toBe("403 openid.refused")
    expect(answer.cookie).toBe("")
    expect(answer.body.error!.message).not.toMatch(/nonce|aud|iss\b|exp\b|sub\b/)
  })

  it("believes no wrong code, no code of another issuer, and no state that is none", async () => {
    expect(codeOf(await signIn({ code: "bad" }))).toBe("403 openid.refused")
    expect(codeOf(await signIn({ iss: "https://evil.example" }))).toBe("403 openid.refused")
    expect(codeOf(await signIn({ state: "x".repeat(43) }))).toBe("403 openid.flow")
    for (const change of [{ code: "a b" }, { state: "short" }, { ticket: "" }, { iss: "javascript:alert(1)" }])
      expect((await signIn(change)).status, JSON.stringify(change)).toBe(400)
  })

  it("says that the company's service is away, and works again once it is back", async () => {
    issuer.state.faults = { status: 503 }
    expect(codeOf(await signIn())).toBe("503 openid.away")
    issuer.state.faults = {}
    expect((await signIn()).status).toBe(200)
    await set({ issuer: "http://127.0.0.1:9" })
    expect(codeOf(await post("/api/openid/begin"))).toBe("503 openid.away")
    // Its documents name another issuer: a mix-up, or an attack.
    issuer.state.faults = { calls: "https://evil.example" }
    await set()
    expect(codeOf(await post("/api/openid/begin"))).toBe("403 openid.refused")
  })

  it("ends with the provider: its sessions, the sign-ins under way, and the secret", async () => {
    const { path } = await house.run(Home)
    const file = join(path, "keys", "openid.secret")
    await set({}, "a secret of the client")
    expect(readFileSync(file, "utf8")).toBe("a secret of the client")
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const { cookie } = await signIn()
    const under = await begin()
    await house.run(OpenId.use((it) => it.remove("root")))
    expect(await get("/api/session", cookie)).toEqual({ session: null })
    expect(codeOf(await post("/api/openid/finish", { ...under, code: "good" }))).toBe("403 openid.none")
    expect(codeOf(await post("/api/openid/begin"))).toBe("403 openid.none")
    expect(await get("/api/openid", "")).toEqual({ label: null })
    expect(() => readFileSync(file)).toThrow()
  })

  it("keeps neither state nor ticket nor subject in the clear, and no more than a thousand beginnings", async () => {
    const { state, ticket } = await begin()
    await post("/api/openid/finish", { ...(await begin()), code: "good" })
    await house.run(
      Records.use((records) =>
        records.write((db) =>
          db.run(
            `insert into openid_flow select 'h' || value, 't', 'v', 'n', 9e15 from
               (with recursive n(value) as (select 1 union all select value + 1 from n where value < 1500) select value from n)`
          )
        )
      )
    )
    await begin()
    const [flows, subjects] = await house.run(
      Records.use((records) =>
        records.read((db) => [db.all("select * from openid_flow"), db.all("select * from openid_subject")])
      )
    )
    expect(flows).toHaveLength(1000)
    const text = JSON.stringify([flows, subjects])
    for (const hidden of [state, ticket, "person-1"]) expect(text).not.toContain(hidden)
  })
})

it("signing out at the house leaves the account of an ended person closed", async () => {
  expect((await post("/api/principals/anna/remove", undefined, await house.signIn("admin"))).status).toBe(200)
  expect(codeOf(await signIn())).toBe("403 openid.account")
  const left = await house.run(
    Records.use((records) => records.read((db) => db.all("select 1 from openid_subject where name = 'anna'")))
  )
  expect(left).toEqual([])
})
