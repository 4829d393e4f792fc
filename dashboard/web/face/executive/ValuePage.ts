import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Price } from "../../../api/Price.ts"
import type { Value } from "../../../api/Value.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatTiny } from "../../format/formatTiny.ts"
import { formatShare } from "../../format/formatShare.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { Page } from "../../page/Page.ts"

import { executiveValueWords } from "./executiveValueWords.ts"
import { needsOf } from "./needsOf.ts"

/** What the data is listed at, what it earns, and what protecting people has cost of the budget. */
export class ValuePage extends Page {
  readonly #value = new Loading(this, () => ask("value", "/api/value"))
  readonly #rest = new Loading(this, async () => {
    const [risk, business, portfolio] = await Promise.all([
      ask("executiveRisk", "/api/executive/risk"),
      ask("executiveBusiness", "/api/executive/business"),
      ask("executivePortfolio", "/api/executive/portfolio")
    ])
    return { risk, business, portfolio }
  })

  override render(): TemplateResult {
    const { words } = this
    return html`${this.head(words.value.title, words.value.lead)}
    ${this.#value.show(words, (value) => this.#show(value))}`
  }

  #show(value: Value): TemplateResult {
    const { words, language } = this
    const { budget } = value
    const own = executiveValueWords(language)
    const figure = (name: string, text: string, title: string, at: string): TemplateResult =>
      html`<div class="figure">
        <dt>${name}</dt>
        <dd title=${title}><a class="plain" href=${at}>${text}</a></dd>
      </div>`
    const money = (name: string, price: Price, at: string): TemplateResult =>
      figure(name, formatMoney(price, language, "short"), formatMoney(price, language), at)
    const rest = this.#rest.value
    const marginOf = (currency: string): TemplateResult | typeof nothing => {
      const found = rest?.business.currencies.find((one) => one.currency === currency)
      if (found === undefined) return nothing
      const minor = found.products.reduce((sum, { margin }) => sum + margin, 0)
      return money(own.margin, { minor, currency }, "/executive/revenue")
    }
    const shareOf = (currency: string): TemplateResult => {
      const newest = rest?.portfolio.dataShare.findLast((month) => month.currency === currency)
      const share = newest?.share ?? null
      return figure(
        own.share,
        share === null ? (rest === undefined ? "…" : own.noShare) : formatShare(share, language),
        newest?.month ?? "",
        "/executive/revenue"
      )
    }
    return html`${value.totals.map(
        (total) =>
          html`<dl class="strip">
            ${money(words.value.paid, total.paid, "/executive/revenue")} ${shareOf(total.paid.currency)}
            ${marginOf(total.paid.currency)} ${money(words.value.ordered, total.ordered, "/executive/revenue")}
            ${money(words.value.listed, total.listed, "/executive")}
            ${figure(
              words.value.left,
              formatShare(budget.left.rho / budget.cap.rho, language),
              `ρ ${formatNumber(budget.left.rho, language, 4)}`,
              "/budget"
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
          ${
            value.products.length === 0
              ? nothing
              : html`<section class="block"><assay-forecast .products=${value.products}></assay-forecast></section>`
          }
        </div>
        <div>
          <section class="block">
            <h2>${own.needs}</h2>
            ${this.#rest.show(words, ({ risk, business, portfolio }) => {
              const needs = needsOf(risk, business, portfolio, language)
              return needs.length === 0
                ? html`<p class="quiet">${own.nothing}</p>`
                : html`<ul class="attention">
                    ${needs.map(
                      ({ text, at }) =>
                        html`<li>
                          <span>${text}</span> <a href=${at} aria-label="${own.open}: ${text}">${own.open}</a>
                        </li>`
                    )}
                  </ul>`
            })}
          </section>
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
