import { html } from "lit"
import type { TemplateResult } from "lit"
import type { CustomerBenefits } from "../../../api/customer/CustomerBenefits.ts"
import { formatDay } from "../../format/formatDay.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { CustomerPage } from "./CustomerPage.ts"
import { customerWords } from "./customerWords.ts"
import { formatMicro } from "./formatMicro.ts"

/** What a customer earned, and by which tariff. */
export class BenefitsPage extends CustomerPage {
  readonly #benefits = new Loading(this, () => ask("customerBenefits", "/api/customer/benefits"))

  override render(): TemplateResult {
    const words = customerWords(this.language).benefits
    return html`${this.head(words.title, words.lead)}
    ${this.#benefits.show(this.words, (benefits) => this.#show(benefits))}`
  }

  #show({ totals, lines, tariff }: CustomerBenefits): TemplateResult {
    const words = customerWords(this.language).benefits
    return html`${
      totals.length === 0
        ? html`<section class="state">
            <h2>${words.nothing}</h2>
            <p class="quiet">${words.nothingHint}</p>
          </section>`
        : html`<dl class="strip">
              ${totals.map(
                ({ currency, micro }) =>
                  html`<div class="figure">
                    <dt>${words.total}</dt>
                    <dd>${formatMicro(micro, currency, this.language)}</dd>
                  </div>`
              )}
            </dl>
            ${totals.map(
              ({ currency }) =>
                html`<section class="block apart">
                  <assay-benefits .lines=${lines} .currency=${currency}></assay-benefits>
                </section>`
            )}
            ${this.#sales(lines)}`
    }
    ${this.#tariff(tariff)}`
  }

  #sales(lines: CustomerBenefits["lines"]): TemplateResult {
    const words = customerWords(this.language).benefits
    return html`<section class="block apart wide" tabindex="0" role="region" aria-label=${words.sales}>
      <h2>${words.sales}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">${words.month}</th>
            <th scope="col">${words.product}</th>
            <th scope="col">${words.version}</th>
            <th scope="col">${words.purpose}</th>
            <th scope="col">${words.kinds}</th>
            <th scope="col" class="number">${words.amount}</th>
          </tr>
        </thead>
        <tbody>
          ${lines.toReversed().map(
            ({ month, title, version, purpose, categories, micro, currency }) =>
              html`<tr>
                <td>${month}</td>
                <td>${this.say(title)}</td>
                <td>${version}</td>
                <td>${this.say(purpose)}</td>
                <td>${categories.map((one) => this.say(one)).join(", ")}</td>
                <td class="number">${formatMicro(micro, currency, this.language)}</td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }

  #tariff(tariff: CustomerBenefits["tariff"]): TemplateResult {
    const words = customerWords(this.language).benefits
    return html`<section class="block apart">
      <h2>${words.tariff}</h2>
      ${
        tariff === null
          ? html`<p class="quiet">${words.noTariff}</p>`
          : html`<p class="quiet">${words.tariffNote(formatDay(tariff.since, this.language))}</p>
              <table>
                <thead>
                  <tr>
                    <th scope="col">${words.kinds}</th>
                    <th scope="col">${words.purpose}</th>
                    <th scope="col" class="number">${words.perSale}</th>
                  </tr>
                </thead>
                <tbody>
                  ${tariff.lines.map(
                    ({ category, purpose, perSale }) =>
                      html`<tr>
                        <td>${this.say(category)}</td>
                        <td>${this.say(purpose)}</td>
                        <td class="number">${perSale} ${tariff.currency}</td>
                      </tr>`
                  )}
                </tbody>
              </table>`
      }
    </section>`
  }
}
