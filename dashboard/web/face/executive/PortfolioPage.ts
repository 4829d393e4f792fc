import { html } from "lit"
import type { TemplateResult } from "lit"
import type { Portfolio } from "../../../api/executive/Portfolio.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { executiveWords } from "./executiveWords.ts"

/** What the data is worth in four ways, product by product, and its share of the whole. */
export class PortfolioPage extends Page {
  readonly #portfolio = new Loading(this, () => ask("executivePortfolio", "/api/executive/portfolio"))

  override render(): TemplateResult {
    const own = executiveWords(this.language).portfolio
    return html`<header class="head">
        <div>
          <h1 tabindex="-1">${own.title}</h1>
          <p>${own.lead}</p>
        </div>
      </header>
      ${this.#portfolio.show(this.words, (portfolio) => this.#show(portfolio))}`
  }

  #show(portfolio: Portfolio): TemplateResult {
    const own = executiveWords(this.language).portfolio
    if (portfolio.products.length === 0) {
      return html`<section class="state">
        <h2>${own.empty}</h2>
        <p class="quiet">${own.emptyFix}</p>
      </section>`
    }
    const money = (minor: number | null, currency: string): string =>
      minor === null ? "–" : formatMoney({ minor, currency }, this.language, "short")
    const figure = (name: string, value: string, without: number): TemplateResult =>
      html`<div class="figure">
        <dt>${name}</dt>
        <dd>${value} <small>${without === 0 ? "" : own.without(String(without))}</small></dd>
      </div>`
    return html`${portfolio.totals.map(
        ({ currency, book, withoutBook, appraised, withoutAppraisal, list, realised }) =>
          html`<dl class="strip">
            ${figure(own.book, money(book, currency), withoutBook)}
            ${figure(own.appraised, money(appraised, currency), withoutAppraisal)}
            ${figure(own.list, money(list, currency), 0)} ${figure(own.realised, money(realised, currency), 0)}
          </dl>`
      )}
      <p class="quiet">${own.never} ${formatInstant(portfolio.asOf, this.language)}</p>
      <div class="columns">
        <section class="block"><assay-portfolio view="areas" .portfolio=${portfolio}></assay-portfolio></section>
        <section class="block">
          ${
            portfolio.dataShare.length === 0
              ? html`<h2>${own.noShare}</h2>
                  <p class="quiet">${own.noShareFix}</p>`
              : html`<assay-portfolio view="share" .portfolio=${portfolio}></assay-portfolio>`
          }
        </section>
      </div>
      <section class="block apart wide" tabindex="0" role="region" aria-label=${own.products}>
        <h2>${own.products}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">${own.product}</th>
              <th scope="col">${own.state}</th>
              <th scope="col" class="number">${own.book}</th>
              <th scope="col" class="number">${own.appraised}</th>
              <th scope="col" class="number">${own.list}</th>
              <th scope="col" class="number">${own.realised}</th>
              <th scope="col" class="number">${own.perGigabyte}</th>
              <th scope="col" class="number">${own.index}</th>
            </tr>
          </thead>
          <tbody>
            ${portfolio.products.map(
              (one) =>
                html`<tr>
                  <td><a href="/products/${one.id}">${this.say(one.title)}</a></td>
                  <td>${own.states[one.state as keyof typeof own.states] ?? one.state}</td>
                  <td class="number">${money(one.book, one.currency)}</td>
                  <td class="number">${money(one.appraised, one.currency)}</td>
                  <td class="number">${money(one.list, one.currency)}</td>
                  <td class="number">${money(one.realised, one.currency)}</td>
                  <td class="number">${one.perGigabyte === null ? own.small : money(one.perGigabyte, one.currency)}</td>
                  <td class="number">${formatNumber(one.index, this.language, 3)}</td>
                </tr>`
            )}
          </tbody>
        </table>
      </section>`
  }
}
