import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { Effect } from "effect"
import { parquetReadObjects } from "hyparquet"
import { compressors } from "hyparquet-compressors"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Home } from "#core/home/Home.ts"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Shares } from "#catalog/sharing/Shares.ts"
import { Usage } from "#catalog/usage/Usage.ts"
import { openHouse } from "./openHouse.ts"

/** What the npm package of the protocol's authors offers, as far as it is used here; it has no types of its own. */
interface ForeignClient {
  readonly SharingClient: new (profile: unknown) => {
    listSharesAsync(): Promise<ReadonlyArray<object>>
    listAllTablesAsync(): Promise<ReadonlyArray<object>>
  }
  readonly DeltaSharingProfile: { fromJson(json: string): unknown }
  readonly DataSharingRestClient: new (profile: unknown) => unknown
  readonly DeltaSharingReader: new (
    table: unknown,
    client: unknown
  ) => { createDataArray(): Promise<ReadonlyArray<Record<string, unknown>>> }
}
const foreign = createRequire(import.meta.url)("delta-sharing") as ForeignClient

let house: Awaited<ReturnType<typeof openHouse>>
let order: string
const run: typeof house.run = (effect) => house.run(effect)

const profileOf = async (days = 30) => {
  const { id, token, expiresAt } = await run(Shares.use((shares) => shares.open(order, days)))
  const endpoint = `${house.base}/delta-sharing`
  return { id, profile: { shareCredentialsVersion: 1, endpoint, bearerToken: token, expirationTime: expiresAt } }
}
const get = (path: string, token: string, more: RequestInit = {}) =>
  fetch(`${house.base}/delta-sharing${path}`, {
    ...more,
    headers: { authorization: `Bearer ${token}`, ...more.headers }
  })
const rowsOf = async (bytes: Buffer) =>
  parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
    compressors
  })
const table = "/shares/orders_by_state/schemas/releases/tables/orders_by_state"
/** The lines of an answer, each by its only member. */
const linesOf = async (answer: Response) =>
  (await answer.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, Record<string, never>>)

beforeAll(async () => {
  house = await openHouse()
  order = await run(
    Effect.gen(function* () {
      const quote = yield* (yield* Quotes).create("orders_by_state")
      const placed = yield* (yield* Orders).place({ quote: quote.id, buyer: "Acme", key: "k" })
      yield* (yield* Orders).pay(placed.id, "p")
      return placed.id
    })
  )
})
afterAll(() => house.close())

describe("Delta Sharing", () => {
  it("is read by the protocol authors' own client, row by row what was sold", async () => {
    const { profile } = await profileOf()
    const client = new foreign.SharingClient(foreign.DeltaSharingProfile.fromJson(JSON.stringify(profile)))
    expect(await client.listSharesAsync()).toMatchObject([{ shareName: "orders_by_state" }])
    const [shared, ...others] = await client.listAllTablesAsync()
    expect(others).toEqual([])
    expect(Object.values(shared!).sort()).toEqual(["orders_by_state", "orders_by_state", "releases"])
    const rest = new foreign.DataSharingRestClient(foreign.DeltaSharingProfile.fromJson(JSON.stringify(profile)))
    const rows = await new foreign.DeltaSharingReader(shared, rest).createDataArray()
    const shelf = join((await run(Home)).shelf, `${house.artefact}.parquet`)
    const sold = await rowsOf(readFileSync(shelf))
    expect(rows).toHaveLength(250)
    for (const [i, row] of rows.entries()) {
      const own = sold[i]!
      // That client leaves nulls out and has its own notion of a day; the figures are what counts.
      expect(row["state"]).toBe(own["state"])
      expect(Number(row["orders"])).toBe(Number(own["orders"]))
      expect(row["mean"]).toBe(own["mean"])
      expect(row["known"] ?? null).toBe(own["known"])
    }
  })

  it("gives the files to any reader by range, and their rows equal the version's", async () => {
    const { profile } = await profileOf()
    const answer = await get(`${table}/query`, profile.bearerToken, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ predicateHints: ["nonsense ((("], limitHint: 3, params: { unknown: 1 }, version: 0 })
    })
    expect(answer.headers.get("delta-table-version")).toBe("1")
    expect(answer.headers.get("content-type")).toContain("application/x-ndjson")
    const [protocol, meta, file, ...rest] = await linesOf(answer)
    expect(protocol).toEqual({ protocol: { minReaderVersion: 1 } })
    expect(rest).toEqual([])
    const { url, size, id } = file!["file"] as unknown as { url: string; size: number; id: string }
    const schema = JSON.parse(meta!["metaData"]!["schemaString"]!) as { fields: Array<{ name: string; type: string }> }
    expect(schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      "state string",
      "orders long",
      "spend double",
      "mean double",
      "day date",
      "known boolean",
      "small short"
    ])
    const whole = Buffer.from(await (await fetch(url)).arrayBuffer())
    expect(whole).toHaveLength(size)
    expect(createHash("sha256").update(whole).digest("hex")).toBe(id)
    const shelf = readFileSync(join((await run(Home)).shelf, `${house.artefact}.parquet`))
    const plain = (rows: ReadonlyArray<Record<string, unknown>>) =>
      rows.map((row) => Object.values(row).map((value) => (typeof value === "bigint" ? Number(value) : value)))
    const [ours, sold] = [plain(await rowsOf(whole)), plain(await rowsOf(shelf))]
    expect(ours).toEqual(sold)

    const part = await fetch(url, { headers: { range: "bytes=-8" } })
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes ${size - 8}-${size - 1}/${size}`])
    expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(-8))).toBe(true)
    const resumed = await fetch(url, { headers: { range: "bytes=100-", "if-range": `"${id}"` } })
    expect(Buffer.from(await resumed.arrayBuffer()).equals(whole.subarray(100))).toBe(true)
    expect((await fetch(url, { headers: { range: `bytes=${size}-` } })).status).toBe(416)
    expect((await fetch(url, { method: "HEAD" })).headers.get("content-length")).toBe(String(size))
  })

  it("answers in the protocol's forms: versions, pages, names without case, and errors", async () => {
    const { bearerToken: token } = (await profileOf()).profile
    const head = await get(
      table.toUpperCase().replace("/SHARES", "/shares").replace("/SCHEMAS", "/schemas").replace("/TABLES", "/tables"),
      token,
      { method: "HEAD" }
    )
    expect([head.status, head.headers.get("delta-table-version")]).toEqual([200, "1"])
    expect((await get(`${table}/version`, token)).headers.get("delta-table-version")).toBe("1")
    expect((await get(`${table}/version?startingTimestamp=2999-01-01T00:00:00Z`, token)).status).toBe(400)
    expect(await (await get("/shares?maxResults=0", token)).json()).toEqual({ items: [], nextPageToken: "0" })
    expect(await (await get("/shares?maxResults=5&pageToken=0", token)).json()).toEqual({
      items: [{ name: "orders_by_state", id: "orders_by_state" }]
    })
    const unknown = await get("/shares/other/schemas", token)
    expect([unknown.status, ((await unknown.json()) as { errorCode: string }).errorCode]).toEqual([
      404,
      "RESOURCE_DOES_NOT_EXIST"
    ])
    expect((await get(`${table}/changes?startingVersion=0`, token)).status).toBe(400)
    const broken = await get(`${table}/query`, token, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{"
    })
    expect(broken.status).toBe(400)
  })

  it("opens to no wrong, expired or revoked credential, nor to an address that was changed", async () => {
    const { id, profile } = await profileOf()
    for (const token of ["", "wrong", `${profile.bearerToken}x`]) expect((await get("/shares", token)).status).toBe(401)
    expect((await fetch(`${house.base}/delta-sharing/shares`)).status).toBe(401)
    const lines = await linesOf(await get(`${table}/query`, profile.bearerToken, { method: "POST" }))
    const { url } = lines[2]!["file"] as unknown as { url: string }
    expect((await fetch(url)).status).toBe(200)
    const ticket = url.slice(url.lastIndexOf("/") + 1)
    const [recipient, sha256, expires, mac] = ticket.split(".")
    for (const forged of [
      [recipient, "0".repeat(64), expires, mac],
      [recipient, sha256, String(Number(expires) + 1), mac],
      ["rcp_other", sha256, expires, mac],
      [recipient, sha256, expires, ""],
      ["..", "..", "..", ".."]
    ])
      expect((await fetch(url.replace(ticket, forged.join(".")))).status).toBe(403)
    await run(Shares.use((shares) => shares.revoke(id)))
    expect((await get("/shares", profile.bearerToken)).status).toBe(401)
    expect((await fetch(url)).status).toBe(401)
  })

  it("meters queries and bytes, which are part of the price, and ends with a refund", async () => {
    const totals = await run(Usage.use((usage) => usage.totals("Acme")))
    expect(totals.map(({ meter }) => meter).sort()).toEqual(["share.bytes", "share.query"])
    expect(totals.every(({ quantity }) => quantity > 0)).toBe(true)
    const { profile } = await profileOf()
    await run(Invoices.use((invoices) => invoices.refund(order, "r", "test")))
    expect((await get("/shares", profile.bearerToken)).status).toBe(403)
  })
})
