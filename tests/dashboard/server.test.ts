import { Validator } from "@seriousme/openapi-schema-validator"
import { connect } from "node:net"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { serveDashboard } from "#dashboard/server/serveDashboard.ts"
import { openTestServer } from "./openTestServer.ts"

let app: Awaited<ReturnType<typeof openTestServer>>
let buyer: string
beforeAll(async () => {
  app = await openTestServer()
  buyer = await app.signIn("buyer")
})
afterAll(() => app.close())

describe("addresses", () => {
  it("refuses every Host but its own", async () => {
    for (const host of [
      "127.0.0.1:7425",
      "localhost",
      "localhost:80",
      "evil.example:7425",
      "localhost:7425.evil.example",
      "[::1]:7425",
      ""
    ]) {
      const answer = await app.send({ method: "GET", url: "/api/session", headers: { host } })
      expect(answer.statusCode).toBe(403)
      expect(answer.json().error.code).toBe("request.origin")
    }
  })

  it("refuses every Origin but its own, and changes nothing then", async () => {
    const token = await app.token("buyer")
    for (const origin of [
      "http://evil.example",
      "null",
      "http://127.0.0.1:7425",
      "https://localhost:7425",
      "http://localhost:7426"
    ]) {
      const answer = await app.send({ method: "POST", url: "/api/sign-in", payload: { token }, headers: { origin } })
      expect(answer.statusCode).toBe(403)
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined()
    }
    expect((await app.post("/api/sign-in", { token })).statusCode).toBe(200)
  })

  it("does not let a form or a text post in from elsewhere", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      const answer = await app.send({
        method: "POST",
        url: "/api/quotes",
        payload: '{"product":"buyer_region_preference"}',
        headers: { "content-type": type, cookie: buyer }
      })
      expect([400, 415]).toContain(answer.statusCode)
    }
  })
})

describe("bodies", () => {
  it("refuses what is malformed, oversized, unexpected or poisonous", async () => {
    const send = (payload: string) =>
      app.send({
        method: "POST",
        url: "/api/quotes",
        payload,
        headers: { "content-type": "application/json", cookie: buyer }
      })
    expect((await send("{")).json().error.code).toBe("request.form")
    expect((await send("")).statusCode).toBe(400)
    expect((await send(`{"product":"${"x".repeat(70_000)}"}`)).json().error.code).toBe("request.size")
    expect((await send('{"product":"sme_digital_maturity","price":1}')).json().error.code).toBe("request.body")
    expect((await send('{"product":"sme_digital_maturity","__proto__":{"role":"steward"}}')).statusCode).toBe(400)
    expect((await send("[".repeat(20_000))).statusCode).toBe(400)
    expect((await send('{"product":{"toString":1}}')).statusCode).toBe(400)
    expect((await send('{"product":"../secret"}')).body).not.toContain("secret")
  })

  it("refuses a delivery format that does not exist, or comes twice", async () => {
    for (const query of ["", "?format=exe", "?format=csv&format=csv", "?format=csv&path=/etc/passwd"]) {
      expect((await app.get(`/api/orders/ord_x/delivery${query}`, buyer)).json().error.code).toBe("request.address")
    }
  })
})

describe("files", () => {
  it("serves the page at every address of its own and never stores it unchecked", async () => {
    for (const url of ["/", "/products/x", "/assets/core.order", "/sign-in?x=1"]) {
      const page = await app.get(url)
      expect(page.headers["content-type"]).toBe("text/html; charset=utf-8")
      expect(page.headers["cache-control"]).toBe("no-cache")
    }
    const tag = (await app.get("/")).headers.etag as string
    expect((await app.send({ method: "GET", url: "/", headers: { "if-none-match": tag } })).statusCode).toBe(304)
  })

  it("serves hashed files for a year, compressed for those who can", async () => {
    const url = "/static/main-3f9a1c.js"
    const plain = await app.get(url)
    const small = await app.send({ method: "GET", url, headers: { "accept-encoding": "gzip, br" } })
    expect(plain.headers["cache-control"]).toBe("public, max-age=31536000, immutable")
    expect(small.headers["content-encoding"]).toBe("br")
    expect(small.rawPayload.length).toBeLessThan(plain.rawPayload.length / 10)
  })

  it("has no way out of its folder, and no file of an unknown kind", async () => {
    const page = (await app.get("/")).body
    for (const url of [
      "/../package.json",
      "/%2e%2e/package.json",
      "/static/..%2f..%2fpackage.json",
      "/static/%2e%2e%2f%2e%2e%2fpackage.json",
      "/..%5cpackage.json",
      "//etc/passwd.html",
      "/static/notes.secret",
      "/static/missing.js",
      "/%00.html",
      "/api/unknown",
      "/api/orders/..%2f..%2fx.csv"
    ]) {
      const answer = await app.get(url, buyer)
      expect(answer.statusCode >= 400 || answer.body === page, url).toBe(true)
      expect(answer.body).not.toContain("devDependencies")
      expect(answer.body).not.toContain("not for serving")
    }
  })
})

describe("headers", () => {
  it("let nothing in from elsewhere and nothing run inline, on errors too", async () => {
    for (const answer of [
      await app.get("/"),
      await app.get("/api/session"),
      await app.get("/api/products"),
      await app.get("/static/nothing.js")
    ]) {
      const policy = String(answer.headers["content-security-policy"])
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|\*|http/)
      expect(answer.headers["x-content-type-options"]).toBe("nosniff")
      expect(answer.headers["referrer-policy"]).toBe("no-referrer")
    }
    expect((await app.get("/api/session")).headers["cache-control"]).toBe("no-store")
  })

  it("cannot be injected through an address", async () => {
    const answer = await app.get("/api/products/x%0d%0aset-cookie:%20a=b", buyer)
    expect(answer.statusCode).toBe(404)
    expect(answer.headers["set-cookie"]).toBeUndefined()
    expect(answer.body).not.toContain("set-cookie")
  })
})

describe("answers", () => {
  it("tell of a bug without telling what is inside", async () => {
    const broken = await openTestServer()
    Object.assign(broken.runtime, { runPromise: () => Promise.reject(new Error("select secret from raw.accounts")) })
    const answer = await broken.get("/api/session")
    expect(answer.statusCode).toBe(500)
    expect(answer.json().error.code).toBe("bug")
    expect(answer.body).not.toContain("secret")
    expect(broken.bugs).toEqual(["GET /api/session"])
    await broken.server.close()
  })

  it("describe themselves as OpenAPI 3.1 with every reference in place", async () => {
    const document = (await app.get("/api/openapi.json")).json()
    expect(document.openapi).toBe("3.1.0")
    expect(Object.keys(document.paths)).toContain("/api/orders/{id}/delivery")
    expect(document.paths["/api/orders/{id}/pay"].post["x-roles"]).toEqual(["steward"])
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
    expect(references.length).toBeGreaterThan(20)
    for (const [, name] of references) expect(Object.keys(document.components.schemas)).toContain(name)
    expect(JSON.stringify(document)).not.toContain("$defs")
    // By a validator that others wrote, with the schema that the OpenAPI Initiative publishes.
    expect(await new Validator().validate(document)).toMatchObject({ valid: true })
    expect((await new Validator().validate({ ...document, paths: { nowhere: {} } })).valid).toBe(false)
  })

  it("answer /healthz", async () => {
    expect((await app.get("/healthz")).json()).toEqual({ status: "ok" })
  })
})

describe("the socket", () => {
  it("is on the loopback only, and closes with its scope", async () => {
    const port = await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const { url, port } = yield* serveDashboard({ runtime: app.runtime, port: 0, web: app.web })
          const answer = yield* Effect.promise(() => fetch(`${url}/healthz`))
          expect(answer.status).toBe(200)
          return port
        })
      )
    )
    const refused = await new Promise((resolve) => {
      connect(port, "127.0.0.1")
        .on("error", () => resolve(true))
        .on("connect", () => resolve(false))
    })
    expect(refused).toBe(true)
  })

  it("says so when the port is taken", async () => {
    const serve = (port: number) => serveDashboard({ runtime: app.runtime, port, web: app.web })
    const outcome = Effect.scoped(Effect.flatMap(serve(0), ({ port }) => Effect.flip(serve(port))))
    expect(await Effect.runPromise(outcome)).toMatchObject({ _tag: "Unavailable", code: "server.port" })
  })

  it("says so when the pages were never built", async () => {
    const outcome = Effect.scoped(Effect.flip(serveDashboard({ runtime: app.runtime, port: 0, web: "/nowhere" })))
    expect(await Effect.runPromise(outcome)).toMatchObject({ _tag: "Unavailable", code: "dashboard.web" })
  })
})
