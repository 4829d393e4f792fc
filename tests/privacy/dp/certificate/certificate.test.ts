import { generateKeyPairSync, sign } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { zcdpRho } from "#privacy/dp/accounting/zcdpRho.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { describeRelease } from "#privacy/dp/certificate/describeRelease.ts"
import { signCertificate } from "#privacy/dp/certificate/signCertificate.ts"
import { verifyCertificate } from "#privacy/dp/certificate/verifyCertificate.ts"
import { ordersByState, ordersFacts } from "../aggregate/orders.ts"

const keys = generateKeyPairSync("ed25519")
const home = {
  publicKey: keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
  sign: (text: string) => sign(null, Buffer.from(text), keys.privateKey).toString("base64url")
}
const facts = {
  releaseId: "rel_0",
  product: "orders_by_state",
  period: "2026-11",
  issuedAt: "2026-11-22T00:00:00.000Z",
  lineage: ["raw.olist__orders"]
}

describe("a certificate", () => {
  it.effect("states loss, clamps, key rule, noise and interval of a release", () =>
    Effect.gen(function* () {
      const plan = yield* planAggregate(ordersByState, ordersFacts)
      const body = describeRelease(plan, facts)
      assert.closeTo(body.loss.rho, zcdpRho(1, 5e-7), 1e-11)
      assert.strictEqual(body.loss.epsilon, 1)
      assert.closeTo(body.loss.delta, 1e-6, 1e-18)
      assert.deepStrictEqual(body.keys, [{ name: "state", from: "state", rule: "selected" }])
      assert.deepStrictEqual(body.lineage.assets, ["core.order", "raw.olist__orders"])
      const spend = body.measures[1]!
      assert.deepInclude(spend, { lower: 0, upper: 50_000, currency: "CNY", sensitivitySquared: "2500000000" })
      assert.closeTo(spend.halfWidth95 / Math.sqrt(spend.variance), 1.96, 0.01)
      assert.isTrue(body.selection!.threshold > 1)
    })
  )

  it.effect("can be checked offline, and no longer once a figure was changed", () =>
    Effect.gen(function* () {
      const certificate = signCertificate(
        describeRelease(yield* planAggregate(ordersByState, ordersFacts), facts),
        home
      )
      const received = JSON.parse(JSON.stringify(certificate)) as typeof certificate
      assert.isTrue(verifyCertificate(received))
      assert.isTrue(verifyCertificate(received, home.publicKey))
      assert.isFalse(verifyCertificate({ ...received, loss: { ...received.loss, epsilon: 0.1 } }))
      const other = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }).toString()
      assert.isFalse(verifyCertificate(received, other))
    })
  )

  it.effect("names the census that was paid out of the release", () =>
    Effect.gen(function* () {
      const { population: _, ...unknown } = ordersByState
      const plan = yield* planAggregate(unknown, ordersFacts, {
        subjects: 20_000,
        source: "census",
        censusUnits: 1000n
      })
      const body = describeRelease(plan, facts)
      assert.isDefined(body.census)
      assert.strictEqual(body.prediction.from, "census")
    })
  )
})
