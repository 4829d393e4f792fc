/** A product of rows as they are, for one recipient. */
export const consentedYaml = `product: usage_records
title: { zh: 用量明细, en: Usage records }
description: { zh: 客户同意的用量明细, en: Usage records by consent }
owner: sales-ops
steward: data-steward
classification: restricted
source_of_right: Grants of the customers
scenario: { purpose: "dpv:MarketResearch", required: [region], history: 12 months, freshness: 31 days }
dictionary:
  subject_id: { zh: 客户, en: Customer }
  region: { zh: 地区, en: Region }
  amount_minor: { zh: 金额（分）, en: Amount in fen }
from: core.order
release: { kind: consented, recipient: "party:acme-repair", columns: [subject_id, region, amount_minor], until: 2099-12-31 }
terms: { purposes: ["dpv:MarketResearch"], onward: false, territory: [CN], retention: 30 days }
price: { base: "1000.00 CNY", floor: "10.00 CNY" }
`

/** A grant that lets a subject's rows into it, as a controller writes it down. */
export const grantOf = (subject: string): string =>
  JSON.stringify({
    subject,
    exp: 4_200_000_000,
    separateConsent: true,
    evidence: { kind: "E2", digest: "ab".repeat(32) },
    rules: [
      {
        effect: "permit",
        actions: ["store", "derive", "aggregate", "share", "sell"],
        purposes: ["dpv:MarketResearch"],
        recipientClass: ["internal", "third-party", "party:acme-repair"],
        categories: ["dpv-pd:Identifying", "dpv-pd:Location", "dpv-pd:Transactional"],
        onward: false
      }
    ]
  })
