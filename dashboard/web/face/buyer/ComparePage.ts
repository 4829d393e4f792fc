import { html } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { Product } from "../../../api/Product.ts"
import type { ProductCard } from "../../../api/ProductCard.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatTiny } from "../../format/formatTiny.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { buyerWords } from "./buyerWords.ts"

const most = 4

/** Products side by side: the same question about each in one row. */
export class ComparePage extends Page {
  static override properties: PropertyDeclarations = { chosen: { state: true } }
  declare private chosen: ReadonlyArray<string>
  readonly #cards = new Loading(this, () => ask("products", "/api/products"))
  readonly #products = new Loading(this, async () => {
    const cards = await ask("products", "/api/products")
    const ids = this.chosen.length > 0 ? this.chosen : cards.slice(0, 2).map(({ id }) => id)
    this.chosen = ids
    return Promise.all(ids.map((id) => ask("product", `/api/products/${encodeURIComponent(id)}`)))
  })

  constructor() {
    super()
    this.chosen = new URLSearchParams(location.search).getAll("p").slice(0, most)
  }

  #choose(id: string, isOn: boolean): void {
    this.chosen = isOn ? [...this.chosen, id].slice(-most) : this.chosen.filter((one) => one !== id)
    const query = new URLSearchParams(this.chosen.map((one) => ["p", one]))
    history.replaceState(null, "", `${location.pathname}?${query}`)
    void this.#products.load()
  }

  override render(): TemplateResult {
    const own = buyerWords(this.language).compare
    return html`${this.head(own.title, own.lead)} ${this.#cards.show(this.words, (cards) => this.#choice(cards))}
    ${this.#products.show(this.words, (products) => this.#table(products))}`
  }

  #choice(cards: ReadonlyArray<ProductCard>): TemplateResult {
    const own = buyerWords(this.language).compare
    return html`<fieldset class="block choices">
      <legend>${own.choose}</legend>
      ${cards.map(
        ({ id, title }) =>
          html`<label
            ><input
              type="checkbox"
              .checked=${this.chosen.includes(id)}
              @change=${(event: Event) => this.#choose(id, (event.target as HTMLInputElement).checked)}
            />
            ${this.say(title)}</label
          >`
      )}
    </fieldset>`
  }

  #table(products: ReadonlyArray<Product>): TemplateResult {
    const own = buyerWords(this.language).compare
    const { words, language } = this
    if (products.length === 0) return html`<section class="state"><h2>${own.none}</h2></section>`
    const row = (name: string, cell: (product: Product) => TemplateResult | string): TemplateResult =>
      html`<tr>
        <th scope="row">${name}</th>
        ${products.map((product) => html`<td>${cell(product)}</td>`)}
      </tr>`
    return html`<section class="block wide apart" tabindex="0" role="region" aria-label=${own.title}>
      <table>
        <thead>
          <tr>
            <td></td>
            ${products.map(({ card }) => html`<th scope="col"><a href="/products/${card.id}">${this.say(card.title)}</a></th>`)}
          </tr>
        </thead>
        <tbody>
          ${row(words.price, ({ card }) => formatMoney(card.price, language))}
          ${row(own.kind, ({ card }) => words.kind[card.kind])}
          ${row(own.index, ({ card }) =>
            card.tradability === null ? "–" : formatNumber(card.tradability.index, language, 3)
          )}
          ${row(words.ttl, ({ card }) => formatNumber(card.freshness.score, language, 3))}
          ${row(words.depth, ({ card }) => formatNumber(card.depth.score, language, 3))}
          ${row(own.bits, ({ card }) => formatNumber(card.depth.bits, language, 3))}
          ${row(own.rows, ({ card }) => formatNumber(card.releasedRows, language))}
          ${row(own.next, ({ card }) =>
            card.freshness.nextUpdate === null ? "–" : formatDay(card.freshness.nextUpdate, language)
          )}
          ${row(own.guarantee, ({ card: { guarantee } }) =>
            guarantee.epsilon === 0
              ? "–"
              : `ε ${formatNumber(guarantee.epsilon, language, 3)}, δ ${formatTiny(guarantee.delta)}`
          )}
          ${row(own.columns, ({ dictionary }) => dictionary.map(({ name }) => name).join(", "))}
          ${row(own.purposes, ({ terms }) => terms.purposes.join(", "))}
          ${row(own.onward, ({ terms }) => (terms.onward ? own.yes : own.no))}
          ${row(own.territory, ({ terms }) => terms.territory.join(", "))}
          ${row(own.retention, ({ terms }) => terms.retention ?? "–")}
        </tbody>
      </table>
    </section>`
  }
}
