import { assert, describe, it } from "@effect/vitest"
import { odrlView } from "#privacy/consent/view/odrlView.ts"
import { receiptView } from "#privacy/consent/view/receiptView.ts"
import { grantOf, permission } from "./consentLayer.ts"

const draft = { subject: "5".repeat(64), seq: 1, prev: null, nonce: "n" }
const grant = grantOf(draft, 1_800_000_000, {
  rules: [permission, { ...permission, effect: "prohibit", actions: ["sell"], recipientClass: ["party:bank"] }]
})
const digest = "d".repeat(64)

describe("views of a grant", () => {
  it("say in ODRL what is permitted and prohibited, for whom, for what and in which time, and that prohibitions win", () => {
    const view = JSON.parse(JSON.stringify(odrlView(grant, digest)))
    assert.deepStrictEqual(
      [view["@type"], view.conflict["@id"], view.uid],
      ["Agreement", "odrl:prohibit", `urn:assay:grant:${digest}`]
    )
    assert.deepStrictEqual([view.permission.length, view.prohibition.length], [1, 1])
    assert.deepStrictEqual(view.prohibition[0].action, [{ "@id": "odrl:sell" }])
    const operands = view.permission[0].constraint.map((one: { leftOperand: string }) => one.leftOperand)
    assert.deepStrictEqual(operands, ["odrl:purpose", "odrl:recipient", "odrl:dateTime", "odrl:dateTime"])
    assert.strictEqual(view.permission[0].constraint[3].rightOperand["@value"], "2027-01-15T08:16:40.000Z")
    assert.notInclude(JSON.stringify(view), "nonce")
  })

  it("give the subject a receipt with what ISO/IEC TS 27560 asks a record for", () => {
    const view = JSON.parse(JSON.stringify(receiptView(grant, digest, 1_800_000_001)))
    assert.deepStrictEqual(Object.keys(view), [
      "receipt_metadata",
      "record_metadata",
      "pii_processing",
      "party_identification",
      "event"
    ])
    assert.deepStrictEqual(view.pii_processing.purposes, [
      {
        purpose: "dpv:ServiceProvision",
        lawful_basis: "consent",
        processing: permission.actions,
        pii_information: permission.categories,
        recipients: permission.recipientClass
      }
    ])
    assert.lengthOf(view.pii_processing.prohibitions, 1)
    assert.strictEqual(view.event.event_type, "authenticated click on the notice")
    assert.strictEqual(view.record_metadata.pii_principal_id, draft.subject)
  })
})
