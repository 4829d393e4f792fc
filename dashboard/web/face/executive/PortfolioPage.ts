import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { Portfolio } from "../../../api/executive/Portfolio.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { executiveWords } from "./executiveWords.ts"

type Product = Portfolio["products"][number]

/** What the data is worth in four ways and by three methods, over time, product by product, and against the market. */
export class PortfolioPage extends Page {
  static override properties: PropertyDeclarations = { byMethod: { state: true } }
  declare private byMethod: boolean
  readonly #portfolio = new Loading(this, () => ask("executivePortfolio", "/api/executive/portfolio"))

  constructor() {
    super()
    this.byMethod = false
  }

  get #own(): ReturnType<typeof executiveWords>["portfolio"] {
    return executiveWords(this.language).portfolio
  }

  override render(): TemplateResult {
    const own = this.#own
    return html`${this.head(own.title, own.lead)}
    ${this.#portfolio.show(this.words, (portfolio) => this.#show(portfolio))}`
  }

  #money(minor: number | null, currency: string): string {
    return minor === null ? "–" : formatMoney({ minor, currency }, this.language, "short")
  }

  #show(portfolio: Portfolio): TemplateResult {
    const own = this.#own
    const { products, totals, over } = portfolio
    if (products.length === 0) {
      return html`<section class="state">
        <h2>${own.empty}</h2>
        <p class="quiet">${own.emptyFix}</p>
      </section>`
    }
    const figure = (name: string, value: string, without: number, at: string): TemplateResult =>
      this.figure(
        name,
        html`<a class="plain" href=${at}>${value}</a>`,
        without === 0 ? "" : own.without(String(without))
      )
    // What no product has is unknown, not nothing.
    const known = (minor: number, without: number, currency: string): string =>
      this.#money(without < products.filter((one) => one.currency === currency).length ? minor : null, currency)
    const choice = (byMethod: boolean, name: string): TemplateResult =>
      html`<button aria-pressed=${this.byMethod === byMethod} @click=${() => void (this.byMethod = byMethod)}>
        ${name}
      </button>`
    return html`<div class="stack">
      ${totals.map(
        ({ currency, book, withoutBook, appraised, withoutAppraisal, list, realised }) =>
          html`<dl class="strip flush">
            ${figure(own.book, known(book, withoutBook, currency), withoutBook, "/executive/revenue")}
            ${figure(own.appraised, known(appraised, withoutAppraisal, currency), withoutAppraisal, "#appraisal")}
            ${figure(own.list, this.#money(list, currency), 0, "#products")}
            ${figure(own.realised, this.#money(realised, currency), 0, "/executive/revenue")}
          </dl>`
      )}
      <p class="quiet">${own.never} ${formatInstant(portfolio.asOf, this.language)}</p>
      <div class="columns">
        <section class="block">
          <p class="switch" role="group" aria-label=${own.switchOver}>
            ${choice(false, own.fourValues)} ${choice(true, own.threeMethods)}
          </p>
          ${[...new Set(over.map(({ currency }) => currency))].map(
            (currency) =>
              html`<assay-portfolio
                view=${this.byMethod ? "methods" : "values"}
                currency=${currency}
                .portfolio=${portfolio}
              ></assay-portfolio>`
          )}
        </section>
        <section class="block"><assay-portfolio view="areas" .portfolio=${portfolio}></assay-portfolio></section>
      </div>
      ${this.#products(products)} ${this.#market(products)} ${this.#appraisal(products)}
    </div>`
  }

  #products(products: ReadonlyArray<Product>): TemplateResult {
    const own = this.#own
    const { language } = this
    return html`<section class="block wide" id="products" tabindex="0" role="region" aria-label=${own.products}>
      <h2>${own.products}</h2>
      <table class="tight">
        <thead>
          <tr>
            <th scope="col">${own.product}</th>
            <th scope="col">${own.version}</th>
            <th scope="col">${own.state}</th>
            <th scope="col" class="number">${own.book}</th>
            <th scope="col" class="number">${own.appraised}</th>
            <th scope="col" class="number">${own.list}</th>
            <th scope="col" class="number">${own.realised}</th>
            <th scope="col" class="number">${own.index}</th>
          </tr>
        </thead>
        <tbody>
          ${products.map(
            (one) =>
              html`<tr>
                <td><a href="/products/${one.id}">${this.say(one.title)}</a></td>
                <td>${one.version}</td>
                <td>${own.states[one.state as keyof typeof own.states] ?? one.state}</td>
                <td class="number">${this.#money(one.book, one.currency)}</td>
                <td class="number">${this.#money(one.appraised, one.currency)}</td>
                <td class="number">${this.#money(one.list, one.currency)}</td>
                <td class="number">${this.#money(one.realised, one.currency)}</td>
                <td class="number">${formatNumber(one.index, language, 3)}</td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }

  #market(products: ReadonlyArray<Product>): TemplateResult {
    const own = this.#own
    const { language } = this
    const perGigabyte = products.find(({ market }) => market !== null && market.perGigabyte !== null)
    const extra =
      perGigabyte === undefined
        ? ""
        : own.perGbMarket(this.#money(perGigabyte.market!.perGigabyte, perGigabyte.currency))
    const apart = ({ list }: Product, median: number): string => {
      const ratio = list / median - 1
      const share = formatShare(Math.abs(ratio), language)
      return Math.abs(ratio) < 0.0005 ? own.same : ratio < 0 ? own.less(share) : own.more(share)
    }
    return this.panel(
      own.prices,
      products.every(({ market }) => market === null)
        ? html`<p class="quiet">${own.noComparables} ${own.noComparablesFix}</p>`
        : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.product}</th>
                  <th scope="col" class="number">${own.list}</th>
                  <th scope="col" class="number">${own.market}</th>
                  <th scope="col" class="number">${own.against}</th>
                  <th scope="col" class="number">${own.low}</th>
                  <th scope="col" class="number">${own.high}</th>
                  <th scope="col" class="number">${own.comparable}</th>
                  <th scope="col" class="number">${own.perGigabyte}</th>
                  <th scope="col">${own.source}</th>
                  <th scope="col">${own.dated}</th>
                </tr>
              </thead>
              <tbody>
                ${products.map((one) => {
                  const { market, currency } = one
                  const adjusted = market?.comparables.map((comparable) => comparable.adjusted) ?? []
                  const money = (minor: number): string => this.#money(minor, currency)
                  return html`<tr>
                    <td>${this.say(one.title)}</td>
                    <td class="number"><a href="/products/${one.id}">${money(one.list)}</a></td>
                    ${
                      market === null
                        ? html`<td colspan="5" class="quiet">${own.noMarket}</td>`
                        : html`<td class="number">${money(market.median)}</td>
                            <td class="number">${apart(one, market.median)}</td>
                            <td class="number">${money(Math.min(...adjusted))}</td>
                            <td class="number">${money(Math.max(...adjusted))}</td>
                            <td class="number">${adjusted.length}</td>`
                    }
                    <td class="number">${one.perGigabyte === null ? own.small : money(one.perGigabyte)}</td>
                    <td>${market?.source ?? "–"}</td>
                    <td>${market === null ? "–" : formatDay(market.date, language)}</td>
                  </tr>`
                })}
              </tbody>
            </table>
            <p class="quiet end">${own.pricesNote(extra)}</p>`
    )
  }

  #appraisal(products: ReadonlyArray<Product>): TemplateResult {
    const own = this.#own
    const { language } = this
    return html`<section class="block wide" id="appraisal" tabindex="0" role="region" aria-label=${own.appraisal}>
      <h2>${own.appraisal}</h2>
      ${
        products.every(({ methods }) => methods.length === 0)
          ? html`<p class="quiet">${own.noMethod}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.product}</th>
                  <th scope="col">${own.method}</th>
                  <th scope="col" class="number">${own.value}</th>
                  <th scope="col" class="number">${own.weight}</th>
                  <th scope="col" class="number">${own.figures}</th>
                  <th scope="col">${own.restsOn}</th>
                </tr>
              </thead>
              <tbody>
                ${products.flatMap((one) =>
                  one.methods.map(
                    ({ method, value, weight, figures, sources }, i) =>
                      html`<tr>
                        <td>${i === 0 ? this.say(one.title) : nothing}</td>
                        <td>${own.methods[method]}</td>
                        <td class="number">${this.#money(value, one.currency)}</td>
                        <td class="number">${formatShare(weight, language)}</td>
                        <td class="number">${figures}</td>
                        <td class="reason">${sources.map((source) => html`<code>${source}</code> `)}</td>
                      </tr>`
                  )
                )}
              </tbody>
            </table>`
      }
      <dl class="facts end">
        ${products.map(({ title, base, currency }) =>
          base === null
            ? nothing
            : html`<dt>${own.base}: ${this.say(title)}</dt>
                <dd>${this.#money(base.value, currency)} <span class="quiet">${own.from[base.from]}</span></dd>`
        )}
      </dl>
      <p class="quiet end">${own.appraisalNote}</p>
    </section>`
  }
}
