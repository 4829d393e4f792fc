import { describe, expect, it } from "vitest"
import { attackMargins } from "#dashboard/web/chart/attackMargins.ts"
import { coverageBars } from "#dashboard/web/chart/coverageBars.ts"
import type { Drawing, Look } from "#dashboard/web/chart/Drawing.ts"
import { exportSvg } from "#dashboard/web/chart/exportSvg.ts"
import { fitRadar } from "#dashboard/web/chart/fitRadar.ts"
import { lorenz } from "#dashboard/web/chart/lorenz.ts"
import { monthStack } from "#dashboard/web/chart/monthStack.ts"
import { palettes } from "#dashboard/web/chart/palettes.ts"
import { portfolioMap } from "#dashboard/web/chart/portfolioMap.ts"
import { quadrant } from "#dashboard/web/chart/quadrant.ts"
import { shareBars } from "#dashboard/web/chart/shareBars.ts"
import { timeLines } from "#dashboard/web/chart/timeLines.ts"
import { treeGrowth } from "#dashboard/web/chart/treeGrowth.ts"
import { auditorWords } from "#dashboard/web/face/auditor/auditorWords.ts"
import { buyerProductWords } from "#dashboard/web/face/buyer/buyerProductWords.ts"
import { offerInWords } from "#dashboard/web/face/buyer/offerInWords.ts"
import { buyerWords } from "#dashboard/web/face/buyer/buyerWords.ts"
import { executiveWords } from "#dashboard/web/face/executive/executiveWords.ts"
import { wordsFor } from "#dashboard/web/words/wordsFor.ts"

// Instants are shown in the reader's time zone; the pictures need a fixed one.
process.env["TZ"] = "Asia/Shanghai"

const looks: Readonly<Record<string, Look>> = {
  "zh-light-720": { width: 720, palette: palettes.light, language: "zh-CN", words: wordsFor("zh-CN") },
  "en-dark-340": { width: 340, palette: palettes.dark, language: "en", words: wordsFor("en") }
}

const names = ["采购决策链图谱", "Cross-border preference index", "数字化成熟度", "orders_by_state"]
const holdings = names.map((name, i) => ({
  id: `p${i}`,
  name,
  value: [900, 400, 120, 0][i]!,
  shown: `¥${[900, 400, 120, 0][i]}`,
  index: [91, 86, 40, 0][i]!,
  revenue: [0, 1600, 100, 0][i]!
}))

const fen = (minor: number) => ({ minor, currency: "CNY" })
const attacked = (
  [
    ["full", null, 1, 0.31, 1.02, "safe"],
    ["all/北区/1", "北区", 1, 0.08, 1, "unbeaten"],
    ["all/all/0.5", null, 0.5, 4.2, 2, "safe"],
    ["all/南区/0.25", "南区", 0.25, null, null, "safe"],
    ["part", null, 0.25, -0.1, 0.8, "beaten"]
  ] as const
).map(([id, slice, accuracy, margin, bound, verdict]) => ({
  id,
  columns: id === "part" ? ["region", "buyers"] : ["region", "buyers", "spend"],
  slice,
  accuracy,
  price: fen(500_000),
  cover:
    margin === null ? null : { price: fen(Math.round(500_000 * (1 + margin))), parts: [{ offer: "full", times: 1 }] },
  margin,
  atLeast: bound === null ? null : fen(500_000 * bound),
  verdict
}))

const drawings: Readonly<Record<string, (look: Look) => Drawing>> = {
  treeGrowth: (look) =>
    treeGrowth(
      [0, 3, 7, 30].map((hours, i) => ({
        at: new Date(Date.UTC(2026, 10, 20) + hours * 3_600_000).toISOString(),
        size: [3, 40, 41, 260][i]!
      })),
      auditorWords(look.language).growth,
      look
    ),
  coverageBars: (look) =>
    coverageBars(
      [
        { name: "raw", all: 11, covered: 0, failing: 0 },
        { name: "core", all: 10, covered: 10, failing: 2 },
        { name: "release", all: 3, covered: 1, failing: 0 }
      ],
      auditorWords(look.language).coverage,
      look
    ),
  attackMargins: (look) =>
    attackMargins(
      attacked,
      (offer) => offerInWords(offer, attacked[0]!, look.language),
      buyerProductWords(look.language).attack.chart,
      look
    ),
  fitRadar: (look) =>
    fitRadar(
      ["region", "category", "a_field_with_a_long_name", "population"].map((name, i) => ({ name, value: i / 3 })),
      buyerWords(look.language).radar,
      look
    ),
  portfolioMap: (look) => portfolioMap(holdings, executiveWords(look.language).areas, look),
  quadrant: (look) => quadrant(holdings, executiveWords(look.language).standing, look),
  timeLines: (look) =>
    timeLines(
      ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"],
      [
        { name: "a", color: look.palette.main, values: [3, 5, 4, 9] },
        { name: "b", color: look.palette.down, dashed: true, values: [null, 2, null, 7] }
      ],
      (value) => `¥${value}`,
      { title: "a & b", day: "day", isBand: true },
      look
    ),
  monthStack: (look) =>
    monthStack(
      [
        { month: "2026-09", parts: [4, 0, 2] },
        { month: "2026-10", parts: [1, -3, 2] }
      ],
      names.slice(0, 3),
      (value) => `¥${value}`,
      { title: "a", month: "month", sum: "sum" },
      look
    ),
  lorenz: (look) => lorenz([5, 1, 1, 30, 3], executiveWords(look.language).spread, look),
  shareBars: (look) =>
    shareBars(
      [0.012, 0.03, null].map((share, i) => ({ month: `2026-${9 + i}`, share, data: `¥${i}`, total: "¥100" })),
      executiveWords(look.language).share,
      look
    )
}

describe("every chart of the faces", () => {
  for (const [name, draw] of Object.entries(drawings)) {
    for (const [tag, look] of Object.entries(looks)) {
      it(`${name} is drawn as in the gallery, ${tag}`, async () => {
        const drawing = draw(look)
        const picture = exportSvg(drawing, look.palette)
        expect(picture).not.toMatch(/NaN|Infinity|undefined|\[object/)
        expect(drawing.title).not.toBe("")
        for (const row of drawing.table.rows) expect(row.length).toBe(drawing.table.head.length)
        await expect(picture).toMatchFileSnapshot(`chart/${name}-${tag}.svg`)
      })
    }
  }

  it("the spread of one buyer alone and of equals is said by the Gini coefficient", () => {
    const { note } = lorenz([10, 10, 10], executiveWords("en").spread, looks["en-dark-340"]!)
    expect(note).toContain("0.00")
    expect(lorenz([0, 0, 0, 10], executiveWords("en").spread, looks["en-dark-340"]!).note).toContain("0.75")
  })
})
