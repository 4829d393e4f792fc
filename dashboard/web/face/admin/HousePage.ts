import { html } from "lit"
import type { TemplateResult } from "lit"
import type { HouseState } from "../../../api/admin/HouseState.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { AdminPage } from "./AdminPage.ts"

/** Total revenue, caps, and backups that were tried. */
export class HousePage extends AdminPage {
  readonly #house = new Loading(this, () => ask("adminHouse", "/api/admin/house"))

  readonly #enter = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const data = new FormData(form)
    void this.guard(async () => {
      await ask("adminRevenue", "/api/admin/revenue", {
        month: String(data.get("month")).trim(),
        total: String(data.get("total")).trim(),
        source: String(data.get("source")).trim()
      })
      form.reset()
      await this.#house.load()
    })
  }

  override render(): TemplateResult {
    const { house } = this.own
    return html`${this.head(house.title, house.lead)}
      <form class="block sheet" @submit=${this.#enter}>
        ${this.field("month", house.month, house.monthHint)} ${this.field("total", house.total, house.totalHint)}
        ${this.field("source", house.source, house.sourceHint)}
        <p><button class="button primary" ?disabled=${this.busy}>${house.enter}</button></p>
      </form>
      ${this.#house.show(this.words, (state) => this.#show(state))}`
  }

  #show({ revenue, cap, spent, drills }: HouseState): TemplateResult {
    const { house } = this.own
    const { language } = this
    const part = (title: string, body: TemplateResult): TemplateResult =>
      html`<section class="block apart wide" tabindex="0" role="region" aria-label=${title}>
        <h2>${title}</h2>
        ${body}
      </section>`
    return html`${part(
      house.revenue,
      revenue.length === 0
        ? html`<p class="quiet">${house.noRevenue}</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">${house.month}</th>
                <th scope="col" class="number">${house.total}</th>
                <th scope="col" class="number">${house.data}</th>
                <th scope="col" class="number">${house.share}</th>
                <th scope="col">${house.source}</th>
                <th scope="col">${house.by}</th>
              </tr>
            </thead>
            <tbody>
              ${revenue.map(
                (one) =>
                  html`<tr>
                    <td>${one.month}</td>
                    <td class="number">${formatMoney(one.total, language)}</td>
                    <td class="number">${formatMoney(one.data, language)}</td>
                    <td class="number">${one.share === null ? "–" : formatShare(one.share, language)}</td>
                    <td>${one.source}</td>
                    <td>${one.by}<br /><span class="quiet">${formatInstant(one.at, language)}</span></td>
                  </tr>`
              )}
            </tbody>
          </table>`
    )}
    ${part(
      house.caps,
      html`<dl class="facts">
          <dt>${house.cap}</dt>
          <dd>
            ε ${formatNumber(cap.epsilon, language, 3)}
            <span class="quiet">ρ ${formatNumber(cap.rho, language, 4)}</span>
          </dd>
          <dt>${house.spent}</dt>
          <dd>
            ε ${formatNumber(spent.epsilon, language, 3)}
            <span class="quiet">ρ ${formatNumber(spent.rho, language, 4)}</span>
          </dd>
        </dl>
        <p class="quiet">${house.capsHow}</p>`
    )}
    ${part(
      house.drills,
      drills.length === 0
        ? html`<p class="quiet">${house.noDrills}</p>
            <p><code>npm run assay -- backup FOLDER --drill</code></p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">${house.at}</th>
                <th scope="col">${house.outcome}</th>
                <th scope="col" class="number">${house.files}</th>
                <th scope="col" class="number">${house.bytes}</th>
                <th scope="col" class="number">${house.seconds}</th>
              </tr>
            </thead>
            <tbody>
              ${drills.map(
                ({ at, sound, files, bytes, seconds }) =>
                  html`<tr>
                    <td>${formatInstant(at, language)}</td>
                    <td><span class="tag ${sound ? "good" : "warn"}">${sound ? house.sound : house.unsound}</span></td>
                    <td class="number">${formatNumber(files, language, 15)}</td>
                    <td class="number">${formatNumber(bytes / 1e6, language, 3)}</td>
                    <td class="number">${formatNumber(seconds, language, 3)}</td>
                  </tr>`
              )}
            </tbody>
          </table>`
    )}`
  }
}
