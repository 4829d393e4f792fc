import { css, html, nothing } from "lit"
import type { CSSResultGroup, PropertyDeclarations, TemplateResult } from "lit"
import type { PriceTree } from "../../api/PriceTree.ts"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { waterfall } from "../chart/waterfall.ts"
import { waterfallSteps } from "../chart/waterfallSteps.ts"
import { formatDay } from "../format/formatDay.ts"
import { formatMoney } from "../format/formatMoney.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { ChartElement } from "./ChartElement.ts"
import { chartStyle } from "./chartStyle.ts"

/** A price that explains itself: how it comes about step by step, and every number down to its evidence. */
export class AssayPrice extends ChartElement {
  static override styles: CSSResultGroup = [
    chartStyle,
    css`
      .tree {
        margin-top: 16px;
        border-top: 1px solid var(--rule, #e3e3df);
      }
      details > details,
      details > .leaf {
        margin-left: 16px;
      }
      summary,
      .leaf {
        padding: 3px 0;
        border-bottom: 1px solid var(--rule, #e3e3df);
      }
      summary {
        cursor: pointer;
      }
      .row {
        display: inline-flex;
        flex-wrap: wrap;
        gap: 0 12px;
        width: calc(100% - 18px);
        vertical-align: top;
        justify-content: space-between;
      }
      .formula,
      .evidence {
        display: block;
        width: 100%;
        font-size: 12px;
        color: var(--ink-3, #6b7279);
        overflow-wrap: anywhere;
      }
      .leaf {
        padding-left: 18px;
      }
      .leaf .row {
        width: 100%;
      }
      .kind {
        color: var(--ink-2, #4d545c);
      }
    `
  ]
  static override properties: PropertyDeclarations = { tree: { attribute: false }, currency: { type: String } }
  declare tree: PriceTree | undefined
  declare currency: string

  constructor() {
    super()
    this.currency = "CNY"
  }

  protected override draw(look: Look): Drawing | undefined {
    if (this.tree === undefined) return undefined
    const steps = waterfallSteps(this.tree) ?? [
      { id: this.tree.id, label: this.tree.label, kind: "price" as const, before: 0, after: this.tree.value }
    ]
    return waterfall(steps, this.currency, look)
  }

  protected override aside(): TemplateResult | typeof nothing {
    return this.tree === undefined ? nothing : html`<div class="tree">${this.#branch(this.tree, 0)}</div>`
  }

  #branch(node: PriceTree, depth: number): TemplateResult {
    const { language, words } = this.look
    const { evidence } = node
    const value =
      node.unit === "minor"
        ? formatMoney({ minor: Math.round(node.value), currency: this.currency }, language)
        : `${formatNumber(node.value, language)} ${words.unit(node.unit)}`
    const row = html`<span class="row"
      ><span>${language === "en" ? node.label.en : node.label.zh}</span><span>${value}</span>${
        node.formula === undefined ? nothing : html`<span class="formula">= ${node.formula}</span>`
      }${
        evidence === undefined
          ? nothing
          : html`<span class="evidence"
              ><span class="kind">${words.evidence[evidence.kind]}</span> · ${evidence.where} ·
              ${formatDay(evidence.when, language)}</span
            >`
      }</span
    >`
    return node.children === undefined || node.children.length === 0
      ? html`<div class="leaf">${row}</div>`
      : html`<details ?open=${depth === 0}>
          <summary>${row}</summary>
          ${node.children.map((child) => this.#branch(child, depth + 1))}
        </details>`
  }
}
