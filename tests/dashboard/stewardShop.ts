export const customers = 600
const secretMail = (i: number): string => `person${i}@mail.example`

/** A small CRM export: two orders a customer, one line that is too short to be a row, and an address that must never show. */
export const orders = [
  "order_id,account,region,amount,placed,email",
  ...Array.from({ length: customers * 2 }, (_, i) => {
    const region = ["north", "south", "east", "west", "centre", "abroad"][i % 6]!
    return `o${i},c${i % customers},${region},${((i * 37) % 900) + 10},2026-0${(i % 9) + 1}-11,${secretMail(i)}`
  }),
  "o-broken,c1"
].join("\n")

export const declared = {
  stream: "orders",
  path: "orders.csv",
  options: { delimiter: ",", header: true, tolerate: 0.05 },
  key: ["order_id"],
  time: { field: "placed", format: "%Y-%m-%d" },
  subject: "account",
  licence: {
    basis: "contract",
    actions: ["store", "derive", "aggregate", "share", "sell"],
    purposes: ["dpv:MarketResearch"],
    recipients: ["internal", "third-party"],
    expires: "2035-12-31",
    evidence: "E1"
  },
  categories: {
    region: "dpv-pd:Location",
    amount: "dpv-pd:Transactional",
    placed: "dpv-pd:Transactional",
    order_id: "dpv-pd:Transactional"
  }
}

/** A product file of noisy numbers of customers by region. */
export const draft = (epsilon: number, extra: object = {}) => ({
  product: "orders_by_region",
  title: { zh: "各地订单", en: "Orders by region" },
  description: { zh: "各地的客户数", en: "Customers of each region" },
  owner: "sales-ops",
  steward: "data-steward",
  classification: "internal",
  source_of_right: "Terms of sale",
  scenario: { purpose: "dpv:MarketResearch", required: ["region", "customers"], freshness: "12 months" },
  dictionary: { region: { zh: "地区", en: "Region" }, customers: { zh: "客户数", en: "Customers, noisy" } },
  from: "core.shop__orders",
  release: {
    kind: "dp_aggregate",
    unit: "subject_id",
    by: ["region"],
    keys: { region: ["north", "south", "east", "west", "centre", "abroad"] },
    measures: [{ name: "customers", count: "subjects" }],
    bounds: { groups_per_subject: 2, rows_per_group: 1 },
    population: { subjects: customers },
    epsilon,
    delta: 1e-6
  },
  terms: { purposes: ["dpv:MarketResearch"], onward: false, territory: ["CN"], retention: "365 days" },
  price: { base: "12000.00 CNY", floor: "120.00 CNY" },
  ...extra
})
