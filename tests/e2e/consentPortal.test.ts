import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { verifyUses, verifyReceipt, policyOfKey } from "#core/log/verifier/assay-verify.mjs"
import { Refused } from "#core/Refused.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import type { CustomerBenefits } from "#dashboard/api/customer/CustomerBenefits.ts"
import type { CustomerReceipts } from "#dashboard/api/customer/CustomerReceipts.ts"
import type { CustomerUses } from "#dashboard/api/customer/CustomerUses.ts"
import type { LicenceChanged } from "#dashboard/api/customer/LicenceChanged.ts"
import type { LicenceDraft } from "#dashboard/api/customer/LicenceDraft.ts"
import type { Licences } from "#dashboard/api/customer/Licences.ts"
import type { RevocationReceipt } from "#dashboard/api/customer/RevocationReceipt.ts"
import { assay, assayJson } from "../assay.ts"
import { putOnSale } from "../catalog/putOnSale.ts"
import { openRepairShop } from "./openRepairShop.ts"

const product = "repair_history"
const until = "2030-06-30"

const codeOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { error: { code: string } }).error.code

describe("the customer's portal", () => {
  it("lets customers permit in one step, see and check each use, take back, and be in nothing that is made afterwards", async () => {
    const shop = await openRepairShop()
    try {
      const { ask, call } = shop

      const change = {
        cells: [{ purpose: "dpv:RepairImpairments", recipient: "party:acme-repair" }],
        categories: ["dpv-pd:Transactional"],
        until
      }
      const digests: Array<string> = []
      const customers = await Promise.all(
        ["c000", "c001", "c002", "c003", "c004", "c005", "c006", "c007"].map((id) => shop.customer(id))
      )
      for (const { cookie } of customers) {
        const before = await ask<Licences>(cookie, "/api/customer/licences")
        assert.deepStrictEqual([before.basis, before.state, before.evidence], ["asserted", "ACTIVE", 1])
        assert.include(
          before.cells
            .filter(({ answer }) => answer === "permitted")
            .map(({ purpose, recipient }) => `${purpose} ${recipient}`),
          "dpv:MarketResearch third-party"
        )
        const draft = await ask<LicenceDraft>(cookie, "/api/customer/licences/draft", change)
        assert.isTrue(draft.takesAway)
        assert.isAbove(draft.lost.length, 0)
        const consent = { ...change, notice: draft.sha256, language: "en" }
        assert.strictEqual(
          await codeOf(await call(cookie, "/api/customer/licences", { ...consent, until: "2030-07-01" })),
          "licence.notice"
        )
        const changed = await ask<LicenceChanged>(cookie, "/api/customer/licences", consent)
        assert.deepStrictEqual(
          [changed.seq, changed.licences.basis, changed.licences.evidence, changed.licences.until],
          [1, "granted", 2, until]
        )
        // The house's own word allowed market research; that is gone, and what it was made into froze at once.
        assert.isNotNull(changed.receipt)
        digests.push(changed.digest)
        const again = await ask<LicenceDraft>(cookie, "/api/customer/licences/draft", change)
        assert.deepStrictEqual([again.takesAway, again.lost, again.gained], [false, [], []])
      }
      const made = await shop.runAll()
      assert.deepStrictEqual(made.failed, [])
      await shop.run(putOnSale(product))

      const [first, other] = customers as [(typeof customers)[number], (typeof customers)[number]]
      const uses = await ask<CustomerUses>(first.cookie, "/api/customer/uses")
      const checked = verifyUses(uses.bundle, policyOfKey(uses.bundle.key))
      const shared = checked.find(({ asset }) => asset === `release.${product}`)!
      assert.deepStrictEqual(
        [shared.member, shared.purpose, shared.recipient],
        ["present", "dpv:RepairImpairments", "party:acme-repair"]
      )
      assert.notStrictEqual(uses.bundle.salt, (await ask<CustomerUses>(other.cookie, "/api/customer/uses")).bundle.salt)
      const stranger = await shop.customer("c030")
      const absence = await ask<CustomerUses>(stranger.cookie, `/api/customer/uses/${shared.operation}`)
      assert.strictEqual(verifyUses(absence.bundle, policyOfKey(absence.bundle.key))[0]!.member, "absent")

      const tariff = join(shop.folder, "tariff.yaml")
      const line = '{ category: "dpv-pd:Financial", purpose: "dpv:ServiceProvision", perSale: "0.004" }'
      writeFileSync(tariff, `currency: CNY\nlines: [${line}]\n`)
      await assayJson("tariff", "set", tariff, "--by", "Li Wei", "--home", shop.home)
      const quote = await shop.run(Effect.flatMap(Quotes, (quotes) => quotes.create(product)))
      const order = await shop.run(
        Effect.flatMap(Orders, (orders) => orders.place({ quote: quote.id, buyer: "Acme Repair", key: "o" }))
      )
      await shop.run(Effect.flatMap(Orders, (orders) => orders.pay(order.id, "p")))
      const buyer = await shop.signIn("buyer", "Acme Repair")
      const file = `/api/orders/${order.id}/delivery?format=csv`
      const rows = await (await call(buyer, file)).text()
      assert.include(rows, digests[0]!)

      // Each who was in it earns the same by the sale, who was not earns nothing, and the house knows what it owes in all.
      const earned = await ask<CustomerBenefits>(first.cookie, "/api/customer/benefits")
      assert.deepStrictEqual(
        earned.lines.map(({ product: sold, micro, currency }) => [sold, micro, currency]),
        [[product, 400_000, "CNY"]]
      )
      assert.deepStrictEqual(
        (await ask<CustomerBenefits>(other.cookie, "/api/customer/benefits")).totals,
        earned.totals
      )
      assert.deepStrictEqual((await ask<CustomerBenefits>(stranger.cookie, "/api/customer/benefits")).lines, [])
      const { owed } = await assayJson<{ owed: ReadonlyArray<{ total: object }> }>(
        "tariff",
        "show",
        "--home",
        shop.home
      )
      // Eight times 0.4 fen, rounded down once.
      assert.deepStrictEqual(
        owed.map(({ total }) => total),
        [{ minor: 3, currency: "CNY" }]
      )

      // Another's digest is as unknown as one that never was.
      for (const digest of [digests[1]!, "0".repeat(64)]) {
        const answer = await call(first.cookie, `/api/customer/grants/${digest}?format=odrl`)
        assert.strictEqual(await codeOf(answer), "grant.unknown")
      }
      const receipt = await ask<{ record_metadata: { record_id: string } }>(
        first.cookie,
        `/api/customer/grants/${digests[0]}?format=receipt`
      )
      assert.strictEqual(receipt.record_metadata.record_id, digests[0])

      const revoked = await ask<RevocationReceipt>(first.cookie, "/api/customer/revoke", "post")
      assert.includeDeepMembers(
        [...revoked.frozen],
        [
          { kind: "product", name: product, effect: "suspended" },
          { kind: "delivery", name: `${product} ${order.version}`, effect: "recalled" }
        ]
      )
      assert.match(revoked.root, /^[0-9a-f]{64}$/)
      const begun = performance.now()
      assert.strictEqual(await codeOf(await call(buyer, file)), "product.suspended")
      assert.isBelow(performance.now() - begun, 1000)
      const out = join(shop.folder, "out")
      const refused = await assay("deliver", order.id, "--format", "csv", "--out", out, "--home", shop.home)
      assert.strictEqual(refused.exit, 3)

      // By itself it waits until several have left; a person may decide otherwise.
      const [waiting] = (await shop.runAll(true)).failed
      assert.deepStrictEqual(
        [waiting?.asset, waiting?.error instanceof Refused ? waiting.error.code : ""],
        [`release.${product}`, "release.waits"]
      )
      assert.strictEqual(await codeOf(await call(buyer, file)), "product.suspended")
      assert.deepStrictEqual((await shop.runAll()).failed, [])
      const after = await (await call(buyer, file)).text()
      assert.notInclude(after, digests[0]!)
      assert.include(after, digests[1]!)
      const delivered = await assay("deliver", order.id, "--format", "csv", "--out", out, "--home", shop.home)
      assert.strictEqual(delivered.exit, 0)
      const written = readdirSync(out).filter((name) => name.endsWith(".csv"))
      assert.lengthOf(written, 1)
      assert.notInclude(readFileSync(join(out, written[0]!), "utf8"), digests[0]!)

      const receipts = await ask<CustomerReceipts>(first.cookie, "/api/customer/receipts")
      const proven = receipts.revocations.at(-1)!
      assert.isNotNull(proven.settledAt)
      assert.strictEqual(
        verifyReceipt({ ...proven, salt: receipts.salt }, policyOfKey(receipts.key)).epoch,
        revoked.epoch
      )
      assert.deepStrictEqual(
        receipts.recalls.map(({ buyer: name, attestedAt }) => [name, attestedAt]),
        [["Acme Repair", null]]
      )
      // The buyer declares that nothing is left, and the customer sees it.
      const home = ["--home", shop.home]
      const { recalls } = await assayJson<{ recalls: ReadonlyArray<{ id: string }> }>("recalls", ...home)
      const declare = ["attest", recalls[0]!.id, "--by", "Chen Jie", ...home]
      const another = await assay(...declare, "--buyer", "Somebody Else")
      assert.strictEqual(another.exit, 4)
      const attested = await assayJson<{ at: string; document: string }>(...declare, "--buyer", "Acme Repair")
      assert.include(attested.document, "Chen Jie")
      assert.strictEqual((await assayJson<{ at: string }>(...declare, "--buyer", "Acme Repair")).at, attested.at)
      const seen = await ask<CustomerReceipts>(first.cookie, "/api/customer/receipts")
      assert.deepStrictEqual(
        seen.recalls.map(({ attestedAt }) => attestedAt),
        [attested.at]
      )
      const later = (await ask<CustomerUses>(first.cookie, "/api/customer/uses")).bundle
      for (const use of verifyUses(later, policyOfKey(later.key))) assert.isAtMost(use.epoch, revoked.epoch)

      for (const { cookie } of customers.slice(1, 5)) await ask(cookie, "/api/customer/revoke", "post")
      assert.lengthOf((await shop.runAll(true)).failed, 1)
      await ask(customers[5]!.cookie, "/api/customer/revoke", "post")
      assert.deepStrictEqual((await shop.runAll(true)).failed, [])
      const together = await (await call(buyer, file)).text()
      for (const digest of digests.slice(0, 6)) assert.notInclude(together, digest)
      for (const digest of digests.slice(6)) assert.include(together, digest)

      // A steward invites a customer, and acts for one who asks at the counter; whose salt it is stays with the customer.
      const steward = await shop.signIn("steward")
      const { address } = await ask<{ address: string }>(steward, "/api/steward/subjects/invite", { subject: "c040" })
      const invited = await shop.useLink(address)
      assert.strictEqual((await ask<Licences>(invited, "/api/customer/licences")).basis, "asserted")
      const behalf = await ask<RevocationReceipt>(steward, "/api/steward/subjects/revoke", { subject: "c040" })
      assert.isAbove(behalf.epoch, revoked.epoch)
      assert.notProperty(behalf, "salt")
      assert.strictEqual((await ask<Licences>(invited, "/api/customer/licences")).state, "FROZEN")
      const unknown = await call(steward, "/api/steward/subjects/invite", { subject: "nobody" })
      assert.strictEqual(await codeOf(unknown), "subject.unknown")

      // A lesser grant at the terminal freezes what was made under the wider one, too.
      const lesser = join(shop.folder, "lesser.json")
      writeFileSync(
        lesser,
        JSON.stringify({ subject: "c006", rules: [], evidence: { kind: "E2", digest: "ab".repeat(32) } })
      )
      const narrowed = await assayJson<{ frozen: RevocationReceipt["frozen"] }>("grant", lesser, ...home)
      assert.isTrue(narrowed.frozen.some(({ name, effect }) => name === product && effect === "suspended"))
      assert.strictEqual(await codeOf(await call(buyer, file)), "product.suspended")

      const erase = await call(first.cookie, "/api/customer/erase", { phrase: "yes" })
      assert.strictEqual(erase.status, 400)
      await ask(first.cookie, "/api/customer/erase", { phrase: "erase all my data" })
      assert.strictEqual((await call(first.cookie, "/api/customer/licences")).status, 401)
      const nobody = await shop.signIn("customer", "customer-x", first.subj)
      assert.strictEqual((await ask<Licences>(nobody, "/api/customer/licences")).state, "ERASED")
      const unbound = await shop.signIn("customer")
      assert.strictEqual(await codeOf(await call(unbound, "/api/customer/uses")), "customer.subject")
    } finally {
      await shop.close()
    }
  }, 120_000)
})
