import { html } from "lit"
import type { TemplateResult } from "lit"
import type { Budget } from "../../api/Budget.ts"
import type { Loss } from "../../api/Loss.ts"
import { formatDay } from "../format/formatDay.ts"
import { formatInstant } from "../format/formatInstant.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { formatTiny } from "../format/formatTiny.ts"
import { ask } from "../shell/ask.ts"
import { Loading } from "../shell/Loading.ts"
import { Page } from "./Page.ts"

/** The one budget over all products and buyers: what is spent, what is left, and every charge. */
export class BudgetPage extends Page {
  readonly #budget = new Loading(this, () => ask("budget", "/api/budget"))

  override render(): TemplateResult {
    const { words } = this
    return html`<header class="head">
        <div>
          <h1 tabindex="-1">${words.budget.title}</h1>
          <p>${words.budget.lead}</p>
        </div>
      </header>
      ${this.#budget.show(words, (budget) => this.#show(budget))}`
  }

  #show(budget: Budget): TemplateResult {
    const { words, language } = this
    const figure = (name: string, { rho, epsilon, delta }: Loss): TemplateResult =>
      html`<div class="figure">
        <dt>${name}</dt>
        <dd>
          ε ${formatNumber(epsilon, language, 3)}
          <small>δ ${formatTiny(delta)} · ρ ${formatNumber(rho, language, 4)}</small>
        </dd>
      </div>`
    return html`<dl class="strip">
        ${figure(words.budget.left, budget.left)} ${figure(words.budget.spent, budget.spent)}
        ${figure(words.budget.cap, budget.cap)}
        <div class="figure">
          <dt>${words.value.runsOut}</dt>
          <dd>${budget.runsOut === null ? "–" : formatDay(budget.runsOut, language)}</dd>
        </div>
      </dl>
      <section class="block"><assay-budget .budget=${budget}></assay-budget></section>
      <section class="block apart wide" tabindex="0" aria-label=${words.budget.charges}>
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
                  ${budget.charges.toReversed().map(
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
      </section>`
  }
}
