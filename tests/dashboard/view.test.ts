import { describe, expect, it } from "vitest"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { failure } from "#dashboard/api/failure.ts"
import type { Field } from "#dashboard/api/Field.ts"
import { assetNodeOf } from "#dashboard/server/view/assetNodeOf.ts"
import { distributionOf } from "#dashboard/server/view/distributionOf.ts"
import { facetsOf } from "#dashboard/server/view/facetsOf.ts"
import { guaranteeInWords } from "#dashboard/server/view/guaranteeInWords.ts"
import { matrixOf } from "#dashboard/server/view/matrixOf.ts"
import { previewOf } from "#dashboard/server/view/previewOf.ts"
import type { ReleasedTable } from "#dashboard/server/view/ReleasedTable.ts"
import { products } from "./memory/products.ts"
import { releasedTables } from "./memory/releasedTables.ts"

const field = (name: string, part: "key" | "measure", type = "VARCHAR"): Field => ({
  name,
  label: { zh: name, en: name },
  type,
  part,
  unit: part === "key" ? "" : "row",
  note: { zh: "", en: "" }
})

const table = (
  values: Record<string, Array<string | number | null>>,
  types: Record<string, string> = {}
): ReleasedTable => ({
  fields: Object.keys(values).map((name) => field(name, name === "n" ? "measure" : "key", types[name])),
  length: Object.values(values)[0]!.length,
  values,
  halfWidths: { n: 10 }
})

describe("previewOf", () => {
  it("shows at most 5 % of the rows and at most 20, always the same ones", () => {
    for (const length of [0, 1, 19, 20, 39, 40, 399, 400, 401, 10_000]) {
      const preview = previewOf(table({ k: Array.from({ length }, (_, i) => `k${i}`), n: Array(length).fill(1) }))
      expect(preview.rows.length).toBe(Math.min(20, Math.floor(length * 0.05)))
      expect(new Set(preview.rows.map(([key]) => key)).size).toBe(preview.rows.length)
    }
    const whole = releasedTables["buyer_region_preference"]!
    expect(previewOf(whole)).toEqual(previewOf(whole))
  })

  it("shows null, NaN and large integers as what they are or as nothing, never as text that misleads", () => {
    const odd = table({ k: Array(20).fill(null), n: Array(20).fill(Number.NaN) })
    expect(previewOf(odd).rows).toEqual([[null, null]])
  })
})

describe("facetsOf", () => {
  it("keeps figures of different kinds of rows apart", () => {
    const parts = facetsOf(releasedTables["equipment_decision_chain"]!)
    expect(parts.map((part) => part.facet)).toEqual(["角色→阶段", "阶段→间隔", "角色→设备"])
    expect(parts.map((part) => part.keys.map((key) => key.name))).toEqual(parts.map(() => ["source", "target"]))
    const rows = parts.reduce((sum, part) => sum + part.table.length, 0)
    expect(rows).toBe(releasedTables["equipment_decision_chain"]!.length)
  })

  it("leaves a table alone whose keys cross freely", () => {
    const whole = releasedTables["buyer_region_preference"]!
    expect(facetsOf(whole)).toEqual([{ facet: null, keys: whole.fields.slice(0, 3), table: whole }])
  })
})

describe("distributionOf", () => {
  it("sums cells and widens the interval by the root of their number", () => {
    const part = facetsOf(table({ a: ["x", "x", "y"], b: ["1", "2", "1"], n: [5, 7, 40] }))[0]!
    const { bars } = distributionOf(part, part.keys[0]!, field("n", "measure"))
    expect(bars).toEqual([
      { key: "y", value: 40, low: 30, high: 50 },
      { key: "x", value: 12, low: 12 - 10 * Math.SQRT2, high: 12 + 10 * Math.SQRT2 }
    ])
  })

  it("keeps the order of keys that have one, and says how many values it leaves out", () => {
    const months = Array.from({ length: 30 }, (_, i) => 30 - i)
    const part = facetsOf(table({ a: months, n: months }, { a: "INTEGER" }))[0]!
    const distribution = distributionOf(part, part.keys[0]!, field("n", "measure"))
    expect(distribution.bars.map((bar) => Number(bar.key))).toEqual(Array.from({ length: 16 }, (_, i) => i + 15))
    expect(distribution).toMatchObject({ ordered: true, omitted: 14 })
  })
})

describe("matrixOf", () => {
  it("tells a pair that the release has not from a zero", () => {
    const part = facetsOf(table({ a: ["x", "y"], b: ["1", "2"], n: [0, 9] }))[0]!
    const matrix = matrixOf(part, part.keys[0]!, part.keys[1]!, field("n", "measure"))
    expect(matrix).toMatchObject({
      rows: ["y", "x"],
      columns: ["2", "1"],
      values: [
        [9, null],
        [null, 0]
      ],
      halfWidth: 10
    })
  })
})

describe("guaranteeInWords", () => {
  it("states every number of the promise in both languages", () => {
    const { certificate } = products[1]!
    const promises = guaranteeInWords(certificate)
    for (const language of ["zh", "en"] as const) {
      const text = promises.map((promise) => promise[language]).join("\n")
      for (const number of ["4.48", "1,000,000", "ε = 1.5", "5,000 CNY", "4,100 CNY", "34", "47"])
        expect(text).toContain(number)
    }
    const open = guaranteeInWords({ ...certificate, threshold: null }).map((promise) => promise.en)
    expect(open.join()).toContain("public list")
    expect(open.join()).not.toContain("noisy size reached")
  })
})

describe("assetNodeOf", () => {
  const facts: Parameters<typeof assetNodeOf>[0] = {
    asset: {
      key: "core.order",
      kind: "full",
      group: "core",
      owners: [],
      description: { zh: "", en: "" },
      deps: [],
      grain: [],
      checks: []
    },
    state: { state: "stale", reason: "input", inputs: ["raw.a"] },
    made: {
      asset: "core.order",
      run: "run_1",
      physical: "_stage.x",
      codeVersion: "c",
      dataVersion: "d",
      inputs: {},
      rows: 12,
      bytes: 1,
      millis: 1,
      madeAt: "2026-11-22T00:00:00Z"
    },
    checks: [],
    freshness: undefined,
    partitions: undefined,
    readers: []
  }

  it("holds an exact row count for those only who may see it", () => {
    expect(assetNodeOf(facts, true)).toMatchObject({
      rows: 12,
      state: "stale",
      reasons: [{ en: "its inputs moved on: raw.a" }]
    })
    expect(JSON.stringify(assetNodeOf(facts, false))).not.toContain("12")
  })
})

describe("failure", () => {
  it("gives every class of error its exit code and status, and finer statuses by the words of the code", () => {
    const of = (error: new (fields: { code: string; message: string; fix: string }) => unknown, code: string) => {
      const { status, exit } = failure(new error({ code, message: "m", fix: "f" }))
      return [exit, status]
    }
    expect(of(BadInput, "source.delimiter")).toEqual([4, 400])
    expect(of(BadInput, "product.unknown")).toEqual([4, 404])
    expect(of(Refused, "budget.exhausted")).toEqual([3, 403])
    expect(of(Refused, "session.none")).toEqual([3, 401])
    expect(of(Refused, "delivery.unpaid")).toEqual([3, 409])
    expect(of(Unavailable, "records.busy")).toEqual([5, 503])
  })

  it("keeps the text of a bug inside", () => {
    for (const cause of [
      new Error("secret"),
      "secret",
      undefined,
      { _tag: "BadInput", code: "x", message: "secret" }
    ]) {
      expect(failure(cause)).toMatchObject({ tag: "Bug", exit: 1, status: 500 })
      expect(JSON.stringify(failure(cause))).not.toContain("secret")
    }
  })
})
