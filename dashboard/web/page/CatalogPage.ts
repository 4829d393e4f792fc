import { html } from "lit"
import { unsafeSVG } from "lit/directives/unsafe-svg.js"
import type { TemplateResult, PropertyDeclarations } from "lit"
import type { ProductCard } from "../../api/ProductCard.ts"
import { formatDay } from "../format/formatDay.ts"
import { formatMoney } from "../format/formatMoney.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { palettes } from "../chart/palettes.ts"
import { sparkline } from "../chart/sparkline.ts"
import { settings } from "../shell/settings.ts"
import { ask } from "../shell/ask.ts"
import { Loading } from "../shell/Loading.ts"
import { guaranteeBadge } from "./guaranteeBadge.ts"
import { Page } from "./Page.ts"

/** What is on sale. Search happens here: the catalog is small and the answer immediate. */
export class CatalogPage extends Page {
  static override properties: PropertyDeclarations = { wanted: { state: true } }
  declare private wanted: string
  readonly #products = new Loading(this, () => ask("products", "/api/products"))

  constructor() {
    super()
    this.wanted = new URLSearchParams(location.search).get("q") ?? ""
  }

  override render(): TemplateResult {
    const { words } = this
    return html`<header class="head">
        <div>
          <h1 tabindex="-1">${words.catalog.title}</h1>
          <p>${words.catalog.lead}</p>
        </div>
        <input
          type="search"
          .value=${this.wanted}
          placeholder=${words.catalog.search}
          aria-label=${words.catalog.search}
          @input=${this.#search}
        />
      </header>
      ${this.#products.show(words, (cards) => this.#list(cards))}`
  }

  readonly #search = (event: InputEvent): void => {
    this.wanted = (event.target as HTMLInputElement).value
    const query = this.wanted === "" ? "" : `?q=${encodeURIComponent(this.wanted)}`
    history.replaceState(null, "", `${location.pathname}${query}`)
  }

  #list(cards: ReadonlyArray<ProductCard>): TemplateResult {
    const { words } = this
    const needles = this.wanted.toLowerCase().split(/\s+/).filter(Boolean)
    const text = ({ id, title, summary }: ProductCard): string =>
      `${id} ${title.zh} ${title.en} ${summary.zh} ${summary.en}`.toLowerCase()
    const found = cards.filter((card) => needles.every((needle) => text(card).includes(needle)))
    if (cards.length === 0)
      return html`<section class="state">
        <h2>${words.catalog.empty}</h2>
        <p class="quiet">${words.catalog.emptyFix}</p>
      </section>`
    if (found.length === 0)
      return html`<section class="state" role="status">
        <h2>${words.catalog.none}</h2>
        <p class="quiet">${words.catalog.noneFix}</p>
      </section>`
    return html`<p class="hidden-text" role="status">${words.catalog.found(found.length)}</p>
      <ul class="cards">
        ${found.map((card) => html`<li>${this.#card(card)}</li>`)}
      </ul>`
  }

  #card(card: ProductCard): TemplateResult {
    const { words, language } = this
    const { freshness, depth } = card
    return html`<a class="card" href="/products/${card.id}">
      <div class="tags">
        ${guaranteeBadge(card.guarantee, this.words, language)}<span>${words.kind[card.kind]}</span
        ><span>${words.catalog.period(card.period)}</span>
      </div>
      <h2>${this.say(card.title)}</h2>
      <p class="grow">${this.say(card.summary)}</p>
      <dl class="figures">
        <div class="figure">
          <dt>${words.price}</dt>
          <dd>${formatMoney(card.price, language)}</dd>
        </div>
        <div class="figure">
          <dt>${words.ttl}</dt>
          <dd>
            ${formatNumber(freshness.score, language, 3)}
            <svg class="spark" width="84" height="20" aria-hidden="true">
              ${unsafeSVG(sparkline(freshness, 84, 20, palettes[settings.theme]).markup)}
            </svg>
          </dd>
        </div>
        <div class="figure">
          <dt>${words.depth}</dt>
          <dd>
            ${formatNumber(depth.score, language, 3)}
            <meter min="0" max="100" .value=${depth.score} aria-label=${words.depth}></meter>
          </dd>
        </div>
      </dl>
      <p class="tags">
        <span>${words.catalog.rows(formatNumber(card.releasedRows, language))}</span
        ><span
          >${
            freshness.nextUpdate === null
              ? words.catalog.noUpdate
              : words.catalog.update(formatDay(freshness.nextUpdate, language))
          }</span
        >
      </p>
    </a>`
  }
}
