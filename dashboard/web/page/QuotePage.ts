import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Quote } from "../../api/Quote.ts"
import { offerInWords } from "../face/buyer/offerInWords.ts"
import { formatInstant } from "../format/formatInstant.ts"
import { formatMoney } from "../format/formatMoney.ts"
import { ask } from "../shell/ask.ts"
import { goTo } from "../shell/goTo.ts"
import { Loading } from "../shell/Loading.ts"
import { showProblem } from "../shell/showProblem.ts"
import { Page } from "./Page.ts"

/** A price that holds for a day, with its reasons, and the step to an order. */
export class QuotePage extends Page {
  readonly #quote = new Loading(this, () => ask("quote", `/api/quotes/${encodeURIComponent(this.params["id"]!)}`))

  override render(): TemplateResult {
    return this.#quote.show(this.words, (quote) => this.#show(quote))
  }

  async #order(quote: string): Promise<void> {
    await this.guard(async () => {
      await ask("placeOrder", "/api/orders", { quote })
      goTo("/orders")
    })
  }

  #show(quote: Quote): TemplateResult {
    const { words, language } = this
    const over = Date.parse(quote.expiresAt) <= Date.now()
    return html`<p class="crumbs">
        <a href="/">${words.nav.catalog}</a> / <a href="/products/${quote.product}">${this.say(quote.title)}</a>
      </p>
      <header class="head"><h1 tabindex="-1">${words.quote.title}</h1></header>
      <section class="block ticket">
        <dl class="figures">
          <div class="figure">
            <dt>${words.price}</dt>
            <dd class="big">${formatMoney(quote.price, language)}</dd>
          </div>
          <div class="figure">
            <dt>${words.facts.version}</dt>
            <dd>${quote.version}</dd>
          </div>
          ${
            quote.part === null
              ? nothing
              : html`<div class="figure">
                  <dt>${words.quote.part}</dt>
                  <dd>${offerInWords(quote.part.offer, quote.part.whole, language)}</dd>
                </div>`
          }
          <div class="figure">
            <dt>${words.quote.expires}</dt>
            <dd>${formatInstant(quote.expiresAt, language)}</dd>
          </div>
        </dl>
        <div class="actions">
          ${
            over
              ? html`<a class="button" href="/products/${quote.product}">${words.quote.again}</a>`
              : html`<button class="button first" ?disabled=${this.busy} @click=${() => this.#order(quote.id)}>
                  ${words.quote.order}
                </button>`
          }
        </div>
        ${this.problem === undefined ? nothing : showProblem(this.problem, words)}
      </section>
      <section class="block">
        <h2>${words.product.why}</h2>
        <assay-price .tree=${quote.priceTree} currency=${quote.price.currency}></assay-price>
        <p class="quiet end">${words.quote.hash} <code>${quote.hash}</code></p>
      </section>`
  }
}
