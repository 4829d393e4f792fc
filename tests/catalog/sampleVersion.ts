import type { VersionDraft } from "#catalog/product/ProductVersion.ts"
import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import { readPricePolicy } from "#pricing/quote/readPricePolicy.ts"

export const listedAt = "2026-11-12T08:30:00.000Z"

/** A version of orders by state: 27 rows, 7.1 bits, dated to the day it was listed. */
export function sampleVersion(changes: Partial<VersionDraft> = {}): VersionDraft {
  const release = changes.release ?? "rel_1"
  const released = (field: string, value: number, unit: string) =>
    releasedNumber(value, unit, `release:${release}#${field}`, listedAt, release)
  const { policy, currency } = readPricePolicy(
    {
      base: "12000.00 CNY",
      half_life: "30 days",
      grace: "1 day",
      archival: 0.2,
      beta: 0.7,
      r0: 0.15,
      floor: "120.00 CNY"
    },
    "orders_by_state",
    listedAt
  )
  return {
    product: "orders_by_state",
    offering: {
      title: { zh: "各州下单偏好", en: "Orders by state" },
      owner: "sales-ops",
      scenario: {
        purpose: "dpv:MarketResearch",
        required: ["state", "orders"],
        optional: ["spend_minor"],
        history: "12 months",
        freshness: "31 days"
      },
      terms: { purposes: ["dpv:MarketResearch"], onward: false, territory: ["CN"], retention: "365 days" }
    },
    period: "2026-11",
    asOf: "2026-11-12",
    release,
    artefact: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    bytes: 1234,
    rows: released("rows", 27, "row"),
    columns: [
      {
        name: "state",
        label: { zh: "州", en: "State" },
        type: "VARCHAR",
        part: "key",
        unit: "",
        note: { zh: "", en: "" }
      }
    ],
    certificate: {
      release,
      hash: "c".repeat(64),
      lineage: { level: "asset", assets: ["core.order", "raw.sample__orders"] }
    },
    bits: released("depth", 7.1, "bit"),
    rho: released("rho", 0.0244, "rho"),
    epsilon: 1,
    delta: 1e-6,
    currency,
    policy,
    listedAt,
    ...changes
  }
}
