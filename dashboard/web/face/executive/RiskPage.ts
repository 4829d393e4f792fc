import { html } from "lit"
import type { TemplateResult } from "lit"
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

/** What could stop sales: budget, gates, age, few buyers, and backups nobody has tried. */
export class RiskPage extends Page {
  readonly #portfolio = new Loading(this, () => ask("executivePortfolio", "/api/executive/portfolio"))

  override render(): TemplateResult {
    const own = executiveWords(this.language).risk
    return html`<header class="head">
        <div>
          <h1 tabindex="-1">${own.title}</h1>
          <p>${own.lead}</p>
        </div>
      </header>
      ${this.#portfolio.show(this.words, (portfolio) => this.#show(portfolio))}`
  }

  #show(portfolio: Portfolio): TemplateResult {
    const own = executiveWords(this.language).risk
    const { language } = this
    const { budget, drill, products, buyers } = portfolio
    const blocked = products.filter(({ openGates }) => openGates.length > 0)
    const oldest = products.toSorted((a, b) => a.timeliness - b.timeliness).slice(0, 5)
    const figure = (name: string, value: string, note: string): TemplateResult =>
      html`<div class="figure">
        <dt>${name}</dt>
        <dd>${value} <small>${note}</small></dd>
      </div>`
    return html`<div class="stack">
      <dl class="strip">
        ${figure(
          own.budget,
          formatShare(budget.leftShare, language),
          budget.runsOut === null ? "" : own.runsOut(formatDay(budget.runsOut, language))
        )}
        ${figure(own.blocked, String(blocked.length), own.of(String(products.length)))}
        ${figure(
          own.drill,
          drill === null ? own.never : drill.sound ? own.sound : own.unsound,
          drill === null ? "" : formatInstant(drill.at, language)
        )}
      </dl>
      <div class="columns">
        <section class="block"><assay-portfolio view="standing" .portfolio=${portfolio}></assay-portfolio></section>
        <section class="block">
          ${
            buyers.length === 0
              ? html`<h2>${own.noBuyers}</h2>`
              : html`<assay-portfolio view="spread" .portfolio=${portfolio}></assay-portfolio>`
          }
        </section>
      </div>
      <div class="columns">
        <section class="block">
          <h2>${own.gates}</h2>
          ${
            blocked.length === 0
              ? html`<p class="quiet">${own.noGates}</p>`
              : html`<table>
                  <thead>
                    <tr>
                      <th scope="col">${own.product}</th>
                      <th scope="col">${own.open}</th>
                      <th scope="col" class="number">${own.waiting}</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${blocked.map(
                      ({ id, title, openGates, list, currency }) =>
                        html`<tr>
                          <td><a href="/products/${id}">${this.say(title)}</a></td>
                          <td>${openGates.join(", ")}</td>
                          <td class="number">${formatMoney({ minor: list, currency }, language, "short")}</td>
                        </tr>`
                    )}
                  </tbody>
                </table>`
          }
        </section>
        <section class="block">
          <h2>${own.age}</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">${own.product}</th>
                <th scope="col" class="number">${this.words.ttl}</th>
              </tr>
            </thead>
            <tbody>
              ${oldest.map(
                ({ id, title, timeliness }) =>
                  html`<tr>
                    <td><a href="/products/${id}">${this.say(title)}</a></td>
                    <td class="number">${formatNumber(timeliness, language, 3)}</td>
                  </tr>`
              )}
            </tbody>
          </table>
        </section>
      </div>
    </div>`
  }
}
