import { readFileSync, statSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import Fastify from "fastify"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { makeServer } from "#dashboard/server/makeServer.ts"
import type { Judged } from "#dashboard/server/http/Judged.ts"
import { answerFailures } from "#dashboard/server/http/answerFailures.ts"
import { pressure } from "#dashboard/server/http/pressure.ts"
import type { RequestLine } from "#dashboard/server/http/RequestLine.ts"
import { requestLog } from "#dashboard/server/requestLog.ts"
import { telemetryLayer } from "#dashboard/server/telemetryLayer.ts"
import { openTestServer } from "./openTestServer.ts"

let app: Awaited<ReturnType<typeof openTestServer>>
let steward: string
beforeAll(async () => {
  app = await openTestServer()
  steward = await app.signIn("steward")
})
afterAll(() => app.close())

const host = { host: "localhost:7425" }

describe("compression", () => {
  it("packs long JSON for those who can, and leaves files as they are", async () => {
    const ask = (url: string, encoding: string) =>
      app.send({ method: "GET", url, headers: { cookie: steward, "accept-encoding": encoding } })
    const plain = await ask("/api/openapi.json", "identity")
    for (const encoding of ["br", "gzip"]) {
      const packed = await ask("/api/openapi.json", encoding)
      expect(packed.headers["content-encoding"]).toBe(encoding)
      expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 4)
    }
    expect((await ask("/api/session", "br")).headers["content-encoding"]).toBeUndefined()
  })
})

describe("the log of requests", () => {
  it("names the route, the status and the time, and nothing that was asked for", async () => {
    const lines: Array<RequestLine> = []
    const judged: Array<Judged> = []
    const server = makeServer({
      runtime: app.runtime,
      port: 7425,
      web: app.web,
      onRequest: (line) => void lines.push(line),
      onJudged: async (batch) => void judged.push(...batch)
    })
    await server.ready()
    for (let i = 0; i < 3; i++) {
      await server.inject({
        method: "GET",
        url: "/api/products/some_secret?x=secret",
        headers: { ...host, cookie: steward }
      })
    }
    await server.inject({
      method: "GET",
      url: "/api/value",
      headers: { ...host, cookie: steward, "user-agent": "secret\r\nx" }
    })
    await server.inject({ method: "GET", url: "/api/no/such/secret", headers: host })
    await server.close()
    expect(lines.map(({ method, route, status, role }) => [method, route, status, role])).toEqual([
      ...[1, 2, 3].map(() => ["GET", "/api/products/:id", 404, "steward"]),
      ["GET", "/api/value", 403, "steward"],
      ["GET", expect.stringMatching(/unknown|\*/), 404, null]
    ])
    expect(lines.every(({ id, millis }) => /^[0-9a-f]{16}$/.test(id) && millis >= 0)).toBe(true)
    expect(JSON.stringify([lines, judged])).not.toContain("secret")
    // Equal decisions are one row with a count; a refusal says why.
    expect(judged.map(({ resource, allowed, times, because }) => [resource, allowed, times, because])).toEqual([
      ["GET /api/products/:id", true, 3, "route-role"],
      ["GET /api/value", false, 1, "none"]
    ])
  })

  it("tells decisions again that could not be kept", async () => {
    const kept: Array<Judged> = []
    let broken = true
    const server = makeServer({
      runtime: app.runtime,
      port: 7425,
      web: app.web,
      onJudged: async (batch) => {
        if (broken) {
          broken = false
          throw new Error("the disk is full")
        }
        kept.push(...batch)
      }
    })
    await server.ready()
    await server.inject({ method: "GET", url: "/api/session", headers: host })
    await expect.poll(() => kept.length, { timeout: 5000 }).toBe(1)
    await server.close()
  })
})

describe("figures", () => {
  it("count requests by route and status in the form of Prometheus", async () => {
    await app.get("/api/products/whatever", steward)
    const { body, headers } = await app.get("/metrics")
    expect(headers["content-type"]).toContain("text/plain")
    expect(body).toMatch(/^assay_http_requests\{[^}]*route="\/api\/products\/:id"[^}]*\} \d+$/m)
    expect(body).toMatch(/^assay_http_request_seconds_bucket\{/m)
    expect(body).not.toContain("whatever")
  })
})

describe("limits", () => {
  it("stop a caller without a session after 1200 requests in a minute, and no one else", async () => {
    const other = await openTestServer()
    let refused = 0
    for (let i = 0; i < 1210; i++) if ((await other.get("/api/session")).statusCode === 429) refused += 1
    expect(refused).toBe(10)
    const answer = await other.get("/api/session")
    expect(answer.json().error.code).toBe("request.rate")
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0)
    expect((await other.get("/")).statusCode).toBe(200)
    await other.close()
  })

  it("turn requests away with Retry-After while too many are under way, and take them again after", async () => {
    const server = Fastify()
    answerFailures(server, { runtime: app.runtime, port: 1, web: "" })
    server.decorateRequest("session", undefined)
    pressure(server, { requests: 2, ofSession: 2, lag: 60_000 })
    const waiting: Array<() => void> = []
    server.get("/api/slow", () => new Promise((resolve) => waiting.push(() => resolve("done"))))
    server.get("/healthz", async () => "ok")
    const slow = [1, 2].map(() => server.inject("/api/slow"))
    await expect.poll(() => waiting.length).toBe(2)
    const third = await server.inject("/api/slow")
    expect([third.statusCode, third.json().error.code, third.headers["retry-after"]]).toEqual([503, "server.busy", "1"])
    expect((await server.inject("/healthz")).statusCode).toBe(200)
    waiting.forEach((end) => end())
    await Promise.all(slow)
    const again = server.inject("/api/slow")
    await expect.poll(() => waiting.length).toBe(3)
    waiting[2]!()
    expect((await again).statusCode).toBe(200)
    await server.close()
  })

  it("turn requests away while the event loop is late", async () => {
    const server = Fastify()
    answerFailures(server, { runtime: app.runtime, port: 1, web: "" })
    server.decorateRequest("session", undefined)
    pressure(server, { requests: 100, ofSession: 100, lag: 50 })
    server.get("/api/x", async () => "done")
    expect((await server.inject("/api/x")).statusCode).toBe(200)
    await Effect.runPromise(Effect.sleep(150))
    for (let i = 0; i < 5; i++) {
      const begun = performance.now()
      while (performance.now() - begun < 300);
      await Effect.runPromise(Effect.sleep(1))
    }
    const status = async () => (await server.inject("/api/x")).statusCode
    await expect.poll(status, { timeout: 50, interval: 10 }).toBe(503)
    await expect.poll(status, { timeout: 5000 }).toBe(200)
    await server.close()
  })
})

describe("the reference of the API", () => {
  it("is one page without a script, whose every link leads somewhere", async () => {
    const { body, headers } = await app.get("/api")
    expect(headers["content-type"]).toContain("text/html")
    expect(body).not.toMatch(/<script|style=|https?:/)
    const ids = new Set([...body.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]))
    const links = [...body.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]!)
    expect(links.length).toBeGreaterThan(50)
    for (const link of links) expect(ids, link).toContain(link)
    expect((await app.get("/api/reference.css")).headers["content-type"]).toContain("text/css")
  })

  it("leaves no route out: what the server answers is what the document tells", async () => {
    const { paths } = (await app.get("/api/openapi.json")).json() as { paths: Record<string, Record<string, unknown>> }
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`)
    )
    const { mounted } = await import("./mountedRoutes.ts")
    expect(told.toSorted()).toEqual((await mounted(app)).toSorted())
  })
})

describe("a collector", () => {
  it("is sent a span for each request by its route, and the figures, without what was asked for", async () => {
    const received = new Map<string, string>()
    const collector = createServer((request, response) => {
      const chunks: Array<Buffer> = []
      request.on("data", (chunk: Buffer) => void chunks.push(chunk))
      request.on("end", () => {
        const path = String(request.url)
        received.set(path, (received.get(path) ?? "") + Buffer.concat(chunks).toString())
        response.end("{}")
      })
    })
    await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve))
    const { port } = collector.address() as AddressInfo
    await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const telemetry = yield* Layer.build(telemetryLayer(`http://127.0.0.1:${port}`))
          const runPromise = ((effect: Effect.Effect<never>) =>
            app.runtime.runPromise(
              Effect.provideContext(effect, telemetry)
            )) as unknown as typeof app.runtime.runPromise
          const server = makeServer({ runtime: { runPromise }, port: 7425, web: app.web })
          yield* Effect.promise(async () => {
            await server.ready()
            await server.inject({
              method: "GET",
              url: "/api/products/secret_name",
              headers: { ...host, cookie: steward }
            })
            await server.close()
          })
        })
      )
    )
    collector.close()
    expect(received.get("/v1/traces")).toContain('"name":"GET /api/products/:id"')
    expect(received.get("/v1/metrics")).toContain("http_requests")
    expect([...received.values()].join("")).not.toContain("secret_name")
  })
})

describe("the file of requests", () => {
  it("holds a line of JSON each, for its owner alone", async () => {
    const path = join(app.web, "requests.jsonl")
    const line = {
      at: "2026-11-22T00:00:00Z",
      id: "0",
      method: "GET",
      route: "/api/x",
      status: 200,
      millis: 1,
      role: null
    }
    await Effect.runPromise(
      Effect.scoped(Effect.map(requestLog(path), (write) => [1, 2, 3].forEach(() => write(line))))
    )
    const lines = readFileSync(path, "utf8").trim().split("\n")
    expect(lines.map((text) => JSON.parse(text) as object)).toEqual([line, line, line])
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })
})
