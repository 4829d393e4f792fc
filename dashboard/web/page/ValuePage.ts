import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Price } from "../../api/Price.ts"
import type { Value } from "../../api/Value.ts"
import { formatDay } from "../format/formatDay.ts"
import { formatInstant } from "../format/formatInstant.ts"
import { formatMoney } from "../format/formatMoney.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { formatTiny } from "../format/formatTiny.ts"
import { formatShare } from "../format/formatShare.ts"
import { ask } from "../shell/ask.ts"
import { Loading } from "../shell/Loading.ts"
import { Page } from "./Page.ts"

/** What the data is listed at, what it earns, and what protecting people has cost of the budget. */
export class ValuePage extends Page {
  readonly #value = new Loading(this, () => ask("value", "/api/value"))

  override render(): TemplateResult {
    const { words } = this
    return html`<header class="head">
        <div>
          <h1 tabindex="-1">${words.value.title}</h1>
          <p>${words.value.lead}</p>
        </div>
      </header>
      ${this.#value.show(words, (value) => this.#show(value))}`
  }

  #show(value: Value): TemplateResult {
    const { words, language } = this
    const { budget } = value
    const figure = (name: string, text: string, title: string): TemplateResult =>
      html`<div class="figure">
        <dt>${name}</dt>
        <dd title=${title}>${text}</dd>
      </div>`
    const money = (name: string, price: Price): TemplateResult =>
      figure(name, formatMoney(price, language, "short"), formatMoney(price, language))
    return html`${value.totals.map(
        (total) =>
          html`<dl class="strip">
            ${money(words.value.paid, total.paid)} ${money(words.value.ordered, total.ordered)}
            ${money(words.value.listed, total.listed)}
            ${figure(words.value.orders, formatNumber(value.orders, language), "")}
            ${figure(
              words.value.left,
              formatShare(budget.left.rho / budget.cap.rho, language),
              `ρ ${formatNumber(budget.left.rho, language, 4)}`
            )}
          </dl>`
      )}
      <div class="columns">
        <div>
          ${value.totals.map(
            (total) =>
              html`<section class="block">
                  ${
                    total.revenue.length === 0
                      ? html`<h2>${words.value.noRevenue}</h2>
                          <p class="quiet">${words.value.noRevenueFix}</p>`
                      : html`<assay-revenue .total=${total}></assay-revenue>`
                  }
                </section>
                <section class="block">
                  <assay-value .products=${value.products} currency=${total.listed.currency}></assay-value>
                </section>`
          )}
        </div>
        <div>
          <section class="block">
            <h2>${words.value.budget}</h2>
            <dl class="facts">
              <dt>${words.value.spent}</dt>
              <dd>
                ε ${formatNumber(budget.spent.epsilon, language, 3)}
                <span class="quiet">ρ ${formatNumber(budget.spent.rho, language, 3)}</span>
              </dd>
              <dt>${words.value.remaining}</dt>
              <dd>
                ε ${formatNumber(budget.left.epsilon, language, 3)}
                <span class="quiet">ρ ${formatNumber(budget.left.rho, language, 3)}</span>
              </dd>
              <dt>${words.value.cap}</dt>
              <dd>ε ${formatNumber(budget.cap.epsilon, language, 3)}, δ ${formatTiny(budget.cap.delta)}</dd>
              <dt>${words.value.runsOut}</dt>
              <dd>${budget.runsOut === null ? "–" : formatDay(budget.runsOut, language)}</dd>
            </dl>
            <meter min="0" max=${budget.cap.rho} .value=${budget.spent.rho} aria-label=${words.value.spent}></meter>
            <p class="end"><a href="/budget">${words.value.more}</a></p>
          </section>
          ${
            value.products.length === 0
              ? nothing
              : html`<section class="block"><assay-forecast .products=${value.products}></assay-forecast></section>`
          }
        </div>
      </div>
      ${this.#products(value)}
      <p class="quiet end">${words.value.asOf(formatInstant(value.asOf, language))}</p>`
  }

  #products({ products }: Value): TemplateResult {
    const { words, language } = this
    return html`<section class="block end wide" tabindex="0" aria-label=${words.value.products}>
      <h2>${words.value.products}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">${words.orders.product}</th>
            <th scope="col" class="number">${words.value.list}</th>
            <th scope="col" class="number">${words.value.orders}</th>
            <th scope="col" class="number">${words.value.ordered}</th>
            <th scope="col" class="number">${words.value.paid}</th>
            <th scope="col" class="number">${words.ttl}</th>
            <th scope="col" class="number">${words.depth}</th>
            <th scope="col" class="number">${words.value.charged}</th>
          </tr>
        </thead>
        <tbody>
          ${products.map(
            (product) =>
              html`<tr>
                <td><a href="/products/${product.id}">${this.say(product.title)}</a></td>
                <td class="number">${formatMoney(product.price, language)}</td>
                <td class="number">${formatNumber(product.orders, language)}</td>
                <td class="number">${formatMoney(product.ordered, language)}</td>
                <td class="number">${formatMoney(product.paid, language)}</td>
                <td class="number">${formatNumber(product.freshness.score, language, 3)}</td>
                <td class="number">${formatNumber(product.depth, language, 3)}</td>
                <td class="number">ρ ${formatNumber(product.rho, language, 3)}</td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }
}
