import type { Certificate } from "#dashboard/api/Certificate.ts"
import type { Field } from "#dashboard/api/Field.ts"
import type { Freshness } from "#dashboard/api/Freshness.ts"
import type { Label } from "#dashboard/api/Label.ts"
import type { Product } from "#dashboard/api/Product.ts"
import { distributionOf } from "#dashboard/server/view/distributionOf.ts"
import { facetsOf } from "#dashboard/server/view/facetsOf.ts"
import { guaranteeInWords } from "#dashboard/server/view/guaranteeInWords.ts"
import { matrixOf } from "#dashboard/server/view/matrixOf.ts"
import { previewOf } from "#dashboard/server/view/previewOf.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import { explainQuote } from "#pricing/quote/explainQuote.ts"
import { timeliness } from "#pricing/ttl/timeliness.ts"
import { releasedTables } from "./releasedTables.ts"

const asked = "2026-11-22T08:00:00Z"
const asOf = "2026-11-01"

interface Facts {
  readonly id: string
  readonly title: Label
  readonly summary: Label
  readonly baseFen: number
  readonly halfLife: number
  readonly bits: number
  readonly depth: number
  readonly epsilon: number
  readonly rho: number
}

const facts: ReadonlyArray<Facts> = [
  {
    id: "equipment_decision_chain",
    title: { zh: "制造业设备采购决策链图谱", en: "Equipment purchase decision-chain graph" },
    summary: {
      zh: "谁在哪一步参与哪类设备的采购：角色、阶段与设备类别构成的图，边权为加噪互动次数。",
      en: "Who takes part in which step of buying which equipment: a graph of roles, stages and classes with noisy weights."
    },
    baseFen: 4_800_000,
    halfLife: 120,
    bits: 6.42,
    depth: 61.4,
    epsilon: 1,
    rho: 0.0244
  },
  {
    id: "buyer_region_preference",
    title: { zh: "跨境电商买家地域偏好指数", en: "Cross-border buyer regional preference index" },
    summary: {
      zh: "哪些地域偏好哪些类目与渠道，按月更新；订单数与成交金额均加噪。",
      en: "Which regions prefer which categories and channels, monthly; orders and spend carry noise."
    },
    baseFen: 12_600_000,
    halfLife: 30,
    bits: 9.87,
    depth: 74.9,
    epsilon: 1.5,
    rho: 0.0489
  },
  {
    id: "sme_digital_maturity",
    title: { zh: "中小企业数字化成熟度", en: "SME digital maturity" },
    summary: {
      zh: "各行业中小企业处于哪个数字化阶段，供软件与金融机构评估市场容量。",
      en: "Which digital stage small firms of each industry have reached, for sizing software and credit markets."
    },
    baseFen: 1_980_000,
    halfLife: 240,
    bits: 4.61,
    depth: 43.2,
    epsilon: 0.5,
    rho: 0.0064
  }
]

function freshnessOf(halfLife: number): Freshness {
  const decay = { halfLifeDays: halfLife, graceDays: 7, archival: 0.2 }
  return { score: 100 * timeliness(21, decay), asOf, ageDays: 21, ...decay, attainment: 1, nextUpdate: "2026-12-01" }
}

function certificateOf(
  { id, epsilon, rho }: Facts,
  keys: ReadonlyArray<Field>,
  measures: ReadonlyArray<Field>
): Certificate {
  return {
    release: `rel_${id.slice(0, 6)}4k2m9p7q1s3t5v8w0x`,
    planHash: "9f2c61d0a4b85e7730c1f6a2d98e4b5c7a1038e6f4d2b9c05e8a7f31d6c4b290",
    period: "2026-10",
    unit: "subject_id",
    groupsPerSubject: 4,
    smallestGroup: 10,
    mechanism: "discrete Gaussian",
    rho,
    epsilon,
    delta: 1e-6,
    keys: keys.map((field) => ({ field: field.name, rule: "selected" })),
    threshold: 47,
    measures: measures.map((field) => ({
      name: field.name,
      unit: field.unit,
      kind: field.unit === "CNY" ? "sum" : field.unit === "subject" ? "subjects" : "rows",
      lower: 0,
      upper: field.unit === "CNY" ? 500_000 : field.unit === "subject" ? 1 : 5,
      halfWidth: releasedTables[id]!.halfWidths[field.name]!,
      relativeError: 0.084
    })),
    issuedAt: "2026-11-02T02:11:40Z",
    signature: "u7Yk2vR0qL3n8wZxA1bC5dE9fG4hJ6kM"
  }
}

function productOf(known: Facts): Product {
  const { id, title, summary, baseFen, halfLife, bits, depth, epsilon, rho } = known
  const table = releasedTables[id]!
  const parts = facetsOf(table)
  const keys = table.fields.filter((field) => field.part === "key")
  const measures = table.fields.filter((field) => field.part === "measure")
  const certificate = certificateOf(known, keys, measures)
  const file = `product:${id}#price`
  const said = (value: number, unit: string, name: string) => publicNumber(value, unit, `${file}.${name}`, "2026-10-15")
  const measured = (value: number, unit: string, name: string) =>
    releasedNumber(value, unit, `certificate:${certificate.release}#${name}`, certificate.issuedAt, certificate.release)
  const priceTree = explainQuote({
    issuedAt: asked,
    inputs: {
      policy: {
        base: said(baseFen, "minor", "base"),
        floor: said(12_000, "minor", "floor"),
        halfLife: said(halfLife, "day", "half_life"),
        grace: said(7, "day", "grace"),
        archival: said(0.2, "ratio", "archival"),
        beta: said(0.7, "ratio", "beta"),
        r0: said(0.15, "rho", "r0")
      },
      demand: publicNumber(1.06, "ratio", "demand:90-days", "2026-11-21"),
      reference: {
        bits: measured(bits * 1.04, "bit", "bits_ref"),
        mu: measured(table.length, "row", "mu_ref"),
        rho: measured(rho, "rho", "rho_ref")
      },
      artefact: {
        bits: measured(bits, "bit", "bits"),
        rho: measured(rho, "rho", "rho"),
        rows: [{ rows: measured(table.length, "row", "rows"), weight: said(1, "ratio", "weight"), asOf }]
      }
    }
  })
  const price = { minor: priceTree.value, currency: "CNY" }
  const version = (period: string, n: number, at: string) => ({
    version: `${period}.${n}`,
    period,
    publishedAt: at,
    artefact: `${n}c41e6a9d7f2058b3c6e1a4d9f0728b5c3e6a1d4f9b2078c5e3a6d1f4b907${n}8ab`.padEnd(64, "0").slice(0, 64),
    releasedRows: table.length,
    state: n === 1 ? "listed" : "retired",
    price: n === 1 ? price : null
  })
  return {
    card: {
      id,
      title,
      summary,
      kind: "dp_aggregate",
      version: "2026-10.1",
      period: "2026-10",
      releasedRows: table.length,
      price,
      freshness: freshnessOf(halfLife),
      depth: { score: depth, bits },
      tradability: { index: 91, at: "2026-10-31T08:00:00.000Z" },
      guarantee: { epsilon, delta: 1e-6, rho }
    },
    owner: "sales-ops",
    scenario: {
      purpose: "dpv:MarketResearch",
      required: keys.map((field) => field.name),
      optional: measures.slice(1).map((field) => field.name),
      history: "12 months",
      freshness: "31 days"
    },
    dictionary: table.fields,
    guarantee: guaranteeInWords(certificate),
    certificate,
    terms: { purposes: ["dpv:MarketResearch"], onward: false, territory: ["CN"], retention: "365 days" },
    versions: [version("2026-10", 1, "2026-11-02T02:12:00Z"), version("2026-09", 2, "2026-10-02T02:10:00Z")],
    priceTree,
    distributions: parts.flatMap((part) => part.keys.map((key) => distributionOf(part, key, measures[0]!))),
    matrices: parts.flatMap((part) =>
      part.keys.flatMap((row, i) => part.keys.slice(i + 1).map((column) => matrixOf(part, row, column, measures[0]!)))
    ),
    preview: previewOf(table)
  }
}

/** Listed products with the content that a real home has. */
export const products: ReadonlyArray<Product> = facts.map(productOf)
