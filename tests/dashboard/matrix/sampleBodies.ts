import { erasePhrases } from "#dashboard/api/customer/erasePhrases.ts"
import { designDraft } from "./designDraft.ts"

const token = "A".repeat(43)
const change = {
  cells: [{ purpose: "dpv:RepairImpairments", recipient: "party:acme-repair" }],
  categories: ["dpv-pd:Transactional"],
  until: "2030-06-30"
}
const consent = { ...change, notice: "0".repeat(64), language: "en" }

/** A body of every route that takes one, by the route's name: it decodes, and changes nothing that others of the tests need. A test fails where one is missing. */
export const sampleBodies: Readonly<Record<string, object>> = {
  adminBuyerVerify: {
    buyer: "buyer-b",
    legalEntity: "Acme Ltd",
    country: "CN",
    taxId: "91310000MA1FL0X00K",
    evidence: "An extract"
  },
  adminBuyerBlock: { reason: "for a test" },
  adminCapSet: { scope: "buyer", name: "buyer-c", epsilon: "0.5" },
  adminRevenueImport: { csv: "month,total\n", source: "A ledger" },
  adminTax: { country: "CN", percent: "6", since: "2026-01-01", note: "none" },
  adminComparables: { product: "no_such_product", document: "{}" },
  adminBackup: { drill: false },
  adminRevenue: { month: "2026-10", total: "1000.00 CNY", source: "A ledger" },
  buyerScenario: {
    name: "entry",
    purpose: "dpv:MarketResearch",
    required: ["state"],
    optional: ["orders"],
    history: "12 months",
    freshness: "31 days",
    threshold: 50
  },
  buyerTrial: { product: "no_such_product", offer: "0" },
  buyerKey: { holder: "ord_00000" },
  buyerShare: { holder: "ord_00000" },
  customerDraft: change,
  customerChange: consent,
  customerSigning: { ...consent, passkey: "0".repeat(64) },
  customerSign: { token: "x", assertion: { credential: "x", authenticatorData: "x", clientData: "x", signature: "x" } },
  customerErase: { phrase: erasePhrases.en },
  embedMake: { kind: "product", target: "orders_by_nothing", origins: ["https://erp.example.com"], days: 7 },
  stewardInspect: { folder: "inbox", file: "none.csv" },
  stewardConnect: { folder: "elsewhere", source: "another", streams: [] },
  stewardStartRun: { selection: "core.nothing" },
  stewardTrace: { asset: "core.shop__orders", where: { order_id: "x" } },
  stewardDesign: { draft: designDraft() },
  stewardSaveDraft: { draft: designDraft() },
  stewardDecide: { move: "reject", reason: "for a test", on: "2027-01-01", successor: "orders_by_state" },
  stewardApprove: { reason: "for a test" },
  stewardRecordEvidence: { item: "no_item", name: "a.txt", content: "AAAA", note: "none" },
  stewardRevoke: { subject: "nobody" },
  stewardInvite: { subject: "nobody" },
  passkeyRegistration: {},
  passkeyRegister: { label: "mine", response: {} },
  passkeySignIn: { response: {} },
  passkeyVerify: { response: {} },
  openIdFinish: { ticket: token, state: token, code: "x" },
  principalPropose: { name: "new-account-3", roles: ["auditor"] },
  invite: { name: "nobody-here" },
  elevationAsk: { role: "auditor", reason: "to look at the log", hours: 1 },
  signIn: { token },
  makeQuote: { product: "no_such_product", offer: "0" },
  placeOrder: { quote: "quo_0000000000" }
}
