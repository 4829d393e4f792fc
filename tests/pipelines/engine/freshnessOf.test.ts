import { assert, describe, it } from "@effect/vitest"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { freshnessOf } from "#pipelines/engine/freshnessOf.ts"
import { stateInWords } from "#pipelines/engine/stateInWords.ts"
import { plainAsset } from "./openEngine.ts"

const now = Date.parse("2026-03-10T06:00:00Z")
const hoursAgo = (n: number): number => now - n * 3_600_000
const policy = { warnAfterHours: 24, failAfterHours: 48 }
const full: Asset = { ...plainAsset, key: "core.order", kind: "full", freshness: policy }
const daily: Asset = {
  ...full,
  kind: "incremental_by_time_range",
  partitions: { type: "daily", by: "day", start: "2026-01-01" }
}
const none = { missing: [], touched: [] }

describe("freshnessOf", () => {
  it("goes by when an asset was last made or found unchanged, and fails what never was", () => {
    const state = (confirmedAt: number | undefined): string | undefined =>
      freshnessOf(full, confirmedAt, undefined, now)?.state
    assert.deepStrictEqual(
      [state(hoursAgo(23)), state(hoursAgo(25)), state(hoursAgo(49)), state(undefined)],
      ["fresh", "warn", "fail", "fail"]
    )
    const { freshness: _, ...without } = full
    assert.isUndefined(freshnessOf(without, hoursAgo(900), undefined, now))
    const warnOnly = { ...full, freshness: { warnAfterHours: 1 } }
    assert.strictEqual(freshnessOf(warnOnly, hoursAgo(900), undefined, now)?.state, "warn")
  })

  it("goes by each day of a daily asset: how long after its end it is missing or out of date", () => {
    const of = (from: string, to: string) =>
      freshnessOf(daily, hoursAgo(900), { ...none, missing: [{ from, to }] }, now)
    assert.strictEqual(freshnessOf(daily, hoursAgo(900), none, now)?.state, "fresh")
    // Yesterday ended 6 hours ago, the day before 30, the one before that 54.
    assert.strictEqual(of("2026-03-09", "2026-03-11")?.state, "fresh")
    assert.deepInclude(of("2026-03-08", "2026-03-11"), {
      state: "warn",
      partitions: [{ from: "2026-03-08", to: "2026-03-09" }]
    })
    const failed = of("2026-03-06", "2026-03-11")
    assert.deepInclude(failed, { state: "fail", partitions: [{ from: "2026-03-06", to: "2026-03-08" }] })
    assert.include(failed!.because.en, "2026-03-06 … 2026-03-07")
    assert.include(failed!.because.zh, "2026-03-06 … 2026-03-07")
    const touched = { ...none, touched: [{ from: "2026-02-01", to: "2026-02-02" }] }
    assert.strictEqual(freshnessOf(daily, hoursAgo(1), touched, now)?.state, "fail")
  })
})

describe("stateInWords", () => {
  it("tells each reason in both languages, partitions by their names", () => {
    const due = { missing: [{ from: "2026-01-01", to: "2026-01-04" }], touched: [{ from: "a", to: "a\u0001" }] }
    assert.deepStrictEqual(stateInWords({ state: "stale", reason: "partitions", inputs: [], due }), {
      en: "never made: 2026-01-01 … 2026-01-03; what they are made from changed: a",
      zh: "尚未生成：2026-01-01 … 2026-01-03；上游有变化：a"
    })
    assert.include(stateInWords({ state: "stale", reason: "input", inputs: ["raw.a"] }).zh, "raw.a")
    assert.include(stateInWords({ state: "stale", reason: "code", inputs: [] }).en, "definition")
    assert.strictEqual(stateInWords({ state: "new" }).en, "never made")
  })
})
