import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Layer, ManagedRuntime } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"
import type { Role } from "#dashboard/api/Role.ts"
import { lineageRoutes } from "#dashboard/server/lineage/lineageRoutes.ts"
import { makeServer } from "#dashboard/server/makeServer.ts"
import { dashboardMigrations } from "#dashboard/server/migrations.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { Sessions } from "#dashboard/server/Sessions.ts"
import { decodeLineageEvent } from "#pipelines/lineage/decodeLineageEvent.ts"
import { lineageMigrations } from "#pipelines/lineage/migrations.ts"
import { openLineageProblems } from "../pipelines/lineage/openLineageProblems.ts"
import { memoryViews } from "./memory/memoryViews.ts"

const records = Records.memory([...logMigrations, ...dashboardMigrations, ...lineageMigrations])
const runtime = ManagedRuntime.make(Layer.mergeAll(memoryViews, Sessions.layer.pipe(Layer.provideMerge(records))))
const web = mkdtempSync(join(tmpdir(), "assay-lineage-"))
mkdirSync(join(web, "static"))
writeFileSync(join(web, "index.html"), "<!doctype html><title>Assay</title>")
const server = makeServer({ runtime, port: 7425, web, mount: (one) => lineageRoutes(one, runtime) })

const cookies: Partial<Record<Role, string>> = {}
beforeAll(async () => {
  await server.ready()
  for (const role of ["steward", "buyer"] as const) {
    const token = new URL(await runtime.runPromise(mintLink(role, 7425))).hash.slice(1)
    const answer = await server.inject({
      method: "POST",
      url: "/api/sign-in",
      payload: { token },
      headers: { host: "localhost:7425", origin: "http://localhost:7425" }
    })
    cookies[role] = String(answer.headers["set-cookie"]).split(";")[0]!
  }
})
afterAll(async () => {
  await server.close()
  await runtime.dispose()
  rmSync(web, { recursive: true })
})

const post = (body: string, role: "steward" | "buyer" | "nobody" = "steward") =>
  server.inject({
    method: "POST",
    url: "/api/v1/lineage",
    payload: body,
    headers: {
      host: "localhost:7425",
      origin: "http://localhost:7425",
      "content-type": "application/json",
      ...(role === "nobody" ? {} : { cookie: cookies[role]! })
    }
  })
const get = (query: string, role: "steward" | "buyer" | "nobody" = "steward") =>
  server.inject({
    method: "GET",
    url: `/api/v1/lineage${query}`,
    headers: { host: "localhost:7425", ...(role === "nobody" ? {} : { cookie: cookies[role]! }) }
  })

const facet = {
  _producer: "https://example.org/x",
  _schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunFacet"
}
const event = (job: string) => ({
  eventType: "COMPLETE",
  eventTime: "2026-11-22T10:00:00.123456789+08:00",
  producer: "https://example.org/airflow",
  schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
  run: { runId: "0189C3F2-1111-7222-8333-444455556666", facets: { weather: { ...facet, degrees: 21 } } },
  job: { namespace: "ours", name: job },
  inputs: [{ namespace: "pg://a", name: "b.c" }],
  outputs: []
})

describe("/api/v1/lineage", () => {
  it("takes an event once, however often and in whatever order of its members it comes, and gives it out as it was", async () => {
    const sent = event("load")
    expect((await post(JSON.stringify(sent))).statusCode).toBe(201)
    const turned = JSON.stringify(Object.fromEntries(Object.entries(sent).toReversed()), undefined, 2)
    const again = await post(turned)
    expect([again.statusCode, again.json()]).toEqual([200, { kept: 0 }])
    const { events, next } = (await get("?job=load")).json() as { events: ReadonlyArray<unknown>; next: unknown }
    expect(events).toEqual([sent])
    expect(next).toBe(null)
    expect((await get(`?run=${sent.run.runId.toLowerCase()}`)).json().events).toHaveLength(1)
    expect((await get("?job=other")).json().events).toEqual([])
  })

  it("gives many out page by page", async () => {
    for (let i = 0; i < 5; i++) await post(JSON.stringify({ ...event("many"), eventTime: `2026-11-22T10:00:0${i}Z` }))
    const first = (await get("?job=many&limit=3")).json() as { events: ReadonlyArray<object>; next: number }
    const rest = (await get(`?job=many&limit=3&after=${first.next}`)).json() as typeof first
    expect([first.events.length, rest.events.length]).toEqual([3, 2])
  })

  it("admits stewards only", async () => {
    for (const [role, status] of [
      ["buyer", 403],
      ["nobody", 401]
    ] as const) {
      expect((await post(JSON.stringify(event("no")), role)).statusCode).toBe(status)
      expect((await get("", role)).statusCode).toBe(status)
    }
  })

  it("refuses what is no event, what is too large and what is asked for in another way, without repeating it", async () => {
    const wrong = await post(JSON.stringify({ ...event("x"), run: { runId: "secret-7" } }))
    expect(wrong.statusCode).toBe(400)
    expect(wrong.body).toContain("2-0-2")
    expect(wrong.body).not.toContain("secret-7")
    expect((await post("{")).statusCode).toBe(400)
    expect((await post(JSON.stringify({ ...event("x"), pad: "x".repeat(1_100_000) }))).statusCode).toBe(413)
    for (const query of ["?limit=-1", "?after=x", "?colour=red"]) expect((await get(query)).statusCode).toBe(400)
  })
})

describe("decodeLineageEvent", () => {
  const { run, ...jobEvent } = event("job")
  const valid: ReadonlyArray<object> = [
    event("run"),
    { ...jobEvent, eventType: undefined, schemaURL: jobEvent.schemaURL.replace("RunEvent", "JobEvent") },
    {
      eventTime: "2026-11-22T10:00:00Z",
      producer: "urn:x:y",
      schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent",
      dataset: { namespace: "n", name: "d", facets: {} }
    }
  ]
  const breaking: ReadonlyArray<(one: Record<string, unknown>) => void> = [
    (one) => delete one["eventTime"],
    (one) => (one["eventTime"] = "2026-11-22"),
    (one) => (one["eventTime"] = "2026-13-45T10:00:00Z"),
    (one) => (one["producer"] = "no uri"),
    (one) => delete one["schemaURL"],
    (one) => (one["eventType"] = "BEGUN"),
    (one) => (one["run"] = { runId: "7" }),
    (one) => (one["run"] = { facets: {} }),
    (one) => (one["job"] = { namespace: "n" }),
    (one) => (one["inputs"] = {}),
    (one) => (one["outputs"] = [{ name: "d" }]),
    (one) => (one["run"] = { runId: event("x").run.runId, facets: { bare: { degrees: 1 } } }),
    (one) => {
      delete one["run"]
      delete one["job"]
    }
  ]

  it("takes what the official schema takes, and refuses what it refuses", () => {
    for (const one of valid) {
      expect(openLineageProblems(JSON.parse(JSON.stringify(one)) as object), JSON.stringify(one)).toEqual([])
      expect(() => decodeLineageEvent(JSON.parse(JSON.stringify(one)))).not.toThrow()
    }
    for (const change of breaking) {
      const one = structuredClone(valid[0]) as Record<string, unknown>
      change(one)
      expect(openLineageProblems(one), String(change)).not.toEqual([])
      expect(() => decodeLineageEvent(one), String(change)).toThrow(/no OpenLineage event/)
    }
    for (const one of [null, 7, [], "x", {}]) expect(() => decodeLineageEvent(one)).toThrow(/no OpenLineage event/)
    expect(run.runId).toHaveLength(36)
  })
})
