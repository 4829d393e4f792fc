import { describe, expect, it } from "vitest"
import type { AssetHealth } from "#dashboard/api/steward/AssetHealth.ts"
import type { ColumnLineage } from "#dashboard/api/steward/ColumnLineage.ts"
import type { Design } from "#dashboard/api/steward/Design.ts"
import type { Permission } from "#dashboard/api/steward/Permission.ts"
import type { RunDetail } from "#dashboard/api/steward/RunDetail.ts"
import type { Touchpoints } from "#dashboard/api/steward/Touchpoints.ts"
import { columnMap } from "#dashboard/web/chart/columnMap.ts"
import { coverageMatrix } from "#dashboard/web/chart/coverageMatrix.ts"
import type { Drawing, Look } from "#dashboard/web/chart/Drawing.ts"
import { errorCurve } from "#dashboard/web/chart/errorCurve.ts"
import { exportSvg } from "#dashboard/web/chart/exportSvg.ts"
import { palettes } from "#dashboard/web/chart/palettes.ts"
import { partitionMap } from "#dashboard/web/chart/partitionMap.ts"
import { runGantt } from "#dashboard/web/chart/runGantt.ts"
import { touchpointMap } from "#dashboard/web/chart/touchpointMap.ts"
import { setIn } from "#dashboard/web/face/steward/setIn.ts"
import { wordsFor } from "#dashboard/web/words/wordsFor.ts"

process.env["TZ"] = "Asia/Shanghai"

const looks: Readonly<Record<string, Look>> = {
  "zh-light-720": { width: 720, palette: palettes.light, language: "zh-CN", words: wordsFor("zh-CN") },
  "en-dark-340": { width: 340, palette: palettes.dark, language: "en", words: wordsFor("en") }
}

const at = (seconds: number): string => new Date(Date.parse("2026-11-22T08:00:00Z") + seconds * 1000).toISOString()

const run: Pick<RunDetail, "run" | "spans"> = {
  run: {
    id: "run_1",
    kind: "make",
    selection: "",
    startedAt: at(0),
    finishedAt: at(9),
    state: "failed",
    resumes: null,
    made: 2,
    skipped: 2,
    failed: 1,
    planned: 6
  },
  spans: [
    { asset: "raw.crm__orders", state: "made", from: at(0), to: at(4.2), rows: 68_270, retries: 0 },
    { asset: "raw.crm__contacts", state: "unchanged", from: null, to: null, rows: null, retries: 0 },
    { asset: "core.order", state: "made", from: at(4.3), to: at(7.9), rows: 68_005, retries: 1 },
    { asset: "feature.preference", state: "failed", from: at(8), to: at(9), rows: null, retries: 2 },
    { asset: "release.preference", state: "blocked", from: null, to: null, rows: null, retries: 0 },
    { asset: "core.ticket", state: "waiting", from: null, to: null, rows: null, retries: 0 }
  ]
}

const dayAfter = (n: number): string =>
  new Date(Date.parse("2026-09-21T00:00:00Z") + n * 86_400_000).toISOString().slice(0, 10)

const daily: NonNullable<AssetHealth["partitions"]> = {
  type: "daily",
  cells: Array.from({ length: 63 }, (_, i) => ({
    name: dayAfter(i),
    state: i > 59 ? ("missing" as const) : i % 17 === 5 ? ("touched" as const) : ("made" as const)
  }))
}

const named: NonNullable<AssetHealth["partitions"]> = {
  type: "static",
  cells: [
    { name: "华东", state: "made" },
    { name: "华南", state: "touched" },
    { name: "a very long name of a partition that cannot fit", state: "missing" }
  ]
}

const coverage: Permission["coverage"] = {
  action: "share",
  recipient: "third-party",
  purposes: ["dpv:MarketResearch", "dpv:ServiceProvision"],
  categories: ["dpv-pd:Location", "dpv-pd:Transactional", "dpv-pd:ServiceConsumptionBehavior"],
  shares: [
    [1, 0.83, 0.12],
    [1, 0.4, null]
  ]
}

const touchpoints: Touchpoints = {
  asset: "core.interaction",
  madeAt: at(0),
  types: ["电话", "邮件", "web"],
  stages: ["线索确认", "需求调研", "合同签订"],
  subjects: [
    [3760, 3270, 1210],
    [2520, 10, null],
    [null, null, 60]
  ]
}

const curve: Design["curve"] = {
  measures: ["buyers", "spend_minor"],
  worst: 0.3,
  points: Array.from({ length: 9 }, (_, i) => {
    const rho = 1e-4 * 4 ** i
    const share = Math.min(1, 0.01 / Math.sqrt(rho))
    return { rho, epsilon: Number((0.06 * 2 ** i).toPrecision(3)), errors: [share, Math.min(1, share * 1.4)] }
  })
}

const lineage: ColumnLineage = {
  asset: "core.order",
  column: "amount_minor",
  nodes: [
    "core.order.amount_minor",
    "conform.order.amount",
    "conform.order.currency",
    "feature.spend.total",
    "feature.spend.*"
  ].map((id) => ({ id, asset: id.slice(0, id.lastIndexOf(".")), column: id.slice(id.lastIndexOf(".") + 1) })),
  edges: [
    { from: "conform.order.amount", to: "core.order.amount_minor", type: "DIRECT", how: "TRANSFORMATION" },
    { from: "conform.order.currency", to: "core.order.amount_minor", type: "INDIRECT", how: "CONDITIONAL" },
    { from: "core.order.amount_minor", to: "feature.spend.total", type: "DIRECT", how: "AGGREGATION" },
    { from: "core.order.amount_minor", to: "feature.spend.*", type: "INDIRECT", how: "FILTER" }
  ]
}

const drawings: Readonly<Record<string, (look: Look) => Drawing>> = {
  runGantt: (look) => runGantt(run, look),
  partitionDays: (look) => partitionMap("core.daily_order", daily, look),
  partitionNames: (look) => partitionMap("core.by_region", named, look),
  coverageMatrix: (look) => coverageMatrix(coverage, look),
  touchpointMap: (look) => touchpointMap(touchpoints, look),
  errorCurve: (look) => errorCurve(curve, { rho: 0.0151, epsilon: 0.8 }, look),
  columnMap: (look) => columnMap(lineage, look)
}

describe("every chart of stewards", () => {
  for (const [name, draw] of Object.entries(drawings)) {
    for (const [tag, look] of Object.entries(looks)) {
      it(`${name} is drawn as in the gallery, ${tag}`, async () => {
        const drawing = draw(look)
        const picture = exportSvg(drawing, look.palette)
        expect(picture).not.toMatch(/NaN|Infinity|undefined|\[object/)
        expect(drawing.title).not.toBe("")
        expect(drawing.table.rows.length).toBeGreaterThan(0)
        for (const row of drawing.table.rows) expect(row.length).toBe(drawing.table.head.length)
        await expect(picture).toMatchFileSnapshot(`chart/${name}-${tag}.svg`)
      })
    }
  }

  it("survives having nothing to show", () => {
    const look = looks["zh-light-720"]!
    for (const drawing of [
      runGantt({ ...run, spans: [] }, look),
      partitionMap("core.none", { type: "dynamic", cells: [] }, look),
      coverageMatrix({ ...coverage, purposes: [], categories: [], shares: [] }, look),
      touchpointMap({ ...touchpoints, types: [], stages: [], subjects: [] }, look),
      errorCurve({ ...curve, points: [] }, undefined, look),
      columnMap({ ...lineage, nodes: [], edges: [] }, look)
    ]) {
      expect(exportSvg(drawing, look.palette)).not.toMatch(/NaN|Infinity|undefined/)
    }
  })

  it("gives every place of the curve its epsilon, so that it can be chosen", () => {
    const { markup } = errorCurve(curve, undefined, looks["en-dark-340"]!).body
    expect([...markup.matchAll(/data-epsilon="([\d.]+)"/g)].map((match) => Number(match[1]))).toEqual(
      curve.points.map(({ epsilon }) => epsilon)
    )
  })
})

describe("setIn", () => {
  it("changes one place of a tree and leaves the rest, in its order", () => {
    const tree = { a: 1, b: { c: [1, 2, 3], d: 4 }, e: 5 }
    const changed = setIn(tree, ["b", "c", 1], 9)
    expect(changed).toEqual({ a: 1, b: { c: [1, 9, 3], d: 4 }, e: 5 })
    expect(Object.keys(changed)).toEqual(["a", "b", "e"])
    expect(tree.b.c).toEqual([1, 2, 3])
  })

  it("takes a field or a place of a list away, and makes what is missing on the way", () => {
    expect(setIn({ a: 1, b: 2 }, ["a"], undefined)).toEqual({ b: 2 })
    expect(setIn({ list: ["x", "y"] }, ["list", 0], undefined)).toEqual({ list: ["y"] })
    expect(setIn<object>({}, ["population", "subjects"], 5)).toEqual({ population: { subjects: 5 } })
  })
})
