import { assert, describe, it } from "@effect/vitest"
import { planText } from "#dashboard/terminal/planText.ts"
import type { AssetPlan } from "#pipelines/plan/AssetPlan.ts"
import type { HomePlan } from "#pipelines/planHome.ts"

const settled: AssetPlan = {
  key: "core.calm",
  kind: "full",
  state: "unchanged",
  change: null,
  columns: [],
  recompute: null,
  products: []
}
const stale: AssetPlan = {
  key: "core.order",
  kind: "full",
  state: "stale",
  reason: "code",
  inputs: [],
  change: "breaking",
  columns: [
    { column: "city", class: "breaking", what: "computed" },
    { column: "more", class: "non_breaking", what: "added" }
  ],
  recompute: { rows: 68_005 },
  products: ["regions"]
}
const draw = {
  product: "regions",
  state: "draw",
  period: "2026-12",
  rho: 0.015,
  epsilon: 0.8,
  delta: 1e-6,
  prediction: undefined,
  runsOut: "2029-03-06"
} as const
const impact = {
  product: "regions",
  version: "2026-11.1",
  rows: 132,
  price: { minor: 400_000, currency: "CNY" },
  expected: { minor: 1_000_000, currency: "CNY" }
}

const home = (more: Partial<HomePlan>): HomePlan => ({
  assets: [settled],
  releases: [],
  impact: [],
  licences: [],
  ...more
})

describe("planText", () => {
  it("says what a run means in rows, columns, products, privacy and price", () => {
    const text = planText(home({ assets: [settled, stale], releases: [draw], impact: [impact] }), "en").split("\n")
    for (const line of [
      "Assets to make: 1, with 68,005 rows when last made.",
      "Columns that change: 2 (breaking 1, non-breaking 1).",
      "Products concerned: regions.",
      "Products drawn anew: regions.",
      "Privacy loss: rho 0.015000, charged to the budget of everybody in these products.",
      "Prices: expected to change for 1 of 1, see below.",
      "regions: version 2026-11.1 (132 rows) is listed at 4000.00 CNY; a fresh one is expected at 10000.00 CNY (+150.0 %)."
    ]) {
      assert.include(text, line)
    }
  })

  it("counts a product that is drawn for a new period though no asset below it changed", () => {
    const same = { ...impact, expected: impact.price }
    const text = planText(home({ releases: [draw], impact: [same] }), "zh").split("\n")
    for (const line of [
      "将生成的资产：无。",
      "改变的列：无。",
      "涉及的产品：regions。",
      "隐私损失：rho 0.015000，计入每个人的总预算。",
      "价格：预计不变。",
      "regions：版本 2026-11.1（132 行）现价 4000.00 CNY，新版本预计同价。"
    ]) {
      assert.include(text, line)
    }
  })

  it("costs no privacy and names no price where nothing is drawn, and says when a change arrives", () => {
    const stored = { ...draw, state: "stored", rho: 0 } as const
    const text = planText(home({ assets: [stale], releases: [stored], impact: [impact] }), "en")
    assert.include(text, "Privacy loss: none, since nothing is drawn.")
    assert.include(text, "The change reaches it with its next period.")
    assert.notInclude(text, "CNY")
    assert.include(planText(home({ releases: [draw] }), "en"), "Prices: set when they are listed.")
  })
})
