import { createHash } from "node:crypto"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { Indexes } from "#catalog/index/Indexes.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { VersionDraft } from "#catalog/product/ProductVersion.ts"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { releasedQuality } from "#pricing/index/releasedQuality.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const keys = [Array.from({ length: 400 }, (_, i) => `s${i}`)]
const values = Array.from({ length: 400 }, (_, i) => 500 - i)
const bytes = "a released table"

/** A version that lacks nothing that the house can measure: only people have not vouched for it yet. */
export function soundVersion(changes: Partial<VersionDraft> = {}): VersionDraft {
  const { offering } = sampleVersion()
  const column = sampleVersion().columns[0]!
  return sampleVersion({
    artefact: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
    governance: { steward: "data-steward", classification: "internal", sourceOfRight: "Terms of sale" },
    offering: {
      ...offering,
      description: { zh: "各州的订单数", en: "Orders of each state" },
      scenario: { ...offering.scenario, required: ["state", "orders"], optional: [] }
    },
    columns: [
      { ...column, note: { zh: "公开清单", en: "Public list" } },
      {
        name: "orders",
        label: { zh: "订单数", en: "Number of orders" },
        type: "BIGINT",
        part: "measure",
        unit: "row",
        note: { zh: "含噪声", en: "Noisy" }
      }
    ],
    certificate: {
      release: changes.release ?? "rel_1",
      hash: "c".repeat(64),
      lineage: { level: "asset", assets: ["core.order"] },
      keys: [{ name: "state", from: "state", rule: "public list" }],
      measures: [{ name: "orders", rho: 0.02, halfWidth95: 10, predictedMedianRelativeError: 0.05 }]
    },
    quality: releasedQuality({ release: "rel_1", keys, measures: [{ values, least: 0, halfWidth95: 10 }] }, listedAt),
    ...changes
  })
}

/** Puts a sound version on the shelf and into the catalog. */
export const putOnShelf = Effect.fnUntraced(function* (changes: Partial<VersionDraft> = {}) {
  const draft = soundVersion(changes)
  writeFileSync(join((yield* Home).shelf, `${draft.artefact}.parquet`), bytes)
  const catalog = yield* Catalog
  return yield* (yield* Records).write((db) => catalog.insertVersion(db, draft))
})

/** What only people can vouch for. */
export const vouched = ["G5", "G7", "value_hypothesis", "open_issues", "exports"]

/** Has one person vouch for all of it. */
export const vouch = Effect.fnUntraced(function* (product = "orders_by_state") {
  const indexes = yield* Indexes
  for (const item of vouched)
    yield* indexes.record({ product, item, value: 1, signer: "carla", note: "Seen.", days: 300, isDemo: false })
})
