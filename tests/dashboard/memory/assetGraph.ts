import type { AssetGraph } from "#dashboard/api/AssetGraph.ts"
import type { AssetNode } from "#dashboard/api/AssetNode.ts"

const made: Readonly<Record<string, ReadonlyArray<string>>> = {
  "raw.crm__accounts": [],
  "raw.crm__contacts": [],
  "raw.crm__opportunities": [],
  "raw.crm__orders": [],
  "raw.crm__order_lines": [],
  "raw.crm__subscriptions": [],
  "raw.crm__interactions": [],
  "core.account": ["raw.crm__accounts"],
  "core.contact": ["raw.crm__contacts", "core.account"],
  "core.opportunity": ["raw.crm__opportunities", "core.account"],
  "core.order": ["raw.crm__orders", "core.account"],
  "core.order_line": ["raw.crm__order_lines", "core.order"],
  "core.subscription": ["raw.crm__subscriptions", "core.account"],
  "core.interaction": ["raw.crm__interactions", "core.contact"],
  "feature.intent": ["core.interaction"],
  "feature.decision_step": ["feature.intent", "core.opportunity", "core.contact"],
  "feature.regional_order": ["core.order", "core.order_line", "core.account"],
  "feature.maturity": ["core.subscription", "core.interaction"],
  "release.equipment_decision_chain": ["feature.decision_step"],
  "release.buyer_region_preference": ["feature.regional_order"],
  "release.sme_digital_maturity": ["feature.maturity"]
}

const stale = new Map([
  ["feature.maturity", { zh: "上游有更新：core.interaction", en: "its inputs moved on: core.interaction" }],
  ["release.sme_digital_maturity", { zh: "上游有更新：feature.maturity", en: "its inputs moved on: feature.maturity" }]
])

const nodes: ReadonlyArray<AssetNode> = Object.keys(made).map((key, i) => {
  const group = key.split(".")[0]!
  return {
    key,
    group,
    kind: group === "raw" ? "incremental_by_unique_key" : "full",
    barrier: group === "release",
    state: stale.has(key) ? "stale" : "fresh",
    reasons: stale.has(key) ? [stale.get(key)!] : [],
    madeAt: `2026-11-${String(20 + (i % 3)).padStart(2, "0")}T0${i % 8}:14:00Z`,
    version: `v_${(i * 7919 + 104_729).toString(36)}`,
    rows: group === "release" ? 168 + i : 4_000 * (i + 3)
  }
})

/** A graph of the shape the demo has. */
export const assetGraph: AssetGraph = {
  nodes,
  edges: Object.entries(made).flatMap(([to, inputs]) => inputs.map((from) => ({ from, to })))
}
