import { customers } from "./secretFiles.ts"

/** A product file over the orders of the shop, as a form of the designer has it. */
export const designDraft = (by = "region", measured = "amount_minor") => ({
  product: "orders_by_region",
  title: { zh: "各地订单", en: "Orders by region" },
  owner: "sales-ops",
  scenario: { purpose: "dpv:MarketResearch", required: ["region", "customers"], freshness: "12 months" },
  from: "core.shop__orders",
  release: {
    kind: "dp_aggregate",
    unit: "subject_id",
    by: [by],
    keys: { [by]: ["north", "south", "east"] },
    measures: [
      { name: "customers", count: "subjects" },
      { name: "spend", sum: measured, lower: 0, upper: 1000 }
    ],
    bounds: { groups_per_subject: 2, rows_per_group: 1 },
    population: { subjects: customers },
    epsilon: 3,
    delta: 1e-6
  },
  terms: { purposes: ["dpv:MarketResearch"], onward: false, territory: ["CN"], retention: "365 days" },
  price: { base: "12000.00 CNY", floor: "120.00 CNY" }
})
