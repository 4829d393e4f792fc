import { formatMoney } from "#core/money/formatMoney.ts"
import type { Listing } from "../product/Catalog.ts"
import { guaranteeSentence } from "./guaranteeSentence.ts"

/** A fact of a datasheet: what it is in both languages, and its lines. */
export interface DatasheetFact {
  readonly zh: string
  readonly en: string
  readonly lines: ReadonlyArray<string>
}

/** A part of a datasheet. */
export interface DatasheetSection {
  readonly zh: string
  readonly en: string
  readonly facts: ReadonlyArray<DatasheetFact>
}

const fact = (zh: string, en: string, ...lines: ReadonlyArray<string>): DatasheetFact => ({ zh, en, lines })

/** What the bilingual datasheet (产品说明书) of a product says, whatever it is written in. */
export function datasheetSections({
  product,
  version,
  price,
  at,
  contract,
  market
}: Listing): ReadonlyArray<DatasheetSection> {
  const { offering, columns, certificate } = version
  const { scenario, terms, description, owner } = offering
  const { assets } = (certificate as { readonly lineage: { readonly assets: ReadonlyArray<string> } }).lineage
  return [
    {
      zh: "产品说明",
      en: "Product",
      facts: [
        fact("编号与版本", "Id and version", `${product} ${version.version}`),
        fact("契约版本", "Contract", contract ?? "–"),
        fact("登记编号", "Registration number", market?.registration ?? "–"),
        fact("挂牌编号", "Listing number", market?.listing ?? "–"),
        fact("简介", "Summary", ...(description === undefined ? ["–"] : [description.zh, description.en])),
        fact("应用场景", "Scenario", `${scenario.purpose}: ${scenario.required.join(", ")}`),
        fact("数据来源", "Made from", assets.join(", ")),
        fact("提供方", "Owner", owner),
        fact("更新周期", "Update cycle", scenario.freshness ?? "–"),
        fact("数据时点", "As of", version.asOf),
        fact("行数（发布后）", "Rows, as released", version.rows.value.toLocaleString("en"))
      ]
    },
    {
      zh: "字段",
      en: "Fields",
      facts: columns.map(({ name, label, type, unit, note }) =>
        fact(name, `${type}${unit === "" ? "" : `, ${unit}`}`, `${label.zh}: ${note.zh}`, `${label.en}: ${note.en}`)
      )
    },
    {
      zh: "隐私保护",
      en: "Protection",
      facts: [
        fact(
          "保证",
          "Guarantee",
          version.epsilon > 0
            ? `差分隐私：epsilon = ${version.epsilon}，delta = ${version.delta}，数值含噪声。`
            : "仅含主体明确许可的行，每行附许可证。",
          guaranteeSentence(version)
        ),
        fact("版本指纹", "SHA-256", version.artefact)
      ]
    },
    {
      zh: "价格与条款",
      en: "Price and terms",
      facts: [
        fact("标价（不含税）", "List price, before tax", `${formatMoney(price)} (${at.slice(0, 10)})`),
        fact("许可用途", "Purposes", terms.purposes.join(", ")),
        fact("转让", "Onward use", terms.onward ? "允许 allowed" : "不允许 not allowed"),
        fact("地域", "Territory", terms.territory.join(", ")),
        fact("保留期限", "Retention", terms.retention ?? "–"),
        fact("交付方式", "Delivery", "Parquet, CSV, JSONL, Arrow, Delta Sharing")
      ]
    }
  ]
}
