import { describe, expect, it } from "vitest"
import type { Value } from "#dashboard/api/Value.ts"
import { burnDown } from "#dashboard/web/chart/burnDown.ts"
import { chainGraph } from "#dashboard/web/chart/chainGraph.ts"
import { decayForecast } from "#dashboard/web/chart/decayForecast.ts"
import { decayCurve } from "#dashboard/web/chart/decayCurve.ts"
import type { Drawing, Look } from "#dashboard/web/chart/Drawing.ts"
import { exportCsv } from "#dashboard/web/chart/exportCsv.ts"
import { exportSvg } from "#dashboard/web/chart/exportSvg.ts"
import { fitText } from "#dashboard/web/chart/fitText.ts"
import { heatMap } from "#dashboard/web/chart/heatMap.ts"
import { intervalBars } from "#dashboard/web/chart/intervalBars.ts"
import { layerGraph } from "#dashboard/web/chart/layerGraph.ts"
import { lineageMap } from "#dashboard/web/chart/lineageMap.ts"
import { palettes } from "#dashboard/web/chart/palettes.ts"
import { revenueSteps } from "#dashboard/web/chart/revenueSteps.ts"
import { svg } from "#dashboard/web/chart/svg.ts"
import { valueBars } from "#dashboard/web/chart/valueBars.ts"
import { waterfall } from "#dashboard/web/chart/waterfall.ts"
import { waterfallSteps } from "#dashboard/web/chart/waterfallSteps.ts"
import { wrapText } from "#dashboard/web/chart/wrapText.ts"
import { wordsFor } from "#dashboard/web/words/wordsFor.ts"
import { assetGraph } from "./memory/assetGraph.ts"
import { budgetExample } from "./memory/budgetExample.ts"
import { products } from "./memory/products.ts"

// Instants are shown in the reader's time zone; the pictures need a fixed one.
process.env["TZ"] = "Asia/Shanghai"

const now = new Date("2026-11-22T08:00:00Z")
const product = products[1]!
const looks: Readonly<Record<string, Look>> = {
  "zh-light-720": { width: 720, palette: palettes.light, language: "zh-CN", words: wordsFor("zh-CN") },
  "en-dark-340": { width: 340, palette: palettes.dark, language: "en", words: wordsFor("en") }
}

const sold: Value["products"] = products.map(({ card }, i) => ({
  id: card.id,
  title: card.title,
  price: card.price,
  ordered: { minor: card.price.minor * i, currency: "CNY" },
  paid: { minor: card.price.minor * Math.floor(i / 2), currency: "CNY" },
  orders: i,
  freshness: card.freshness,
  depth: card.depth.score,
  rho: 0.1
}))
const revenue = ["2026-07-15", "2026-08-15", "2026-11-02"].map((day, i) => ({
  day,
  paid: { minor: 21_000_000 + i * 9_000_000, currency: "CNY" }
}))

const drawings: Readonly<Record<string, (look: Look) => Drawing>> = {
  waterfall: (look) => waterfall(waterfallSteps(product.priceTree)!, "CNY", look),
  decayCurve: (look) => decayCurve(product.card.freshness, look),
  intervalBars: (look) => intervalBars(product.distributions[0]!, look),
  heatMap: (look) => heatMap(product.matrices[0]!, look),
  chainGraph: (look) => chainGraph(products[0]!.matrices[0]!, look),
  lineageMap: (look) => lineageMap(assetGraph, (key) => `/assets/${key}`, look),
  burnDown: (look) => burnDown(budgetExample, now, look),
  revenueSteps: (look) => revenueSteps(revenue, "CNY", now, look),
  decayForecast: (look) => decayForecast(sold, now, look),
  valueBars: (look) => valueBars(sold, "CNY", look)
}

describe("every chart", () => {
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
    const empty = { ...budgetExample, charges: [], runsOut: null }
    for (const drawing of [
      intervalBars({ ...product.distributions[0]!, bars: [] }, look),
      heatMap({ ...product.matrices[0]!, rows: [], columns: [], values: [] }, look),
      chainGraph({ ...product.matrices[0]!, halfWidth: 1e12 }, look),
      lineageMap({ nodes: [], edges: [] }, (key) => key, look),
      burnDown(empty, now, look),
      revenueSteps([], "CNY", now, look),
      lineageMap(assetGraph, undefined, look),
      decayCurve({ ...product.card.freshness, nextUpdate: null, ageDays: 0 }, look)
    ]) {
      expect(exportSvg(drawing, look.palette)).not.toMatch(/NaN|Infinity|undefined/)
    }
  })
})

describe("svg", () => {
  it("escapes every text that is put in, wherever it is put", () => {
    const hostile = `"><script>alert('x')</script>&`
    expect(svg`<text data-tip="${hostile}">${hostile}</text>`.markup).not.toMatch(/<script|"><|'x'|&(?!#\d+;)/)
    const look = looks["en-dark-340"]!
    const bars = intervalBars(
      { ...product.distributions[0]!, bars: [{ key: hostile, value: 1, low: 0, high: 2 }] },
      look
    )
    expect(exportSvg({ ...bars, title: hostile, note: hostile }, look.palette)).not.toContain("<script")
  })
})

describe("waterfallSteps", () => {
  it("ends at the price, and shows the lift to the floor where the floor decides", () => {
    const steps = waterfallSteps(product.priceTree)!
    expect(steps.map((step) => step.kind)).toEqual(["base", "factor", "factor", "factor", "factor", "price"])
    expect(Math.ceil(steps.at(-2)!.after - 1e-3)).toBe(product.priceTree.value)
    const [floor, formula] = product.priceTree.children!
    const high = { ...product.priceTree, value: 1e9, children: [{ ...floor!, value: 1e9 }, formula!] }
    expect(waterfallSteps(high)!.at(-2)).toMatchObject({ kind: "floor", after: 1e9 })
  })

  it("does not pretend to know a tree of another shape", () => {
    expect(waterfallSteps({ id: "price", label: { zh: "", en: "" }, value: 1, unit: "minor" })).toBeUndefined()
  })
})

describe("layerGraph", () => {
  it("puts every node after all it is made from, each in a place of its own", () => {
    const placed = layerGraph(
      assetGraph.nodes.map((node) => node.key),
      assetGraph.edges
    )
    const layer = new Map(placed.map((at) => [at.key, at.layer]))
    for (const { from, to } of assetGraph.edges) expect(layer.get(from)!).toBeLessThan(layer.get(to)!)
    expect(new Set(placed.map((at) => `${at.layer} ${at.place}`)).size).toBe(assetGraph.nodes.length)
  })

  it("ends on a circle and ignores edges to nowhere", () => {
    const edges = [
      { from: "a", to: "b" },
      { from: "b", to: "a" },
      { from: "x", to: "a" }
    ]
    expect(layerGraph(["a", "b"], edges)).toHaveLength(2)
  })
})

describe("exportCsv", () => {
  it("quotes what needs it and defuses what a spreadsheet would run", () => {
    const csv = exportCsv({
      head: ["键", "a,b"],
      rows: [
        ["=1+1", 2.5],
        ['say "x"', -3],
        ["-SP", 0]
      ]
    })
    expect(csv).toBe(`\ufeff键,"a,b"\r\n'=1+1,2.5\r\n"say ""x""",-3\r\n'-SP,0\r\n`)
  })
})

describe("fitText", () => {
  it("keeps what fits and shortens what does not, by whole characters", () => {
    expect(fitText("设备", 24, 12)).toBe("设备")
    expect(fitText("工业机器人与数控机床", 60, 12)).toMatch(/^工业机器…$/)
    expect(fitText("𠮷𠮷𠮷𠮷", 30, 12)).toBe("𠮷…")
    expect(fitText("x", 0, 12)).toBe("x")
  })
})

describe("wrapText", () => {
  it("breaks between words and between Chinese characters, and loses nothing", () => {
    const text = "每条边有 95% 的把握 with a longword in it"
    const lines = wrapText(text, 80, 11)
    expect(lines.length).toBeGreaterThan(3)
    expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""))
    expect(wrapText("", 80, 11)).toEqual([])
    expect(wrapText("unbreakable", 5, 11)).toEqual(["unbreakable"])
  })
})
