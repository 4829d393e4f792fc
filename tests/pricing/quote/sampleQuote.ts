import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import type { QuoteRequest } from "#pricing/quote/makeQuote.ts"

const listed = "2026-11-12T08:30:00.000Z"
const stated = (field: string, value: number, unit: string) =>
  publicNumber(value, unit, `product:orders_by_state#price.${field}`, "2026-11-01T00:00:00.000Z")
const released = (field: string, value: number, unit: string) =>
  releasedNumber(value, unit, `release:rel_5k2#${field}`, listed, "rel_5k2")

/** The golden offer of pricing.md as a quote ten days after its rows' event time. */
export const sampleRequest: QuoteRequest = {
  id: "quo_7h3m",
  product: "orders_by_state",
  version: "2026-11.2",
  artefact: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  currency: "CNY",
  issuedAt: "2026-11-22T09:15:00.000Z",
  inputs: {
    policy: {
      base: stated("base", 1_000_000, "minor"),
      floor: stated("floor", 12_000, "minor"),
      halfLife: stated("half_life", 30, "day"),
      grace: stated("grace", 1, "day"),
      archival: stated("archival", 0.2, "share"),
      beta: stated("beta", 0.7, "exponent"),
      r0: stated("r0", 0.15, "rho")
    },
    demand: publicNumber(1.06, "factor", "demand:orders_by_state", "2026-11-22T00:00:00.000Z"),
    reference: {
      bits: released("depth", 12.4, "bit"),
      mu: released("rows", 1_000_000, "row"),
      rho: released("rho", 0.147264, "rho")
    },
    artefact: {
      bits: released("depth", 7.1, "bit"),
      rho: released("rho", 0.017469, "rho"),
      rows: [
        {
          rows: released("rows", 250_000, "row"),
          weight: publicNumber(1, "weight", "product:orders_by_state#strata", listed),
          asOf: "2026-11-12"
        }
      ]
    }
  }
}
