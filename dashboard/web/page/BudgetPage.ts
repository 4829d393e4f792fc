import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { Budget } from "../../api/Budget.ts"
import type { Loss } from "../../api/Loss.ts"
import { formatDay } from "../format/formatDay.ts"
import { formatInstant } from "../format/formatInstant.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { formatShare } from "../format/formatShare.ts"
import { formatTiny } from "../format/formatTiny.ts"
import { ask } from "../shell/ask.ts"
import { Loading } from "../shell/Loading.ts"
import { Page } from "./Page.ts"

const atOnce = 40

/** The one budget over all products and buyers: what is spent, what is left, and every charge. */
export class BudgetPage extends Page {
  static override properties: PropertyDeclarations = { shown: { state: true } }
  /** How many of the newest charges are shown. */
  declare private shown: number
  readonly #budget = new Loading(this, () => ask("budget", "/api/budget"))

  constructor() {
    super()
    this.shown = atOnce
  }

  override render(): TemplateResult {
    const { words } = this
    return html`${this.head(words.budget.title, words.budget.lead)}
    ${this.#budget.show(words, (budget) => this.#show(budget))}`
  }

  #show(budget: Budget): TemplateResult {
    const { words, language } = this
    const figure = (name: string, { rho, epsilon, delta }: Loss): TemplateResult =>
      this.figure(
        name,
        `ε ${formatNumber(epsilon, language, 3)}`,
        `δ ${formatTiny(delta)} · ρ ${formatNumber(rho, language, 4)}`
      )
    return html`<dl class="strip">
        ${figure(words.budget.left, budget.left)} ${figure(words.budget.spent, budget.spent)}
        ${figure(words.budget.cap, budget.cap)}
        <div class="figure">
          <dt>${words.value.runsOut}</dt>
          <dd>${budget.runsOut === null ? "–" : formatDay(budget.runsOut, language)}</dd>
        </div>
      </dl>
      <div class="columns">
        <section class="block"><assay-budget .budget=${budget}></assay-budget></section>
        ${this.#products(budget)}
      </div>
      <section class="block end wide" tabindex="0" role="region" aria-label=${words.budget.charges}>
        <h2>${words.budget.charges}</h2>
        ${
          budget.charges.length === 0
            ? html`<p class="quiet">${words.budget.empty}</p>`
            : html`<table>
                <thead>
                  <tr>
                    <th scope="col">${words.assets.when}</th>
                    <th scope="col">${words.orders.product}</th>
                    <th scope="col">${words.chart.period}</th>
                    <th scope="col">${words.facts.purpose}</th>
                    <th scope="col" class="number">ρ</th>
                    <th scope="col" class="number">δ</th>
                    <th scope="col">${words.orders.state}</th>
                  </tr>
                </thead>
                <tbody>
                  ${budget.charges
                    .toReversed()
                    .slice(0, this.shown)
                    .map(
                      (charge) =>
                        html`<tr>
                          <td>${formatInstant(charge.at, language)}</td>
                          <td>
                            ${
                              charge.product === null
                                ? "–"
                                : html`<a href="/products/${charge.product}">${charge.product}</a>`
                            }
                          </td>
                          <td>${charge.period}</td>
                          <td><code>${charge.purpose}</code></td>
                          <td class="number">${formatNumber(charge.rho, language, 4)}</td>
                          <td class="number">${formatTiny(charge.delta)}</td>
                          <td>${words.charge[charge.state as keyof typeof words.charge] ?? charge.state}</td>
                        </tr>`
                    )}
                </tbody>
              </table>`
        }
        ${
          budget.charges.length <= this.shown
            ? nothing
            : html`<p class="end">
                <button class="button" @click=${() => void (this.shown += atOnce)}>${words.budget.older}</button>
              </p>`
        }
      </section>`
  }

  #products({ charges, cap }: Budget): TemplateResult {
    const { words, language } = this
    const products = [...Map.groupBy(charges, ({ product }) => product ?? "")]
      .map(([product, own]) => ({ product, count: own.length, rho: own.reduce((sum, { rho }) => sum + rho, 0) }))
      .sort((a, b) => b.rho - a.rho)
    return this.panel(
      words.value.products,
      products.length === 0
        ? html`<p class="quiet">${words.budget.empty}</p>`
        : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${words.orders.product}</th>
                  <th scope="col" class="number">${words.budget.charges}</th>
                  <th scope="col" class="number">ρ</th>
                  <th scope="col" class="number">${words.budget.ofCap}</th>
                </tr>
              </thead>
              <tbody>
                ${products.map(
                  ({ product, count, rho }) =>
                    html`<tr>
                      <td>${product === "" ? "–" : html`<a href="/products/${product}">${product}</a>`}</td>
                      <td class="number">${formatNumber(count, language)}</td>
                      <td class="number">${formatNumber(rho, language, 3)}</td>
                      <td class="number">
                        ${formatShare(cap.rho === 0 ? 0 : rho / cap.rho, language)}
                        <meter min="0" max=${cap.rho} .value=${rho} aria-hidden="true"></meter>
                      </td>
                    </tr>`
                )}
              </tbody>
            </table>
            <p class="quiet end">${words.budget.sums}</p>`
    )
  }
}
