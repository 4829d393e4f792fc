import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { MoneyState } from "../../../api/admin/MoneyState.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { AdminPage } from "./AdminPage.ts"

const example = `{
  "source": "…",
  "date": "2026-11-01",
  "comparables": [
    { "name": "…", "price": "128000.00 CNY",
      "gigabytes": 1, "quality": 0.9 }
  ]
}`

/** Total revenue, tax and comparables: entered or imported with their sources. */
export class MoneyPage extends AdminPage {
  readonly #money = new Loading(this, () => ask("adminMoney", "/api/admin/money"))

  #send(event: SubmitEvent, work: (text: (name: string) => string, form: HTMLFormElement) => Promise<unknown>): void {
    const { form, text } = this.texts(event)
    void this.guard(async () => {
      await work(text, form)
      form.reset()
      await this.#money.load()
    })
  }

  readonly #enter = (event: SubmitEvent): void =>
    this.#send(event, async (text, form) => {
      const file = form.querySelector<HTMLInputElement>("input[type=file]")!.files?.[0]
      if (file === undefined) {
        const entry = { month: text("month"), total: text("total"), source: text("source") }
        return ask("adminRevenue", "/api/admin/revenue", entry)
      }
      return ask("adminRevenueImport", "/api/admin/revenue/import", { csv: await file.text(), source: text("source") })
    })

  readonly #tax = (event: SubmitEvent): void =>
    this.#send(event, (text) =>
      ask("adminTax", "/api/admin/tax", {
        country: text("country").toUpperCase(),
        percent: text("percent"),
        since: text("since"),
        note: text("note")
      })
    )

  readonly #compare = (event: SubmitEvent): void =>
    this.#send(event, async (text, form) => {
      const file = form.querySelector<HTMLInputElement>("input[type=file]")!.files![0]!
      return ask("adminComparables", "/api/admin/comparables", {
        product: text("product"),
        document: await file.text()
      })
    })

  override render(): TemplateResult {
    const { money } = this.house
    return html`${this.head(money.title, money.lead)} ${this.#money.show(this.words, (state) => this.#show(state))}`
  }

  #show(state: MoneyState): TemplateResult {
    const { money } = this.house
    const { revenue, taxes, products } = state
    const newest = revenue[0]
    const count = (n: number): string => formatNumber(n, this.language, 9)
    return html`<div class="stack">
      <dl class="strip flush">
        ${this.figure(
          money.share,
          newest === undefined || newest.share === null ? "–" : formatShare(newest.share, this.language),
          newest?.month
        )}
        ${this.figure(money.months, count(revenue.length))}
        ${this.figure(money.rates, count(new Set(taxes.map(({ country }) => country)).size))}
        ${this.figure(
          money.compared,
          count(products.filter(({ market }) => market !== null).length),
          money.of(count(products.length))
        )}
      </dl>
      <div class="columns">${this.#revenue(state)} ${this.#revenueForm()}</div>
      <div class="columns">${this.#market(state)} ${this.#marketForm(state)}</div>
      <div class="columns">${this.#taxes(state)} ${this.#taxForm()}</div>
    </div>`
  }

  #revenue({ revenue }: MoneyState): TemplateResult {
    const { money } = this.house
    const { language } = this
    return this.panel(
      money.revenue,
      revenue.length === 0
        ? html`<p class="quiet">${money.noRevenue}</p>`
        : html`<table class="tight">
            <thead>
              <tr>
                <th scope="col">${money.month}</th>
                <th scope="col" class="number">${money.total}</th>
                <th scope="col" class="number">${money.data}</th>
                <th scope="col" class="number">${money.part}</th>
                <th scope="col">${money.source}</th>
                <th scope="col">${money.by}</th>
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
                    <td class="reason">${one.source}</td>
                    <td>${one.by}<br /><span class="quiet">${formatInstant(one.at, language)}</span></td>
                  </tr>`
              )}
            </tbody>
          </table>`
    )
  }

  #revenueForm(): TemplateResult {
    const { money } = this.house
    return html`<form class="block form" @submit=${this.#enter}>
      <h2>${money.enter}</h2>
      ${this.field("month", money.month, money.monthHint, false)}
      ${this.field("total", money.total, money.totalHint, false)}
      ${this.field("source", money.source, money.sourceHint)}
      ${this.#file("csv", money.file, money.fileHint, ".csv,text/csv")}
      <button class="button first" ?disabled=${this.busy}>${money.enter}</button>
    </form>`
  }

  #file(name: string, label: string, hint: string, accept: string, isRequired = false): TemplateResult {
    return html`<label class="field"
      ><span>${label}</span>
      <input type="file" name=${name} accept=${accept} ?required=${isRequired} aria-describedby="hint-${name}" />
      <small class="quiet" id="hint-${name}">${hint}</small></label
    >`
  }

  #market({ products }: MoneyState): TemplateResult {
    const { money } = this.house
    const { language } = this
    return this.panel(
      money.market,
      products.length === 0
        ? html`<p class="quiet">${money.noProducts}</p>`
        : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${money.product}</th>
                  <th scope="col" class="number">${money.list}</th>
                  <th scope="col" class="number">${money.value}</th>
                  <th scope="col" class="number">${money.figures}</th>
                  <th scope="col">${money.source}</th>
                  <th scope="col">${money.dated}</th>
                  <th scope="col">${money.imported}</th>
                </tr>
              </thead>
              <tbody>
                ${products.map(
                  ({ id, title, currency, list, market }) =>
                    html`<tr>
                      <td>${this.say(title)}<br /><code>${id}</code></td>
                      <td class="number">${formatMoney({ minor: list, currency }, language)}</td>
                      ${
                        market === null
                          ? html`<td colspan="5" class="quiet">${money.none}</td>`
                          : html`<td class="number">${formatMoney({ minor: market.value, currency }, language)}</td>
                              <td class="number">${market.comparables}</td>
                              <td class="reason">${market.source}</td>
                              <td>${formatDay(market.date, language)}</td>
                              <td>${formatInstant(market.importedAt, language)}</td>`
                      }
                    </tr>`
                )}
              </tbody>
            </table>
            <p class="quiet end">${money.marketNote}</p>`
    )
  }

  #marketForm({ products }: MoneyState): TemplateResult | typeof nothing {
    const { money } = this.house
    if (products.length === 0) return nothing
    return html`<form class="block form" @submit=${this.#compare}>
      <h2>${money.import}</h2>
      <label class="field"
        ><span>${money.product}</span>
        <select name="product">
          ${products.map(({ id, title }) => html`<option value=${id}>${this.say(title)}</option>`)}
        </select></label
      >
      ${this.#file("json", money.json, money.jsonHint, ".json,application/json", true)}
      <button class="button first" ?disabled=${this.busy}>${money.import}</button>
      <details>
        <summary>${money.example}</summary>
        <pre class="file" tabindex="0">${example}</pre>
      </details>
    </form>`
  }

  #taxes({ taxes }: MoneyState): TemplateResult {
    const { money } = this.house
    const region = new Intl.DisplayNames(this.language, { type: "region" })
    const today = new Date().toISOString().slice(0, 10)
    return this.panel(
      money.tax,
      html`<table class="tight">
          <thead>
            <tr>
              <th scope="col">${money.country}</th>
              <th scope="col" class="number">${money.rate}</th>
              <th scope="col">${money.since}</th>
              <th scope="col">${money.note}</th>
              <th scope="col"><span class="hidden-text">${money.holds}</span></th>
            </tr>
          </thead>
          <tbody>
            ${taxes.map(
              ({ country, since, basisPoints, note, holds }) =>
                html`<tr>
                  <td>${region.of(country) ?? country}</td>
                  <td class="number">${formatNumber(basisPoints / 100, this.language, 4)}</td>
                  <td>${formatDay(since, this.language)}</td>
                  <td class="reason">${note}</td>
                  <td>
                    <span class="tag ${holds ? "good" : ""}"
                      >${holds ? money.holds : since > today ? money.later : money.earlier}</span
                    >
                  </td>
                </tr>`
            )}
          </tbody>
        </table>
        <p class="quiet end">${money.taxNote}</p>`
    )
  }

  #taxForm(): TemplateResult {
    const { money } = this.house
    return html`<form class="block form" @submit=${this.#tax}>
      <h2>${money.setTax}</h2>
      ${this.field("country", money.country, money.countryHint)} ${this.field("percent", money.rate, money.rateHint)}
      ${this.field("since", money.since, money.sinceHint)} ${this.field("note", money.note, money.noteHint, false)}
      <button class="button first" ?disabled=${this.busy}>${money.setTax}</button>
    </form>`
  }
}
