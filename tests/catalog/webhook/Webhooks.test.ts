import { createHmac } from "node:crypto"
import { createServer } from "node:http"
import type { IncomingHttpHeaders } from "node:http"
import type { AddressInfo } from "node:net"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { notify } from "#catalog/notice/notify.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { signMessage } from "#catalog/webhook/signMessage.ts"
import { Webhooks } from "#catalog/webhook/Webhooks.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A receiver on this machine that answers with the given statuses in turn. */
const receiver = (statuses: ReadonlyArray<number>) =>
  Effect.acquireRelease(
    Effect.promise(
      () =>
        new Promise<{ url: string; got: Array<Received>; close: () => void }>((ready) => {
          const got: Array<Received> = []
          const server = createServer((incoming, outgoing) => {
            let body = ""
            incoming.setEncoding("utf8").on("data", (text: string) => (body += text))
            incoming.on("end", () => {
              got.push({ headers: incoming.headers, body })
              outgoing.writeHead(statuses[got.length - 1] ?? 204, { location: "http://127.0.0.1:1/elsewhere" }).end()
            })
          })
          server.listen(0, "127.0.0.1", () =>
            ready({
              url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
              got,
              close: () => void server.close()
            })
          )
        })
    ),
    ({ close }) => Effect.sync(close)
  )

const product = "orders_by_state"
const sold = Effect.gen(function* () {
  yield* TestClock.setTime(Date.parse(listedAt))
  const catalog = yield* Catalog
  yield* Records.use((records) => records.write((db) => listVersion(db, catalog, sampleVersion())))
  const { id } = yield* Quotes.use((quotes) => quotes.create(product))
  const order = yield* Orders.use((orders) => orders.place({ quote: id, buyer: "Zhang San", key: "k" }))
  yield* Orders.use((orders) => orders.pay(order.id, "p"))
})
const happen = Records.use((records) =>
  records.write((db) =>
    notify(db, {
      kind: "deprecation",
      product,
      version: null,
      at: listedAt,
      text: { zh: "停售", en: "Gone" },
      facts: { endsOn: "2026-12-31" }
    })
  )
)
const add = (url: string, kinds?: ReadonlyArray<string>) =>
  Webhooks.use((hooks) =>
    hooks.add({ buyer: "Zhang San", url, loopback: true, ...(kinds === undefined ? {} : { kinds }) })
  )
const send = Webhooks.use((hooks) => hooks.send)

describe("Webhooks", () => {
  it.effect("send each notice once, signed as the standard says, and without who it is about", () =>
    Effect.gen(function* () {
      yield* sold
      const { url, got } = yield* receiver([])
      const { id, secret } = yield* add(url)
      yield* add(url, ["recall"])
      expect(yield* happen).toBe(1)
      expect(yield* send).toEqual({ delivered: 1, failed: 0 })
      expect(yield* send).toEqual({ delivered: 0, failed: 0 })
      expect(got.length).toBe(1)
      const [{ headers, body }] = got as [Received]
      const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`
      const key = Buffer.from(secret.slice("whsec_".length), "base64")
      expect(key.length).toBe(32)
      expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`)
      expect(Number(headers["webhook-timestamp"])).toBe(Math.floor(Date.parse(listedAt) / 1000))
      expect(JSON.parse(body)).toMatchObject({
        type: "notice.deprecation",
        timestamp: listedAt,
        data: { product, facts: { endsOn: "2026-12-31" } }
      })
      expect(body).not.toContain("Zhang")
      const stored = yield* Records.use((records) =>
        records.read((db) => JSON.stringify(db.all("select * from webhook")))
      )
      expect(stored).not.toContain(secret.slice(8))
      expect(yield* Webhooks.use((hooks) => hooks.attempts("Zhang San", id))).toMatchObject([
        { status: 204, outcome: "delivered", nextAt: null }
      ])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("follow no redirect, try again later under the same id, and stop when nobody is there for good", () =>
    Effect.gen(function* () {
      yield* sold
      const { url, got } = yield* receiver([302, 500, 410])
      const { id } = yield* add(url)
      yield* happen
      for (const [wait, failed] of [
        [0, 1],
        [4, 0],
        [3, 1],
        [400, 1],
        [86_400 * 10, 0]
      ] as const) {
        yield* TestClock.adjust(`${wait} seconds`)
        expect([wait, yield* send]).toEqual([wait, { delivered: 0, failed }])
      }
      expect(new Set(got.map(({ headers }) => headers["webhook-id"])).size).toBe(1)
      expect(got.length).toBe(3)
      const tries = yield* Webhooks.use((hooks) => hooks.attempts("Zhang San", id))
      expect(tries.map(({ status, outcome }) => [status, outcome])).toEqual([
        [410, "given up"],
        [500, "retry"],
        [302, "retry"]
      ])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("can be tested, listed and removed by their own buyer only", () =>
    Effect.gen(function* () {
      yield* sold
      const { url, got } = yield* receiver([])
      const hooks = yield* Webhooks
      const { id } = yield* add(url)
      expect(yield* hooks.test("Zhang San", id)).toMatchObject({ status: 204, outcome: "delivered" })
      expect(JSON.parse(got[0]!.body)).toMatchObject({ type: "webhook.test" })
      for (const foreign of [hooks.test("other", id), hooks.remove("other", id), hooks.attempts("other", id)])
        expect(yield* Effect.flip(foreign as Effect.Effect<unknown, { code: string }>)).toMatchObject({
          code: "webhook.unknown"
        })
      expect(yield* hooks.list("other")).toEqual([])
      yield* happen
      yield* hooks.remove("Zhang San", id)
      expect(yield* hooks.list("Zhang San")).toEqual([])
      // What was waiting for it goes nowhere.
      expect(yield* send).toEqual({ delivered: 0, failed: 1 })
      expect(got.length).toBe(1)
      expect(yield* Effect.flip(add(url, ["weather"]))).toMatchObject({ code: "webhook.kinds" })
      expect(yield* Effect.flip(hooks.add({ buyer: "Zhang San", url }))).toMatchObject({ code: "webhook.url" })
    }).pipe(Effect.provide(catalogLayer))
  )

  it("signs the example of the standard as the standard does", () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    const body = '{"test": 2432232314}'
    expect(signMessage(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)["webhook-signature"]).toBe(
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )
  })
})
