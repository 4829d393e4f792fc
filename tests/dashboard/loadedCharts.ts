import { burnDown } from "#dashboard/web/chart/burnDown.ts"
import { chainGraph } from "#dashboard/web/chart/chainGraph.ts"
import { columnMap } from "#dashboard/web/chart/columnMap.ts"
import { coverageBars } from "#dashboard/web/chart/coverageBars.ts"
import { coverageMatrix } from "#dashboard/web/chart/coverageMatrix.ts"
import { decayCurve } from "#dashboard/web/chart/decayCurve.ts"
import { decayForecast } from "#dashboard/web/chart/decayForecast.ts"
import type { Drawing, Look } from "#dashboard/web/chart/Drawing.ts"
import { errorCurve } from "#dashboard/web/chart/errorCurve.ts"
import { fitRadar } from "#dashboard/web/chart/fitRadar.ts"
import { heatMap } from "#dashboard/web/chart/heatMap.ts"
import { intervalBars } from "#dashboard/web/chart/intervalBars.ts"
import { lineageMap } from "#dashboard/web/chart/lineageMap.ts"
import { lorenz } from "#dashboard/web/chart/lorenz.ts"
import { partitionMap } from "#dashboard/web/chart/partitionMap.ts"
import { portfolioMap } from "#dashboard/web/chart/portfolioMap.ts"
import { quadrant } from "#dashboard/web/chart/quadrant.ts"
import { revenueSteps } from "#dashboard/web/chart/revenueSteps.ts"
import { runGantt } from "#dashboard/web/chart/runGantt.ts"
import { shareBars } from "#dashboard/web/chart/shareBars.ts"
import { touchpointMap } from "#dashboard/web/chart/touchpointMap.ts"
import { treeGrowth } from "#dashboard/web/chart/treeGrowth.ts"
import { valueBars } from "#dashboard/web/chart/valueBars.ts"
import { waterfall } from "#dashboard/web/chart/waterfall.ts"
import { auditorWords } from "#dashboard/web/face/auditor/auditorWords.ts"
import { buyerWords } from "#dashboard/web/face/buyer/buyerWords.ts"
import { benefitBars } from "#dashboard/web/face/customer/benefitBars.ts"
import { licenceGrid } from "#dashboard/web/face/customer/licenceGrid.ts"
import { useTimeline } from "#dashboard/web/face/customer/useTimeline.ts"
import { executiveWords } from "#dashboard/web/face/executive/executiveWords.ts"
import { budgetExample } from "./memory/budgetExample.ts"
import { products } from "./memory/products.ts"

const now = new Date("2026-11-22T08:00:00Z")
const card = products[1]!.card

/** What a chart may be given: how many things, what they are called, and how much they are. */
export interface Load {
  readonly n: number
  readonly label: (i: number) => string
  readonly value: (i: number) => number
}

const whole = (value: number): number => Math.round(value)
const positive = (value: number): number => Math.abs(Math.round(value))
const dayAt = (i: number): string => new Date(Date.UTC(2026, 10, 1) - i * 86_400_000).toISOString().slice(0, 10)
const monthAt = (i: number): string => new Date(Date.UTC(2026, 10 - i, 1)).toISOString().slice(0, 7)
const up = (n: number): ReadonlyArray<number> => Array.from({ length: n }, (_, i) => i)
const down = (n: number): ReadonlyArray<number> => up(n).toReversed()
const both = (text: string) => ({ zh: text, en: text })
const bit = (value: number): number => Math.min(1, Math.abs(value) / 1e13)

const matrixOf = ({ n, label, value }: Load) => {
  const [rows, columns] = [up(Math.min(n, 60)), up(Math.min(n, 9))]
  return {
    rowField: both("region"),
    columnField: both("category"),
    measure: both("spend"),
    unit: "CNY",
    facet: null,
    rows: rows.map(label),
    columns: columns.map(label),
    values: rows.map((i) => columns.map((j) => (i === j ? null : value(i + j)))),
    halfWidth: 59,
    confidence: 0.95
  }
}
const soldOf = ({ n, label, value }: Load) =>
  up(Math.min(n, 40)).map((i) => ({
    id: `p${i}`,
    title: both(label(i)),
    price: { minor: positive(value(i)), currency: "CNY" },
    ordered: { minor: whole(value(i + 1)), currency: "CNY" },
    paid: { minor: whole(value(i + 2)), currency: "CNY" },
    orders: i,
    freshness: { ...card.freshness, ageDays: i * 3, nextUpdate: i % 3 === 0 ? null : dayAt(-i * 5) },
    depth: 40,
    rho: bit(value(i))
  }))

/** Every chart, made from nothing but a load. */
export const loadedCharts: Readonly<Record<string, (load: Load, look: Look) => Drawing>> = {
  benefitBars: ({ n, value }, look) =>
    benefitBars(
      up(n).map((i) => ({
        month: monthAt(i),
        product: "p",
        title: both("p"),
        version: "1",
        purpose: both("p"),
        categories: [],
        currency: "CNY",
        micro: positive(value(i))
      })),
      "CNY",
      look
    ),
  burnDown: ({ n, label, value }, look) => {
    const cap = { ...budgetExample.cap, rho: 1 }
    let spent = 0
    const charges = down(n).map((i) => {
      const rho = Math.min((1 - spent) / 2, bit(value(i)))
      spent += rho
      return { ...budgetExample.charges[0]!, at: `${dayAt(i)}T08:00:00Z`, product: label(i), rho, spentAfter: spent }
    })
    return burnDown({ ...budgetExample, cap, left: { ...cap, rho: 1 - spent }, charges }, now, look)
  },
  chainGraph: (load, look) => chainGraph(matrixOf(load), look),
  columnMap: ({ n, label }, look) => {
    const nodes = up(Math.min(n, 40)).map((i) => ({
      id: `${label(i)}.${label(i)}${i}`,
      asset: label(i),
      column: `${label(i)}${i}`
    }))
    const edges = nodes.slice(1).map(({ id }, i) => ({
      from: nodes[Math.floor(i / 3)]!.id,
      to: id,
      type: "DIRECT" as const,
      how: "TRANSFORMATION"
    }))
    return columnMap({ asset: label(0), column: `${label(0)}0`, nodes, edges }, look)
  },
  coverageBars: ({ n, label, value }, look) =>
    coverageBars(
      up(Math.min(n, 60)).map((i) => {
        const all = positive(value(i)) + 1
        return { name: `${label(i)} ${i}`, all, covered: Math.floor(all / 2), failing: i % 3 }
      }),
      auditorWords(look.language).coverage,
      look
    ),
  coverageMatrix: ({ n, label, value }, look) =>
    coverageMatrix(
      {
        action: "share",
        recipient: "third-party",
        purposes: up(Math.min(n, 40)).map(label),
        categories: up(Math.min(n, 20)).map(label),
        shares: up(Math.min(n, 40)).map((i) => up(Math.min(n, 20)).map((j) => (i === j ? null : bit(value(j)))))
      },
      look
    ),
  decayCurve: ({ n, value }, look) =>
    decayCurve(
      {
        ...card.freshness,
        ageDays: n,
        halfLifeDays: 1 + n,
        archival: bit(value(0)),
        nextUpdate: n % 2 === 0 ? null : "2026-12-01"
      },
      look
    ),
  decayForecast: (load, look) => decayForecast(soldOf({ ...load, n: Math.min(load.n, 5) }), now, look),
  errorCurve: ({ n, label, value }, look) =>
    errorCurve(
      {
        measures: up(3).map(label),
        worst: 0.3,
        points: up(n).map((i) => ({
          rho: 1e-5 * (1 + i),
          epsilon: 0.01 * (1 + i),
          errors: up(3).map((j) => Math.abs(value(i + j)))
        }))
      },
      n === 0 ? undefined : { rho: 1e-5, epsilon: 0.01 },
      look
    ),
  fitRadar: ({ n, label, value }, look) =>
    fitRadar(
      up(Math.min(n, 12)).map((i) => ({ name: label(i), value: bit(value(i)) })),
      buyerWords(look.language).radar,
      look
    ),
  heatMap: (load, look) => heatMap(matrixOf(load), look),
  intervalBars: ({ n, label, value }, look) =>
    intervalBars(
      {
        field: both("region"),
        measure: both("spend"),
        unit: "CNY",
        facet: null,
        confidence: 0.95,
        ordered: false,
        omitted: n,
        bars: up(n).map((i) => ({ key: label(i), value: value(i), low: value(i) - 59, high: value(i) + 59 }))
      },
      look
    ),
  licenceGrid: ({ n, label }, look) => {
    const term = (i: number) => ({ id: `t${i}`, name: both(label(i)) })
    const [purposes, recipients] = [up(Math.min(n, 30)).map(term), up(Math.min(n, 7)).map(term)]
    const cells = purposes.flatMap(({ id }, i) =>
      recipients.map((recipient, j) => ({
        purpose: id,
        recipient: recipient.id,
        answer: (["permitted", "forbidden", "silent"] as const)[(i + j) % 3]!,
        actions: [],
        categories: []
      }))
    )
    return licenceGrid(
      {
        subject: null,
        state: "ACTIVE",
        basis: "granted",
        digest: null,
        evidence: 3,
        from: null,
        until: null,
        purposes,
        recipients,
        cells,
        categories: []
      },
      look
    )
  },
  lineageMap: ({ n, label, value }, look) =>
    lineageMap(
      {
        nodes: up(Math.min(n, 60)).map((i) => ({
          key: `core.${label(i)}${i}`,
          kind: "full",
          group: "core",
          barrier: i % 9 === 0,
          state: "fresh" as const,
          rows: positive(value(i)),
          madeAt: null,
          reasons: [both(label(i))]
        })),
        edges: up(Math.min(n, 60))
          .slice(1)
          .map((i) => ({ from: `core.${label(Math.floor(i / 3))}${Math.floor(i / 3)}`, to: `core.${label(i)}${i}` }))
      },
      (key) => `/assets/${key}`,
      look
    ),
  lorenz: ({ n, value }, look) =>
    lorenz(
      up(n).map((i) => positive(value(i))),
      executiveWords(look.language).spread,
      look
    ),
  partitionMap: ({ n, label }, look) =>
    partitionMap(
      label(0),
      {
        type: "static",
        cells: up(n).map((i) => ({ name: label(i), state: (["made", "missing", "touched"] as const)[i % 3]! }))
      },
      look
    ),
  partitionDays: ({ n }, look) =>
    partitionMap(
      "core.order",
      { type: "daily", cells: down(n).map((i) => ({ name: dayAt(i), state: "made" as const })) },
      look
    ),
  portfolioMap: ({ n, label, value }, look) =>
    portfolioMap(
      up(n).map((i) => ({ id: `p${i}`, name: label(i), value: value(i), shown: `¥${value(i)}`, index: i % 101 })),
      executiveWords(look.language).areas,
      look
    ),
  quadrant: ({ n, label, value }, look) =>
    quadrant(
      up(Math.min(n, 12)).map((i) => ({
        name: label(i),
        index: (i * 37) % 101,
        revenue: positive(value(i)),
        shown: `¥${value(i)}`
      })),
      executiveWords(look.language).standing,
      look
    ),
  revenueSteps: ({ n, value }, look) => {
    let sum = 0
    const points = down(n).map((i) => ({
      day: dayAt(i),
      paid: { minor: (sum += positive(value(i)) % 1e13), currency: "CNY" }
    }))
    return revenueSteps(points, "CNY", now, look)
  },
  runGantt: ({ n, label, value }, look) =>
    runGantt(
      {
        run: {
          id: "r",
          kind: "make",
          selection: "",
          startedAt: now.toISOString(),
          finishedAt: null,
          state: "running",
          resumes: null,
          made: n,
          skipped: 0,
          failed: 0,
          planned: n
        },
        spans: up(n).map((i) => ({
          asset: label(i),
          state: (["made", "failed", "blocked", "waiting"] as const)[i % 4]!,
          from: i % 4 > 1 ? null : new Date(now.getTime() + i * 1000).toISOString(),
          to: i % 4 > 1 ? null : new Date(now.getTime() + i * 2500).toISOString(),
          rows: i % 4 === 0 ? positive(value(i)) : null,
          retries: 0
        }))
      },
      look
    ),
  shareBars: ({ n, value }, look) =>
    shareBars(
      up(n).map((i) => ({ month: monthAt(i), share: i % 5 === 0 ? null : bit(value(i)), data: "¥1", total: "¥2" })),
      executiveWords(look.language).share,
      look
    ),
  touchpointMap: ({ n, label, value }, look) =>
    touchpointMap(
      {
        asset: "core.interaction",
        madeAt: now.toISOString(),
        types: up(Math.min(n, 40)).map(label),
        stages: up(Math.min(n, 12)).map(label),
        subjects: up(Math.min(n, 40)).map((i) =>
          up(Math.min(n, 12)).map((j) => (i === j ? null : positive(value(i + j))))
        )
      },
      look
    ),
  treeGrowth: ({ n, value }, look) => {
    let size = 0
    return treeGrowth(
      down(n).map((i) => ({ at: `${dayAt(i)}T08:00:00Z`, size: (size += 1 + (positive(value(i)) % 1000)) })),
      auditorWords(look.language).growth,
      look
    )
  },
  useTimeline: ({ n, label }, look) =>
    useTimeline(
      up(n).map((i) => ({
        at: 1_790_000_000 + (i % 5 === 0 ? 0 : i * 9000),
        operation: `use_${i}`,
        purpose: label(i % 4),
        recipient: label(i % 7),
        asset: label(i),
        index: i
      })),
      look
    ),
  valueBars: (load, look) => valueBars(soldOf(load), "CNY", look),
  waterfall: ({ n, label, value }, look) => {
    let after = 0
    return waterfall(
      up(Math.min(n, 30)).map((i) => {
        const before = after
        after = Math.max(0, before + value(i))
        return {
          id: `s${i}`,
          label: both(label(i)),
          kind: "factor" as const,
          before,
          after,
          ratio: before === 0 ? 1 : after / before
        }
      }),
      "CNY",
      look
    )
  }
}
