import { assert, describe, it } from "@effect/vitest"
import { BadInput } from "#core/BadInput.ts"
import { readHeader } from "#pipelines/engine/readHeader.ts"

describe("readHeader", () => {
  it("reads kind, grain, partitions, freshness, retry, pool, tags and checks from the first lines", () => {
    const sql = [
      "-- key: feature.orders",
      "-- What people read is left alone: nothing here is a word of ours.",
      "-- kind: incremental_by_time_range",
      "-- grain: day, region",
      "-- partitions: daily by coalesce(shipped_at, ordered_at) from 2024-01-01, 10 at once",
      "-- fresh: warn after 24 h, fail after 48 h",
      "-- retry: 3 times after 10 s",
      "-- pool: crm, 2 at once",
      "-- tags: daily, finance",
      "-- check: block positive: amount_minor <= 0",
      "-- check: warn known_region: region is null",
      "select 1",
      "-- kind: full"
    ].join("\n")
    assert.deepStrictEqual(readHeader("feature.orders", sql), {
      kind: "incremental_by_time_range",
      grain: ["day", "region"],
      partitions: { type: "daily", by: "coalesce(shipped_at, ordered_at)", start: "2024-01-01", batch: 10 },
      freshness: { warnAfterHours: 24, failAfterHours: 48 },
      retry: { times: 3, delayMillis: 10_000 },
      pool: { name: "crm", limit: 2 },
      tags: ["daily", "finance"],
      checks: [
        { name: "positive", severity: "block", breaks: "amount_minor <= 0" },
        { name: "known_region", severity: "warn", breaks: "region is null" }
      ]
    })
    assert.deepStrictEqual(readHeader("a", "-- partitions: static by region in 华东, 华南\nselect 1").partitions, {
      type: "static",
      by: "region",
      keys: ["华东", "华南"]
    })
    assert.deepStrictEqual(readHeader("a", "-- partitions: dynamic by region, 5 at once").partitions, {
      type: "dynamic",
      by: "region",
      batch: 5
    })
    assert.deepStrictEqual(readHeader("a", "select 1 -- kind: nothing"), {})
  })

  it("names the line and gives an example where it cannot read one", () => {
    for (const [line, example] of [
      ["-- kind: sometimes", "incremental_by_time_range"],
      ["-- partitions: daily by day from 2024-13-41", "from 2024-01-01"],
      ["-- retry: often", "3 times"],
      ["-- fresh: always", "warn after"],
      ["-- check: positive", "block"]
    ] as const) {
      try {
        readHeader("feature.orders", `-- key: x\n${line}\nselect 1`)
        assert.fail(line)
      } catch (error) {
        assert.instanceOf(error, BadInput)
        assert.deepInclude(error.where, { asset: "feature.orders", line: 2 })
        assert.include(error.fix, example)
      }
    }
  })
})
