import { html, nothing } from "lit"
import type { TemplateResult, PropertyDeclarations } from "lit"
import type { Product } from "../../api/Product.ts"
import { pairName } from "../chart/pairName.ts"
import { shortLabel } from "../chart/shortLabel.ts"
import { formatDay } from "../format/formatDay.ts"
import { formatMoney } from "../format/formatMoney.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { ask } from "../shell/ask.ts"
import { goTo } from "../shell/goTo.ts"
import { Loading } from "../shell/Loading.ts"
import { showProblem } from "../shell/showProblem.ts"
import { guaranteeBadge } from "./guaranteeBadge.ts"
import { Page } from "./Page.ts"
import { productFacts } from "./productFacts.ts"

/** Everything a buyer should know before an order, most wanted first: price, promise, content. */
export class ProductPage extends Page {
  static override properties: PropertyDeclarations = {
    form: { state: true },
    pair: { state: true },
    field: { state: true }
  }
  declare private form: "graph" | "heat"
  declare private pair: number
  declare private field: number
  readonly #product = new Loading(this, () => ask("product", `/api/products/${encodeURIComponent(this.params["id"]!)}`))

  constructor() {
    super()
    this.form = "graph"
    this.pair = 0
    this.field = 0
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // What further down explains the product may come after it.
    void import("../face/buyer/productParts.ts").then(({ defineProductParts }) => defineProductParts())
  }

  override render(): TemplateResult {
    return this.#product.show(this.words, (product) => this.#show(product))
  }

  readonly #quote = async (): Promise<void> => {
    await this.guard(async () => {
      const quote = await ask("makeQuote", "/api/quotes", { product: this.params["id"]! })
      goTo(`/quotes/${quote.id}`)
    })
  }

  #show(product: Product): TemplateResult {
    const { card } = product
    const { words } = this
    return html`<p class="crumbs"><a href="/">${words.nav.catalog}</a> / <span class="mono">${card.id}</span></p>
      <header class="head">
        <div>
          <h1 tabindex="-1">${this.say(card.title)}</h1>
          <p>${this.say(card.summary)}</p>
        </div>
        <div class="tags">
          ${guaranteeBadge(card.guarantee, words, this.language)}<span class="tag">${words.kind[card.kind]}</span
          ><span class="tag">${card.version}</span>
        </div>
      </header>
      ${this.#ticket(product)}
      ${this.session?.role === "buyer" ? html`<product-offers product=${card.id}></product-offers>` : nothing}
      <div class="columns">
        <div>
          <section class="block">
            <h2>${words.product.why}</h2>
            <assay-price .tree=${product.priceTree} currency=${card.price.currency}></assay-price>
          </section>
          <product-attack product=${card.id}></product-attack>
          ${this.#pairs(product)} ${this.#bars(product)} ${this.#preview(product)} ${this.#dictionary(product)}
        </div>
        <div>
          <section class="block">
            <h2>${words.product.guarantee}</h2>
            <ol class="promises">
              ${product.guarantee.map((promise) => html`<li><span>${this.say(promise)}</span></li>`)}
            </ol>
          </section>
          <section class="block"><assay-ttl .freshness=${card.freshness}></assay-ttl></section>
          <product-record product=${card.id}></product-record>
          ${productFacts(product, words, this.language)}
        </div>
      </div>
      <product-lineage product=${card.id}></product-lineage>`
  }

  #ticket({ card }: Product): TemplateResult {
    const { words, language } = this
    return html`<section class="block ticket" aria-label=${words.product.offer}>
      <dl class="figures">
        <div class="figure">
          <dt>${words.price}</dt>
          <dd class="big">${formatMoney(card.price, language)}</dd>
        </div>
        <div class="figure">
          <dt>${words.ttl}</dt>
          <dd>${formatNumber(card.freshness.score, language, 3)} <small>/ 100</small></dd>
        </div>
        <div class="figure">
          <dt>${words.depth}</dt>
          <dd>
            ${formatNumber(card.depth.score, language, 3)}
            <small>${words.product.bits(formatNumber(card.depth.bits, language, 3))}</small>
          </dd>
        </div>
        <div class="figure">
          <dt>${words.product.rows}</dt>
          <dd>${formatNumber(card.releasedRows, language)}</dd>
        </div>
        <div class="figure">
          <dt>${words.product.next}</dt>
          <dd>${card.freshness.nextUpdate === null ? "–" : formatDay(card.freshness.nextUpdate, language)}</dd>
        </div>
      </dl>
      ${
        this.session?.role === "buyer"
          ? html`<div class="actions">
              <button class="button first" ?disabled=${this.busy} @click=${this.#quote}>${words.product.quote}</button>
            </div>`
          : html`<p class="quiet">${words.product.buyersOnly}</p>`
      }
      ${this.problem === undefined ? nothing : showProblem(this.problem, words)}
    </section>`
  }

  #pairs({ matrices }: Product): TemplateResult | typeof nothing {
    const matrix = matrices[this.pair]
    if (matrix === undefined) return nothing
    const { words } = this
    const option = (form: "graph" | "heat", text: string): TemplateResult =>
      html`<button
        aria-pressed=${this.form === form}
        @click=${() => {
          this.form = form
        }}
      >
        ${text}
      </button>`
    return html`<section class="block">
      <h2>
        ${words.product.pairs}
        <span class="switch">
          ${
            matrices.length > 1
              ? matrices.map(
                  (one, i) =>
                    html`<button
                      aria-pressed=${this.pair === i}
                      @click=${() => {
                        this.pair = i
                      }}
                    >
                      ${pairName(one, this.language)}
                    </button>`
                )
              : nothing
          }
          ${option("graph", words.product.graph)} ${option("heat", words.product.heat)}
        </span>
      </h2>
      <assay-pairs .matrix=${matrix} form=${this.form}></assay-pairs>
    </section>`
  }

  #bars({ distributions }: Product): TemplateResult | typeof nothing {
    const distribution = distributions[this.field]
    if (distribution === undefined) return nothing
    return html`<section class="block">
      <h2>
        ${this.words.product.distributions}
        <span class="switch">
          ${distributions.map(
            (one, i) =>
              html`<button
                aria-pressed=${this.field === i}
                @click=${() => {
                  this.field = i
                }}
              >
                ${one.facet === null ? "" : `${one.facet} · `}${shortLabel(one.field, this.language)}
              </button>`
          )}
        </span>
      </h2>
      <assay-bars .distribution=${distribution}></assay-bars>
    </section>`
  }

  #preview({ preview, dictionary }: Product): TemplateResult {
    const { words, language } = this
    const unitOf = new Map(dictionary.map((field) => [field.name, field.unit]))
    const cell = (value: string | number | boolean | null, column: string): string =>
      value === null
        ? "–"
        : typeof value === "number"
          ? /^[A-Z]{3}$/.test(unitOf.get(column) ?? "")
            ? formatMoney({ minor: value, currency: unitOf.get(column)! }, language)
            : formatNumber(value, language, 12)
          : String(value)
    return html`<section class="block">
      <h2>${words.product.preview}<small>${words.product.previewNote(preview.rows.length, preview.of)}</small></h2>
      ${
        preview.rows.length === 0
          ? html`<p class="quiet">${words.product.previewEmpty}</p>`
          : html`<div class="wide rows" tabindex="0" role="region" aria-label=${words.product.preview}>
              <table>
                <thead>
                  <tr>
                    ${preview.columns.map((name) => html`<th scope="col"><code>${name}</code></th>`)}
                  </tr>
                </thead>
                <tbody>
                  ${preview.rows.map(
                    (row) =>
                      html`<tr>
                        ${row.map(
                          (value, i) =>
                            html`<td class=${typeof value === "number" ? "number" : ""}>
                              ${cell(value, preview.columns[i]!)}
                            </td>`
                        )}
                      </tr>`
                  )}
                </tbody>
              </table>
            </div>`
      }
    </section>`
  }

  #dictionary({ dictionary }: Product): TemplateResult {
    const { words } = this
    return html`<section class="block">
      <h2>${words.product.dictionary}</h2>
      <div class="wide" tabindex="0" role="region" aria-label=${words.product.dictionary}>
        <table>
          <thead>
            <tr>
              <th scope="col">${words.product.field}</th>
              <th scope="col">${words.product.meaning}</th>
              <th scope="col">${words.product.type}</th>
              <th scope="col">${words.product.note}</th>
            </tr>
          </thead>
          <tbody>
            ${dictionary.map(
              (field) =>
                html`<tr>
                  <td><code>${field.name}</code></td>
                  <td>${this.say(field.label)} <span class="quiet">${words.part[field.part]}</span></td>
                  <td class="quiet">
                    ${field.type.toLowerCase()}${field.unit === "" ? "" : ` · ${words.unit(field.unit)}`}
                  </td>
                  <td>${this.say(field.note)}</td>
                </tr>`
            )}
          </tbody>
        </table>
      </div>
    </section>`
  }
}
