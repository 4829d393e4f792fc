import { createReadStream, truncateSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import type { AddressInfo, Socket } from "node:net"
import { join } from "node:path"
import { Readable } from "node:stream"
import type { FastifyInstance } from "fastify"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { sendRange } from "#dashboard/server/http/sendRange.ts"
import type { RequestLine } from "#dashboard/server/http/RequestLine.ts"
import { makeServer } from "#dashboard/server/makeServer.ts"
import { openTestServer } from "./openTestServer.ts"

const patience = { head: 300, whole: 600, idle: 2500, next: 200 }
const bugs: Array<unknown> = []
const lines: Array<RequestLine> = []
let app: Awaited<ReturnType<typeof openTestServer>>
let server: FastifyInstance
let port: number
let host: string
/** Opened by a request that waits until somebody lets it go on. */
let waiting: Array<() => void> = []

const large = 256 << 20
let reading = 0
let started = 0

beforeAll(async () => {
  app = await openTestServer()
  writeFileSync(join(app.web, "large"), "")
  truncateSync(join(app.web, "large"), large)
  const open = { config: { callers: "anyone" as const } }
  server = makeServer({
    runtime: app.runtime,
    port: 0,
    web: app.web,
    patience,
    onBug: (_route, cause) => void bugs.push(cause),
    onRequest: (line) => void lines.push(line),
    mount: (inner) => {
      const answer = async () => {
        await new Promise<void>((resolve) => waiting.push(resolve))
        return { long: "x".repeat(100_000) }
      }
      inner.get("/api/slow", open, answer)
      inner.post("/api/slow", open, answer)
      inner.get("/api/large", open, (request, reply) => {
        const read = (range?: object): Readable => {
          reading += 1
          started += 1
          const pieces = createReadStream(join(app.web, "large"), { ...range, highWaterMark: 1 << 20 })
          return pieces.once("close", () => void (reading -= 1))
        }
        sendRange(request, reply, { bytes: large, tag: "large", mediaType: "text/csv", read })
        return reply
      })
      inner.get("/api/endless", open, (_request, reply) =>
        reply.type("text/csv").send(
          new Readable({
            read() {
              this.push(Buffer.alloc(1 << 16))
            }
          })
        )
      )
    }
  })
  await server.listen({ port: 0, host: "localhost" })
  port = (server.server.address() as AddressInfo).port
  host = `host: localhost:${port}\r\norigin: http://localhost:${port}\r\n`
})
afterAll(async () => {
  await server.close()
  await app.close()
})

/** Sends bytes and gives back all that comes until the server closes, or has said enough. */
const say = (text: string, enough: (got: string) => boolean = () => false): Promise<string> =>
  new Promise((resolve) => {
    let got = ""
    const socket = connect(port, "localhost", () => void socket.write(text))
    socket.on("data", (data) => {
      got += data.toString("latin1")
      if (enough(got)) socket.destroy()
    })
    socket.on("error", () => undefined)
    socket.on("close", () => resolve(got))
  })
const whole = (got: string): boolean => {
  const [head, ...rest] = got.split("\r\n\r\n")
  const length = /^content-length: (\d+)/im.exec(head!)?.[1]
  return rest.length > 0 && (length === undefined || rest.join("\r\n\r\n").length >= Number(length))
}
const json = "content-type: application/json\r\n"
const post = (headers: string, body: string): string => `POST /api/sign-in HTTP/1.1\r\n${host}${headers}\r\n${body}`

describe("what is not quite HTTP, or not quite meant", () => {
  const asked: ReadonlyArray<readonly [what: string, text: () => string, status: number, code?: string]> = [
    ["a word that is no method", () => `FOO / HTTP/1.1\r\n${host}\r\n`, 400, "request.form"],
    ["lines that end too early", () => `GET / HTTP/1.1\nhost: localhost\n\n`, 400, "request.form"],
    ["the beginning of TLS", () => "\u0016\u0003\u0001\u0002\u0000\u0001", 400, "request.form"],
    ["two lengths", () => post(`${json}content-length: 2\r\ncontent-length: 2\r\n`, "{}"), 400, "request.form"],
    [
      "two lengths that differ",
      () => post(`${json}content-length: 2\r\ncontent-length: 9\r\n`, "{}"),
      400,
      "request.form"
    ],
    [
      "a length and pieces",
      () => post(`${json}content-length: 2\r\ntransfer-encoding: chunked\r\n`, "2\r\n{}\r\n0\r\n\r\n"),
      400,
      "request.form"
    ],
    [
      "pieces without a size",
      () => post(`${json}transfer-encoding: chunked\r\n`, "zz\r\n{}\r\n0\r\n\r\n"),
      400,
      "request.form"
    ],
    ["a header that is folded", () => `GET / HTTP/1.1\r\n${host}x: a\r\n b\r\n\r\n`, 400, "request.form"],
    ["headers without end", () => `GET / HTTP/1.1\r\n${host}x: ${"a".repeat(40_000)}\r\n\r\n`, 431, "request.headers"],
    ["half a character", () => `GET /api/products/%zz-secret HTTP/1.1\r\n${host}\r\n`, 400, "request.form"],
    ["two hosts", () => `GET /api/session HTTP/1.1\r\n${host}host: elsewhere.example\r\n\r\n`, 403, "request.origin"],
    [
      "an address elsewhere",
      () => `GET http://elsewhere.example/api/session HTTP/1.1\r\n${host}\r\n`,
      403,
      "request.origin"
    ],
    ["no host", () => "GET /api/session HTTP/1.1\r\n\r\n", 400],
    ["a body that is text", () => post("content-type: text/plain\r\ncontent-length: 2\r\n", "{}"), 415, "request.type"],
    ["a body of no kind", () => post("content-length: 2\r\n", "{}"), 415, "request.type"],
    ["a body that is too long", () => post(`${json}content-length: 70000\r\n`, ""), 413, "request.size"],
    ["an expectation", () => post(`${json}expect: magic\r\ncontent-length: 2\r\n`, "{}"), 417],
    ["DELETE", () => `DELETE /api/orders HTTP/1.1\r\n${host}\r\n`, 405, "request.method"],
    [
      "POST to a page",
      () => `POST /orders HTTP/1.1\r\n${host}${json}content-length: 2\r\n\r\n{}`,
      405,
      "request.method"
    ],
    ["TRACE", () => `TRACE / HTTP/1.1\r\n${host}\r\n`, 405, "request.method"],
    ["DELETE of nothing", () => `DELETE /api/nothing HTTP/1.1\r\n${host}\r\n`, 404, "request.unknown"]
  ]
  for (const [what, text, status, code] of asked) {
    it(`is answered with ${status}: ${what}`, async () => {
      const got = await say(text(), whole)
      expect(got).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
      expect(got).not.toMatch(/elsewhere|secret|FST_|HPE_/)
      if (code !== undefined) expect(got).toContain(`"code":"${code}"`)
      if (status === 405) expect(got).toMatch(/^allow: [A-Z, ]+$/im)
      expect(bugs).toEqual([])
    })
  }

  it("tells with HEAD what GET would, and with OPTIONS what an address takes", async () => {
    const head = await say(`HEAD /orders HTTP/1.1\r\n${host}connection: close\r\n\r\n`)
    expect(head).toMatch(/^HTTP\/1\.1 200 /)
    expect(head).toMatch(/^content-length: [1-9]/im)
    expect(head.split("\r\n\r\n")[1]).toBe("")
    const options = await say(`OPTIONS /api/orders HTTP/1.1\r\n${host}connection: close\r\n\r\n`)
    expect(options).toMatch(/^HTTP\/1\.1 204 /)
    expect(options).toMatch(/^allow: GET, POST$/im)
    // No page elsewhere is ever let in.
    expect(options).not.toMatch(/access-control/i)
  })

  it("is answered in the order in which it was asked, however much comes at once", async () => {
    const one = (path: string, more = ""): string => `GET ${path} HTTP/1.1\r\n${host}${more}\r\n`
    const slow = say(
      one("/api/slow", "accept-encoding: gzip\r\n") +
        one("/api/session") +
        one("/api/nothing") +
        one("/healthz", "connection: close\r\n")
    )
    await expect.poll(() => waiting.length).toBe(1)
    waiting.splice(0).forEach((go) => go())
    const got = await slow
    expect([...got.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status)).toEqual(["200", "200", "404", "200"])
    expect(got.indexOf('"session"')).toBeLessThan(got.indexOf("request.unknown"))
    expect(got.indexOf("request.unknown")).toBeLessThan(got.indexOf('"status"'))
  })
})

describe("callers who leave", () => {
  const hangUp = (text: string, when: (socket: Socket) => Promise<unknown>): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(port, "localhost", () =>
        socket.write(text, () => void when(socket).finally(() => socket.destroy()))
      )
      socket.on("error", () => undefined)
      socket.on("close", () => resolve())
    })

  it("in the middle of their request or before the answer are no bug, and the log says that they left", async () => {
    lines.length = 0
    waiting = []
    const ask = `POST /api/slow HTTP/1.1\r\n${host}${json}accept-encoding: br\r\n`
    const now = async (): Promise<void> => undefined
    const asking = Promise.all([
      ...[1, 2, 3].map(() => hangUp(`${ask}content-length: 400\r\n\r\n{"tok`, now)),
      ...[1, 2, 3].map(() => hangUp(`${ask}transfer-encoding: chunked\r\n\r\n5\r\n{"tok\r\n`, now)),
      ...[1, 2, 3].map(() =>
        hangUp(`${ask}content-length: 2\r\n\r\n{}`, () => expect.poll(() => waiting.length).toBe(3))
      )
    ])
    await asking
    await expect.poll(() => lines.filter(({ status }) => status === 499).length).toBeGreaterThanOrEqual(3)
    waiting.splice(0).forEach((go) => go())
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(bugs).toEqual([])
    expect(lines.filter(({ status }) => status >= 500)).toEqual([])
    expect(await say(`GET /healthz HTTP/1.1\r\n${host}connection: close\r\n\r\n`)).toContain('"ok"')
  })
})

describe("many who download at once and read slowly", () => {
  it("take two pieces of memory each, not their files, and leave none open", async () => {
    const many = 60
    const before = process.memoryUsage()
    const sockets = Array.from({ length: many }, () => {
      const socket = connect(port, "localhost", () => socket.write(`GET /api/large HTTP/1.1\r\n${host}\r\n`))
      socket.on("error", () => undefined)
      return socket.pause()
    })
    await expect.poll(() => started, { timeout: 20_000 }).toBeGreaterThan(many / 2)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const now = process.memoryUsage()
    // Gigabytes were asked for. A piece is a mebibyte; one is on its way and one is read ahead.
    expect(now.rss - before.rss).toBeLessThan(started * 4 * (1 << 20))
    for (const socket of sockets) socket.destroy()
    await expect.poll(() => reading, { timeout: 10_000 }).toBe(0)
    expect(bugs).toEqual([])
  })
})

describe("callers who are slow", () => {
  const open = (): Promise<number> => new Promise((resolve) => server.server.getConnections((_, n) => resolve(n)))

  it(
    "lose their socket: over a head, over a body, between two requests, and while they read nothing",
    { timeout: 60_000 },
    async () => {
      const drip = (first: string): Promise<readonly [got: string, millis: number]> =>
        new Promise((resolve) => {
          let got = ""
          const begun = performance.now()
          const socket = connect(port, "localhost", () => socket.write(first))
          const timer = setInterval(() => socket.write("x"), 50)
          socket.on("data", (data) => (got += data.toString()))
          socket.on("error", () => undefined)
          socket.on("close", () => {
            clearInterval(timer)
            resolve([got, performance.now() - begun])
          })
        })
      const silent = connect(port, "localhost", () => {
        silent.write(`GET /api/endless HTTP/1.1\r\n${host}\r\n`)
        silent.pause()
      })
      silent.on("error", () => undefined)
      const [head, body, idle] = await Promise.all([
        drip(`GET / HTTP/1.1\r\n${host}x: `),
        drip(post(`${json}content-length: 40000\r\n`, "")),
        say(`GET /healthz HTTP/1.1\r\n${host}\r\n`)
      ])
      expect(head[0]).toContain("HTTP/1.1 408")
      expect(head[0]).toContain("request.slow")
      expect(body[0]).toContain("HTTP/1.1 408")
      // The machine may be busy; without the limits each would wait for minutes.
      for (const [, millis] of [head, body]) expect(millis).toBeLessThan(10_000)
      expect(idle).toContain('"ok"')
      await expect.poll(open, { timeout: 30_000 }).toBe(0)
      silent.destroy()
      expect(bugs).toEqual([])
    }
  )
})
