import { formatMoney } from "#core/money/formatMoney.ts"
import type { Listing } from "../product/Catalog.ts"
import { guaranteeSentence } from "./guaranteeSentence.ts"

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
const safe = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => marks[mark]!)

const style = `body{font:14px/1.6 system-ui,"Noto Sans SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2433}
h1{font-size:1.5rem;margin:0}h2{font-size:1rem;border-bottom:1px solid #c9d0da;margin:1.6rem 0 .4rem}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #e3e7ed;padding:.3rem .5rem;text-align:left;vertical-align:top}
th{font-weight:600;width:14rem}code{font-size:12px;word-break:break-all}@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}`

/**
 * The bilingual datasheet (产品说明书) of a listed product: scenario, source, fields, update cycle, guarantee, price, terms, delivery.
 *
 * @returns  a page that stands alone and prints
 */
export function datasheet({ product, version, price, at }: Listing): string {
  const { offering, columns, certificate } = version
  const { scenario, terms, title, description, owner } = offering
  const assets = (certificate as { readonly lineage: { readonly assets: ReadonlyArray<string> } }).lineage.assets
  const facts = (rows: ReadonlyArray<readonly [zh: string, en: string, value: string]>): string =>
    `<table>${rows.map(([zh, en, value]) => `<tr><th>${zh}<br>${en}</th><td>${value}</td></tr>`).join("")}</table>`
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${safe(title.zh)} · ${safe(title.en)}</title><style>${style}</style></head><body>
<h1>${safe(title.zh)}</h1><p>${safe(title.en)} · <code>${safe(product)} ${safe(version.version)}</code></p>
<h2>产品说明 · Product</h2>
${facts([
  ["简介", "Summary", description === undefined ? "–" : `${safe(description.zh)}<br>${safe(description.en)}`],
  ["应用场景", "Scenario", `${safe(scenario.purpose)}: ${scenario.required.map(safe).join(", ")}`],
  ["数据来源", "Made from", assets.map((asset) => `<code>${safe(asset)}</code>`).join(", ")],
  ["提供方", "Owner", safe(owner)],
  ["更新周期", "Update cycle", safe(scenario.freshness ?? "–")],
  ["数据时点", "As of", version.asOf],
  ["行数（发布后）", "Rows, as released", version.rows.value.toLocaleString("en")]
])}
<h2>字段 · Fields</h2>
<table><tr><th>字段 Field</th><td>含义 Meaning</td><td>类型 Type</td><td>说明 Note</td></tr>${columns
    .map(
      ({ name, label, type, unit, note }) =>
        `<tr><th><code>${safe(name)}</code></th><td>${safe(label.zh)}<br>${safe(label.en)}</td><td>${safe(type)}${unit === "" ? "" : `, ${safe(unit)}`}</td><td>${safe(note.zh)}<br>${safe(note.en)}</td></tr>`
    )
    .join("")}</table>
<h2>隐私保护 · Protection</h2>
${facts([
  [
    "保证",
    "Guarantee",
    `${version.epsilon > 0 ? `差分隐私：ε = ${version.epsilon}，δ = ${version.delta}，数值含噪声。` : "仅含主体明确许可的行，每行附许可证。"}<br>${safe(guaranteeSentence(version))}`
  ],
  ["版本指纹", "SHA-256", `<code>${version.artefact}</code>`]
])}
<h2>价格与条款 · Price and terms</h2>
${facts([
  ["标价（不含税）", "List price, before tax", `${formatMoney(price)} (${at.slice(0, 10)})`],
  ["许可用途", "Purposes", terms.purposes.map(safe).join(", ")],
  ["转让", "Onward use", terms.onward ? "允许 allowed" : "不允许 not allowed"],
  ["地域", "Territory", terms.territory.map(safe).join(", ")],
  ["保留期限", "Retention", safe(terms.retention ?? "–")],
  ["交付方式", "Delivery", "Parquet, CSV, JSONL, Delta Sharing"]
])}
</body></html>
`
}
