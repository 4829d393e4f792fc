import { cpSync, mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import type { Grant } from "#privacy/consent/grant/Grant.ts"
import { grantDigest, signGrant } from "#privacy/consent/grant/grantToken.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { planHome } from "#pipelines/planHome.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import { Evidences } from "#catalog/index/Evidences.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import { Inbox } from "#catalog/notice/Inbox.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { productOf } from "#dashboard/server/view/productOf.ts"
import { planText } from "#dashboard/terminal/planText.ts"
import { listingJson, salesVerbs } from "#dashboard/terminal/verbs/salesVerbs.ts"
import { readVersionTable } from "#dashboard/server/view/readVersionTable.ts"
import { houseApp } from "../../app.ts"
import { grantOf, permission } from "../privacy/consent/consentLayer.ts"

const io = { out: () => undefined, err: () => undefined, cwd: ".", live: false }
const product = "repair_history"
const asOf = new Date().toISOString().slice(0, 10)
const until = Date.parse("2030-01-01T00:00:00Z") / 1000

const fresh = Effect.sync(() => {
  const folder = mkdtempSync(join(tmpdir(), "assay-repair-"))
  cpSync(fileURLToPath(new URL("../../examples/repair", import.meta.url)), folder, { recursive: true })
  return { folder, home: join(folder, "home") }
})

const run = Effect.flatMap(Engine, (engine) => engine.run({ selection: "", asOf, onEvent: () => undefined }))

/** What the customer says on the notice of the example: this repairer, this purpose, purchases, until the end of 2029. */
const allow = Effect.fnUntraced(function* (customer: string, changes: Partial<Grant> = {}) {
  const consent = yield* Consent
  const home = yield* Home
  const now = Math.floor(Date.now() / 1000)
  const rules: Grant["rules"] = [
    {
      ...permission,
      actions: ["store", "derive", "share", "sell"],
      purposes: ["dpv:RepairImpairments"],
      recipientClass: ["internal", "party:acme-repair"],
      categories: ["dpv-pd:Transactional"]
    }
  ]
  const grant = grantOf(yield* consent.draft(yield* consent.subject(customer)), now, { exp: until, rules, ...changes })
  yield* consent.accept(signGrant(home, grant))
  return grantDigest(grant)
})

const refused = <A, R>(effect: Effect.Effect<A, unknown, R>) =>
  Effect.map(Effect.flip(effect), (error) => {
    assert.instanceOf(error, Refused)
    return error.code
  })

const order = Effect.fnUntraced(function* (buyer: string, key: string) {
  const { id } = yield* (yield* Quotes).create(product)
  return yield* (yield* Orders).place({ quote: id, buyer, key })
})

/** Two people put it on sale, on what one of them has seen. */
const list = Effect.gen(function* () {
  const statements = ["G5", "G7", "value_hypothesis", "open_issues", "exports"].map(
    (item) => `  ${item}: { value: 1, note: Seen }`
  )
  const bytes = Buffer.from(`assessment: Seen in a test\nstatements:\n${statements.join("\n")}\n`)
  yield* (yield* Evidences).recordFile({ product, gate: "all", by: "anna", name: "a.yaml", bytes })
  const life = yield* Lifecycle
  yield* life.submit({ product, by: "anna" })
  yield* life.approve({ product, by: "boris" })
})

const deliver = Effect.fnUntraced(function* (id: string, folder: string) {
  const { file } = yield* (yield* Deliveries).deliver(id, "csv", folder)
  const [header, ...rows] = readFileSync(file, "utf8").trim().split("\n")
  return { header, rows }
})

describe("consented rows", () => {
  it.live(
    "leave for the one recipient whom their subjects allow, and no longer when a subject revokes",
    () =>
      Effect.gen(function* () {
        const { folder, home } = yield* fresh
        yield* Effect.gen(function* () {
          yield* (yield* Connections).add(join(folder, "source.yaml"))
          yield* (yield* ProductFiles).add(join(folder, "repair_history.product.yaml"))
          const first = yield* run
          const [failure] = first.failed
          assert.deepStrictEqual(
            [failure?.asset, failure?.error instanceof Refused ? failure.error.code : ""],
            ["release.repair_history", "release.licence"]
          )
          const outlook = (yield* planHome(asOf)).releases.find((one) => one.product === product)
          assert.strictEqual(outlook?.state, "refused")

          const digests = new Map<string, string>()
          for (const customer of ["c000", "c001", "c002", "c003", "c004"]) digests.set(customer, yield* allow(customer))
          // Too short, another party, other categories, another purpose: none of them is in it.
          yield* allow("c005", { exp: until - 86_400 * 400 })
          const [rule] = [permission]
          yield* allow("c006", {
            rules: [
              {
                ...rule,
                actions: ["derive", "share", "sell"],
                purposes: ["dpv:RepairImpairments"],
                recipientClass: ["internal", "party:other"]
              }
            ]
          })
          yield* allow("c007", {
            rules: [
              {
                ...rule,
                actions: ["derive", "share", "sell"],
                purposes: ["dpv:RepairImpairments"],
                recipientClass: ["internal", "third-party"],
                categories: ["dpv-pd:Location"]
              }
            ]
          })
          const plan = yield* planHome(asOf)
          assert.deepStrictEqual(
            plan.releases.find((one) => one.product === product),
            { product, state: "consented", recipient: "party:acme-repair", until: "2029-12-31" }
          )
          assert.include(
            planText(plan, "en"),
            "repair_history: makes the rows that their customers let party:acme-repair use until 2029-12-31"
          )
          const made = yield* run
          assert.deepStrictEqual(made.failed, [])
          const listing = yield* (yield* Catalog).show(product)
          const { version, price } = listing
          const page = productOf(listing, yield* readVersionTable(version), [])
          assert.deepStrictEqual([page.card.kind, page.guarantee.length], ["consented", 3])
          assert.notMatch(JSON.stringify(page), /until 2029-12-31"/)
          // 0 would be a promise that nothing is learnt.
          assert.deepStrictEqual([listingJson(listing).epsilon, listingJson(listing).delta], [null, null])
          assert.deepStrictEqual([version.kind, version.rows.value, price.minor], ["consented", 20, 60_000])
          assert.deepStrictEqual((yield* run).made, [])

          assert.strictEqual(yield* refused(order("Acme Repair", "k0")), "product.not-listed")
          yield* list
          const listed = yield* salesVerbs["product list"].run({ words: [], flags: {}, io })
          assert.match(listed.text, /repair_history .* 20 +– +600/)
          assert.strictEqual(yield* refused(order("Northwind Research", "k1")), "consented.recipient")
          const { id } = yield* order("Acme Repair", "k2")
          yield* (yield* Orders).pay(id, "p1")
          const { header, rows } = yield* deliver(id, join(folder, "out1"))
          assert.strictEqual(header, "purchase_id,device,occurred_at,licence")
          assert.lengthOf(rows, 20)
          for (const row of rows) {
            assert.match(row, /,[0-9a-f]{64} until 2029-12-31$/)
            assert.isTrue([...digests.values()].some((digest) => row.includes(digest)))
          }
          assert.notInclude(rows.join("\n"), "备注")

          const subj = yield* (yield* Consent).subject("c000")
          const frozen = yield* (yield* Revocations).revoke(subj)
          assert.isTrue(JSON.stringify(frozen).includes(product))
          assert.strictEqual(yield* refused(deliver(id, join(folder, "out2"))), "product.suspended")
          const [told, ...more] = yield* (yield* Inbox).list("Acme Repair")
          assert.deepStrictEqual([told?.kind, told?.product, told?.facts["order"], more], ["recall", product, id, []])
          assert.notInclude(JSON.stringify(told), "c000")
          assert.deepStrictEqual((yield* run).failed, [])
          const again = yield* deliver(id, join(folder, "out3"))
          assert.lengthOf(again.rows, 16)
          assert.notInclude(again.rows.join("\n"), digests.get("c000")!)

          // Who grants again is back with the next run, under the new grant.
          const renewed = yield* allow("c000")
          assert.deepStrictEqual((yield* run).failed, [])
          const { values } = yield* (yield* Warehouse).columns(`select licence from release.${product}`)
          assert.isTrue((values["licence"] as ReadonlyArray<string>).some((licence) => licence.startsWith(renewed)))
          const uses = yield* (yield* Records).read((db) =>
            db.all<{ action: string; denied: string }>(
              "select action, denied from consent_operation where asset = 'release.repair_history' order by at"
            )
          )
          assert.isTrue(uses.every(({ action }) => action === "share+sell"))
          assert.isAbove(uses.length, 3)
        }).pipe(Effect.provide(houseApp(home)))
      }),
    60_000
  )
})
