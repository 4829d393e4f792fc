import { describe, expect, it } from "vitest"
import type { CustomerBenefits } from "#dashboard/api/customer/CustomerBenefits.ts"
import type { Licences } from "#dashboard/api/customer/Licences.ts"
import type { Drawing, Look } from "#dashboard/web/chart/Drawing.ts"
import { exportSvg } from "#dashboard/web/chart/exportSvg.ts"
import { palettes } from "#dashboard/web/chart/palettes.ts"
import { benefitBars } from "#dashboard/web/face/customer/benefitBars.ts"
import { formatMicro } from "#dashboard/web/face/customer/formatMicro.ts"
import { licenceGrid } from "#dashboard/web/face/customer/licenceGrid.ts"
import { noteOfProof } from "#dashboard/web/face/customer/noteOfProof.ts"
import { useTimeline } from "#dashboard/web/face/customer/useTimeline.ts"
import type { ShownUse } from "#dashboard/web/face/customer/useTimeline.ts"
import { wordsFor } from "#dashboard/web/words/wordsFor.ts"

// Instants are shown in the reader's time zone; the pictures need a fixed one.
process.env["TZ"] = "Asia/Shanghai"

const looks: Readonly<Record<string, Look>> = {
  "zh-light-720": { width: 720, palette: palettes.light, language: "zh-CN", words: wordsFor("zh-CN") },
  "en-dark-340": { width: 340, palette: palettes.dark, language: "en", words: wordsFor("en") }
}

const day = 86_400
const begin = Date.parse("2026-09-01T08:00:00Z") / 1000
const uses: ReadonlyArray<ShownUse> = Array.from({ length: 60 }, (_, i) => ({
  at: begin + Math.floor(i / 12) * 20 * day + (i % 12) * 7,
  operation: `use_${i}`,
  purpose: i % 12 < 9 ? "Preparing data inside this house" : "Market research",
  recipient: i % 12 < 9 ? "This house itself" : i % 2 === 0 ? "Other companies" : "acme-repair",
  asset: `core.table_${i % 12}`,
  index: 40 + i
}))

const named = (id: string, zh: string, en: string) => ({ id, name: { zh, en } })
const licences: Licences = {
  subject: null,
  state: "ACTIVE",
  basis: "granted",
  digest: null,
  evidence: 2,
  from: "2026-11-01",
  until: "2027-10-31",
  purposes: [
    named("dpv:RepairImpairments", "维修与排障", "Repairs"),
    named("dpv:MarketResearch", "市场研究", "Market research"),
    named("dpv:DirectMarketing", "直接营销", "Direct marketing")
  ],
  recipients: [
    named("internal", "本公司内部", "This house itself"),
    named("third-party", "其他公司", "Other companies"),
    named("party:acme-repair", "acme-repair", "acme-repair")
  ],
  cells: [
    ["permitted", "silent", "permitted"],
    ["permitted", "permitted", "permitted"],
    ["silent", "forbidden", "silent"]
  ].flatMap((line, i) =>
    line.map((answer, j) => ({
      purpose: `p${i}`,
      recipient: `r${j}`,
      answer: answer as "permitted" | "forbidden" | "silent",
      actions: [],
      categories: []
    }))
  ),
  categories: []
}

const label = { zh: "采购", en: "Purchases" }
const lines: CustomerBenefits["lines"] = ["2026-09", "2026-10", "2026-11"].map((month, i) => ({
  month,
  product: "p",
  title: label,
  version: `${month}.1`,
  purpose: label,
  categories: [label],
  currency: "CNY",
  micro: 36_621_093 * (i + 1)
}))

const drawings: Readonly<Record<string, (look: Look) => Drawing>> = {
  useTimeline: (look) => useTimeline(uses, look),
  licenceGrid: (look) => licenceGrid(licences, look),
  benefitBars: (look) => benefitBars(lines, "CNY", look)
}

describe("the charts of the customer's pages", () => {
  for (const [name, draw] of Object.entries(drawings)) {
    for (const [tag, look] of Object.entries(looks)) {
      it(`${name} is drawn as in the gallery, ${tag}`, async () => {
        const drawing = draw(look)
        const picture = exportSvg(drawing, look.palette)
        expect(picture).not.toMatch(/NaN|Infinity|undefined|\[object/)
        expect(drawing.title).not.toBe("")
        for (const row of drawing.table.rows) expect(row.length).toBe(drawing.table.head.length)
        expect(drawing.table.rows.length).toBeGreaterThan(0)
        await expect(picture).toMatchFileSnapshot(`chart/${name}-${tag}.svg`)
      })
    }
  }

  it("survive having nothing, or one moment, to show", () => {
    const look = looks["en-dark-340"]!
    for (const drawing of [
      useTimeline([], look),
      useTimeline(
        Array.from({ length: 200 }, () => uses[0]!),
        look
      ),
      licenceGrid({ ...licences, purposes: [], recipients: [], cells: [] }, look),
      benefitBars([], "CNY", look)
    ]) {
      expect(exportSvg(drawing, look.palette)).not.toMatch(/NaN|Infinity|undefined/)
    }
  })

  it("show every use once, whatever stands on one another", () => {
    const { body } = useTimeline(uses, looks["zh-light-720"]!)
    expect(body.markup.match(/<circle/g)).toHaveLength(uses.length)
    const places = [...body.markup.matchAll(/cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => `${x} ${y}`)
    expect(new Set(places).size).toBe(places.length)
  })
})

describe("small amounts", () => {
  it("keep the parts of a fen that a sale brings", () => {
    expect(formatMicro(366_210, "CNY", "zh-CN")).toBe("¥0.003662")
    expect(formatMicro(1_200_000_000, "CNY", "en")).toBe("¥12.00")
  })
})

describe("the checkpoint under a proof", () => {
  it("names the log, its size and root, and who signed beside it", () => {
    const note = "assay.local/1\n12\ncm9vdA==\n\n\u2014 assay.local/1 AAAA\n\u2014 witness.one BBBB\n"
    expect(noteOfProof(`c2sp.org/tlog-proof@v1\nextra e30=\nindex 3\nabc\n\n${note}`)).toEqual({
      origin: "assay.local/1",
      size: 12,
      root: "cm9vdA==",
      witnesses: ["witness.one"]
    })
  })
})
