import { assert, describe, it } from "@effect/vitest"
import type { Connection } from "#pipelines/sources/Connections.ts"
import { licenceGaps } from "#pipelines/release/licenceGaps.ts"
import type { ReleaseDefinition } from "#pipelines/release/ReleaseDefinition.ts"

const definition = { product: "p", purpose: "dpv:MarketResearch" } as ReleaseDefinition
const whole = {
  basis: "contract",
  actions: ["aggregate", "sell"],
  purposes: ["dpv:MarketResearch"],
  recipients: [],
  expires: "2028-12-31",
  evidence: "E1"
} as const
const connected = (licence: object | undefined): ReadonlyArray<Connection> => [
  {
    spec: {
      source: "shop",
      kind: "files",
      file: "",
      root: "",
      streams: [{ stream: "orders", path: "x", ...(licence === undefined ? {} : { licence }) }]
    },
    sample: undefined,
    addedAt: ""
  } as Connection
]
const gaps = (licence: object | undefined, lineage = "raw.shop__orders"): ReadonlyArray<string> =>
  licenceGaps(definition, new Set([lineage]), connected(licence), "2026-11-22")

describe("licenceGaps", () => {
  it("finds none where the licence names purpose and actions and holds", () => {
    assert.deepStrictEqual(gaps(whole), [])
  })

  it("tells a licence that is missing, expired, for another purpose or without the actions", () => {
    assert.match(gaps(undefined).join(), /declares no licence/)
    assert.match(gaps({ ...whole, expires: "2026-11-21" }).join(), /expired/)
    assert.deepStrictEqual(gaps({ ...whole, expires: "2026-11-22" }), [])
    assert.match(gaps({ ...whole, purposes: ["dpv:ServiceProvision"] }).join(), /does not name the purpose/)
    assert.match(gaps({ ...whole, actions: ["store"] }).join(), /aggregate or sell/)
  })

  it("does not mind streams that the release is not made from", () => {
    assert.deepStrictEqual(gaps(undefined, "raw.shop__other"), [])
  })
})
