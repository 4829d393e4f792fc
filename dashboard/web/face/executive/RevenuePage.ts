import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Business } from "../../../api/executive/Business.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { industries } from "../../words/industries.ts"
import { executiveRevenueWords } from "./executiveRevenueWords.ts"

type Own = Business["currencies"][number]
type Buyer = Own["buyers"][number]

const mostBuyers = 12

/** What data earned, from whom, for what cost, and what may be expected. */
export class RevenuePage extends Page {
  readonly #business = new Loading(this, () => ask("executiveBusiness", "/api/executive/business"))
  readonly #portfolio = new Loading(this, () => ask("executivePortfolio", "/api/executive/portfolio"))

  get #words(): ReturnType<typeof executiveRevenueWords> {
    return executiveRevenueWords(this.language)
  }

  override render(): TemplateResult {
    const own = this.#words
    const isSample = this.#business.value?.currencies.some(({ hasSamples }) => hasSamples) === true
    return html`<header class="head">
        <div>
          <h1 tabindex="-1">${own.title}</h1>
          <p>${own.lead}</p>
        </div>
        ${isSample ? html`<span class="tag warn">${own.sample}</span>` : nothing}
      </header>
      ${this.#business.show(this.words, ({ currencies }) =>
        currencies.length === 0
          ? html`<section class="state">
              <h2>${own.empty}</h2>
              <p class="quiet">${own.emptyFix}</p>
            </section>`
          : html`${currencies.map((one) => this.#show(one))}`
      )}`
  }

  #money(minor: number, currency: string): TemplateResult {
    const price = { minor, currency }
    return html`<span title=${formatMoney(price, this.language)}>${formatMoney(price, this.language, "short")}</span>`
  }

  #show(one: Own): TemplateResult {
    const own = this.#words
    const { language } = this
    const { currency, products, buyers } = one
    const add = (field: "entered" | "machine" | "given" | "margin"): number =>
      products.reduce((sum, product) => sum + product[field], 0)
    const [entered, machine] = [add("entered"), add("machine")]
    const cost = entered + machine
    const short = (minor: number): string => formatMoney({ minor, currency }, language, "short")
    return html`<div class="stack">
      <dl class="strip flush">
        ${this.figure(own.revenue, this.#money(one.revenue, currency), own.orders(String(one.orders)))}
        ${this.figure(own.buyers, formatNumber(buyers.length, language), "")}
        ${this.figure(own.cost, this.#money(cost, currency), cost === 0 ? own.noCost : own.costHow(short(entered), short(machine)))}
        ${this.figure(own.margin, this.#money(add("margin"), currency), own.marginHow)}
        ${this.figure(own.back, cost === 0 ? "–" : formatNumber((one.revenue - add("given")) / cost, language, 3), cost === 0 ? own.noCost : "")}
      </dl>
      <div class="columns">
        <section class="block">
          ${
            one.months.length === 0
              ? html`<h2>${own.noRevenue}</h2>
                  <p class="quiet">${own.noRevenueFix}</p>`
              : html`<assay-business view="months" .own=${one}></assay-business>`
          }
        </section>
        <section class="block">${this.#share()}</section>
      </div>
      ${one.concentration === null ? nothing : this.#buyers(one, one.concentration)}
      ${this.panel(
        own.byProduct,
        html`${this.#margins(one)}
          <p class="quiet end">${own.byProductNote}</p>`
      )}
      <div class="columns">
        <section class="block"><assay-business view="prices" .own=${one}></assay-business></section>
        <section class="block">
          <h2>${own.outlook}</h2>
          ${this.#outlook(one)}
        </section>
      </div>
    </div>`
  }

  #share(): TemplateResult {
    const own = this.#words
    return this.#portfolio.show(this.words, (portfolio) =>
      portfolio.dataShare.length === 0
        ? html`<h2>${own.noShare}</h2>
            <p class="quiet">${own.noShareFix}</p>`
        : html`<assay-portfolio view="share" .portfolio=${portfolio}></assay-portfolio>
            <p class="quiet end">${portfolio.dataShare.at(-1)!.source}</p>`
    )
  }

  #buyers(one: Own, { hhi, largest, three }: NonNullable<Own["concentration"]>): TemplateResult {
    const own = this.#words
    const { language } = this
    const { currency, buyers, revenue } = one
    const share = (part: number): string => formatShare(part, language)
    const level = hhi > 1800 ? own.high : hhi < 1000 ? own.low : own.some
    const index = formatNumber(Math.round(hhi), language, 5)
    const region = new Intl.DisplayNames(language, { type: "region" })
    const named = industries(language)
    const part = (minor: number): TemplateResult =>
      html`<td class="number">${this.#money(minor, currency)}</td>
        <td class="number">
          ${share(revenue === 0 ? 0 : minor / revenue)}
          <meter min="0" max="1" .value=${revenue === 0 ? 0 : minor / revenue} aria-hidden="true"></meter>
        </td>`
    const groups = (title: string, head: string, keyOf: (buyer: Buyer) => string): TemplateResult =>
      this.panel(
        title,
        html`<table class="tight">
          <thead>
            <tr>
              <th scope="col">${head}</th>
              <th scope="col" class="number">${own.count}</th>
              <th scope="col" class="number">${own.revenue}</th>
              <th scope="col" class="number">${own.part}</th>
            </tr>
          </thead>
          <tbody>
            ${[...Map.groupBy(buyers, keyOf)].map(
              ([name, members]) =>
                html`<tr>
                  <td>${name}</td>
                  <td class="number">${members.length}</td>
                  ${part(members.reduce((sum, buyer) => sum + buyer.revenue, 0))}
                </tr>`
            )}
          </tbody>
        </table>`
      )
    const rest = buyers.slice(mostBuyers)
    return html`<div class="columns">
        <section class="block">
          <h2>${own.spread}</h2>
          <p>${buyers.length === 1 ? own.one(index) : own.words(level, share(largest), share(three), index)}</p>
          ${
            // Of one buyer alone the curve would be that of equals.
            buyers.length === 1
              ? nothing
              : html`<assay-business class="end" view="spread" .own=${one}></assay-business>`
          }
        </section>
        <div>
          ${groups(own.byIndustry, own.industry, ({ industry }) =>
            industry === null ? own.unknownIndustry : (named[industry] ?? industry)
          )}
          ${groups(own.byRegion, own.region, ({ country }) => (country === null ? own.unknownRegion : (region.of(country) ?? country)))}
        </div>
      </div>
      ${this.panel(
        own.byBuyer,
        html`<table class="tight">
          <thead>
            <tr>
              <th scope="col">${own.buyer}</th>
              <th scope="col">${own.entity}</th>
              <th scope="col">${own.industry}</th>
              <th scope="col">${own.region}</th>
              <th scope="col" class="number">${own.orderCount}</th>
              <th scope="col" class="number">${own.revenue}</th>
              <th scope="col" class="number">${own.part}</th>
            </tr>
          </thead>
          <tbody>
            ${buyers.slice(0, mostBuyers).map(
              (buyer) =>
                html`<tr>
                  <td>${buyer.buyer === "" ? "–" : buyer.buyer}</td>
                  <td>${buyer.entity ?? own.unknownRegion}</td>
                  <td>${buyer.industry === null ? own.unknownIndustry : named[buyer.industry]}</td>
                  <td>${buyer.country === null ? own.unknownRegion : region.of(buyer.country)}</td>
                  <td class="number">${buyer.orders}</td>
                  ${part(buyer.revenue)}
                </tr>`
            )}
            ${
              rest.length === 0
                ? nothing
                : html`<tr>
                    <td colspan="4">${own.others(String(rest.length))}</td>
                    <td class="number">${rest.reduce((sum, { orders }) => sum + orders, 0)}</td>
                    ${part(rest.reduce((sum, buyer) => sum + buyer.revenue, 0))}
                  </tr>`
            }
          </tbody>
        </table>`
      )}`
  }

  #margins({ products, currency }: Own): TemplateResult {
    const own = this.#words
    const { language } = this
    const minutes = (seconds: number): string =>
      seconds < 60
        ? own.seconds(formatNumber(seconds, language, 2))
        : own.minutes(formatNumber(seconds / 60, language, 2))
    return html`<table class="tight">
      <thead>
        <tr>
          <th scope="col">${own.product}</th>
          <th scope="col" class="number">${own.revenue}</th>
          <th scope="col" class="number">${own.given}</th>
          <th scope="col" class="number">${own.people}</th>
          <th scope="col" class="number">${own.machines}</th>
          <th scope="col" class="number">${own.margin}</th>
          <th scope="col" class="number">${own.return}</th>
          <th scope="col" class="number">${own.hours}</th>
          <th scope="col">${own.asset}</th>
        </tr>
      </thead>
      <tbody>
        ${products.map(
          (one) =>
            html`<tr>
              <td><a href="/products/${one.id}">${this.say(one.title)}</a></td>
              <td class="number">${this.#money(one.revenue, currency)}</td>
              <td class="number">${this.#money(one.given, currency)}</td>
              <td class="number">${this.#money(one.entered, currency)}</td>
              <td class="number">${this.#money(one.machine, currency)}</td>
              <td class="number">${this.#money(one.margin, currency)}</td>
              <td class="number">${one.back === null ? "–" : `${formatNumber(one.back, language, 3)} ×`}</td>
              <td class="number">${minutes(one.seconds)}</td>
              <td>
                <details>
                  <summary>${own.assets(String(one.assets.length))}</summary>
                  <ul class="plain-list">
                    ${one.assets.map(
                      ({ asset, minor, seconds }) =>
                        html`<li>
                          <a href="/assets/${asset}"><code>${asset}</code></a> ${this.#money(minor, currency)}
                          <span class="quiet">${minutes(seconds)}</span>
                        </li>`
                    )}
                  </ul>
                </details>
              </td>
            </tr>`
        )}
      </tbody>
    </table>`
  }

  #outlook({ outlook, currency }: Own): TemplateResult {
    const own = this.#words
    const { language } = this
    const { revenue, days, orders } = outlook
    if (revenue === null) return html`<p class="quiet">${own.early(String(days), String(orders))}</p>`
    const money = (minor: number): string => formatMoney({ minor, currency }, language, "short")
    const count = (n: number): string => formatNumber(n, language, 3)
    return html`<p class="large">${own.expected(money(revenue.revenue.expected), String(revenue.days))}</p>
      <p>
        ${own.between(formatShare(revenue.level, language), money(revenue.revenue.low), money(revenue.revenue.high))}
      </p>
      <p class="quiet">
        ${own.fromOrders(count(revenue.orders.expected), count(revenue.orders.low), count(revenue.orders.high))}
      </p>
      <p class="quiet end">${own.method}</p>`
  }
}
