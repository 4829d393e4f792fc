import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { ProductAttack } from "../../../api/product/ProductAttack.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { goTo } from "../../shell/goTo.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { buyerProductWords } from "./buyerProductWords.ts"
import { offerInWords } from "./offerInWords.ts"

/** Less than the whole, or more accurate: the rest of a product's menu with its prices. */
export class ProductOffers extends Page {
  static override properties: PropertyDeclarations = { product: { type: String }, chosen: { state: true } }
  declare product: string
  declare private chosen: string
  readonly #menu = new Loading(this, () =>
    ask("productAttack", `/api/products/${encodeURIComponent(this.product)}/attack`)
  )

  constructor() {
    super()
    this.product = ""
    this.chosen = ""
  }

  async #quote(offer: string): Promise<void> {
    await this.guard(async () => {
      const quote = await ask("makeQuote", "/api/quotes", { product: this.product, offer })
      goTo(`/quotes/${quote.id}`)
    })
  }

  override render(): TemplateResult | typeof nothing {
    const menu = this.#menu.value
    if (menu === undefined || menu.offers.length < 2) return nothing
    return this.#show(menu)
  }

  #show({ offers }: ProductAttack): TemplateResult {
    const own = buyerProductWords(this.language).offers
    const { language } = this
    const [whole, ...others] = offers
    const sorted = others.toSorted((a, b) => b.accuracy - a.accuracy || b.price.minor - a.price.minor)
    const chosen = sorted.find(({ id }) => id === this.chosen) ?? sorted[0]!
    return html`<section class="block offers" aria-label=${own.title}>
      <label class="pick"
        >${own.title}
        <select
          class="small"
          @change=${(event: Event) => {
            this.chosen = (event.target as HTMLSelectElement).value
          }}
        >
          ${sorted.map(
            (offer) =>
              html`<option value=${offer.id} ?selected=${offer.id === chosen.id}>
                ${offerInWords(offer, whole!, language)}: ${formatMoney(offer.price, language)}
              </option>`
          )}
        </select></label
      >
      <button class="button" ?disabled=${this.busy} @click=${() => void this.#quote(chosen.id)}>
        ${own.quote(formatMoney(chosen.price, language))}
      </button>
      <span class="quiet">${chosen.accuracy > 1 ? own.higher : chosen.accuracy < 1 ? own.lower : own.same}</span>
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
    </section>`
  }
}
