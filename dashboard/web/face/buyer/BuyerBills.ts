import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { UsageLine } from "../../../api/buyer/UsageLine.ts"
import type { Invoice } from "../../../api/Invoice.ts"
import type { UsageTotal } from "../../../api/UsageTotal.ts"
import { saveFile } from "../../element/saveFile.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { buyerDataWords } from "./buyerDataWords.ts"
import { buyerWords } from "./buyerWords.ts"

/** What was used and what it cost, down to the single use and the step of the tariff. */
export class BuyerBills extends Page {
  static override properties: PropertyDeclarations = { lines: { state: true } }
  /** The uses of the totals that were opened, by their place. */
  declare private lines: ReadonlyMap<string, ReadonlyArray<UsageLine>>
  readonly #usage = new Loading(this, () => ask("usage", "/api/usage"))
  readonly #invoices = new Loading(this, () => ask("invoices", "/api/invoices"))

  constructor() {
    super()
    this.lines = new Map()
  }

  async #open({ period, product, version, meter }: UsageTotal): Promise<void> {
    const query = new URLSearchParams({ period, product, version, meter })
    await this.guard(async () => {
      const lines = await ask("buyerUsage", `/api/buyer/usage?${query}`)
      this.lines = new Map([...this.lines, [`${query}`, lines]])
    })
  }

  override render(): TemplateResult {
    const words = buyerWords(this.language).mine
    const part = (title: string, body: TemplateResult): TemplateResult =>
      html`<section class="block apart wide" tabindex="0" role="region" aria-label=${title}>
        <h2>${title}</h2>
        ${body}
      </section>`
    return html`${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
    ${part(
      words.usage,
      this.#usage.show(this.words, (usage) => this.#used(usage))
    )}
    ${part(
      words.invoices,
      this.#invoices.show(this.words, (invoices) => this.#billed(invoices))
    )}`
  }

  #meter(name: string): string {
    const { meters } = buyerDataWords(this.language).bills
    return meters[name as keyof typeof meters] ?? name
  }

  #used(usage: ReadonlyArray<UsageTotal>): TemplateResult {
    const words = buyerWords(this.language).mine
    const own = buyerDataWords(this.language).bills
    if (usage.length === 0) return html`<p class="quiet">${words.noUsage}</p>`
    return html`${usage.map((total) => {
      const { period, product, version, meter, quantity, evidence } = total
      const lines = this.lines.get(`${new URLSearchParams({ period, product, version, meter })}`)
      return html`<details
        class="bill"
        @toggle=${(event: Event) => (event.target as HTMLDetailsElement).open && void this.#open(total)}
      >
        <summary>
          <span>${period}</span><span>${product} ${version}</span><span>${this.#meter(meter)}</span>
          <span class="number">${formatNumber(quantity, this.language, 15)}</span>
        </summary>
        <p class="quiet">${own.evidence} <code title=${evidence}>${evidence.slice(0, 16)}…</code></p>
        ${
          lines === undefined
            ? nothing
            : html`<table class="tight">
                <caption class="quiet">
                  ${own.lines(product, period)}. ${own.more}
                </caption>
                <thead>
                  <tr>
                    <th scope="col">${own.at}</th>
                    <th scope="col">${own.id}</th>
                    <th scope="col" class="number">${own.quantity}</th>
                  </tr>
                </thead>
                <tbody>
                  ${lines.map(
                    (line) =>
                      html`<tr>
                        <td>${formatInstant(line.at, this.language)}</td>
                        <td>
                          <code>${line.id}</code>
                          ${line.corrects === null ? nothing : html`<span class="quiet">${own.corrects(line.corrects)}</span>`}
                        </td>
                        <td class="number">${formatNumber(line.quantity, this.language, 15)}</td>
                      </tr>`
                  )}
                </tbody>
              </table>`
        }
      </details>`
    })}`
  }

  #billed(invoices: ReadonlyArray<Invoice>): TemplateResult {
    const words = buyerWords(this.language).mine
    if (invoices.length === 0) return html`<p class="quiet">${words.noInvoices}</p>`
    return html`${invoices.map((one) => this.#invoice(one))}`
  }

  #invoice(one: Invoice): TemplateResult {
    const words = buyerWords(this.language).mine
    const own = buyerDataWords(this.language).bills
    const { language } = this
    const money = (minor: number): string => formatMoney({ minor, currency: one.currency }, language)
    return html`<details class="bill">
      <summary>
        <span><code>${one.number}</code></span
        ><span>${one.kind === "invoice" ? words.invoice : words.creditNote}</span
        ><span>${formatDay(one.issuedAt, language)}</span>
        <span class="number">${money(one.gross)}</span>
      </summary>
      <p>
        ${own.billedTo} ${one.buyer.legalEntity ?? one.buyer.buyer} ${one.buyer.country ?? ""} ${one.buyer.taxId ?? ""}
      </p>
      ${one.credits === undefined ? nothing : html`<p>${own.credits(one.credits.number, one.credits.reason)}</p>`}
      <div class="wide">
        <table>
          <caption class="hidden-text">
            ${own.open(one.number)}
          </caption>
          <thead>
            <tr>
              <th scope="col">${own.what}</th>
              <th scope="col">${words.month}</th>
              <th scope="col" class="number">${own.quantity}</th>
              <th scope="col" class="number">${words.net}</th>
              <th scope="col" class="number">${words.tax}</th>
            </tr>
          </thead>
          <tbody>
            ${one.lines.map(
              (line) =>
                html`<tr>
                    <td>${line.product} ${line.version}<br /><span class="quiet">${this.#meter(line.meter)}</span></td>
                    <td>${line.period}</td>
                    <td class="number">${line.quantity}</td>
                    <td class="number">${money(line.net)}</td>
                    <td class="number">
                      ${money(line.tax)}<br /><span class="quiet"
                        >${formatShare(line.taxBasisPoints / 10_000, language)}</span
                      >
                    </td>
                  </tr>
                  ${(line.meter === "licence" ? [] : line.tiers).map(
                    ({ from, upTo, quantity, minor }) =>
                      html`<tr class="quiet">
                        <td colspan="2">${upTo === null ? own.last(from) : own.step(from, upTo)}</td>
                        <td class="number">${quantity}</td>
                        <td class="number">${money(minor)}</td>
                        <td></td>
                      </tr>`
                  )}
                  <tr class="quiet">
                    <td colspan="5">
                      ${own.priced} <code title=${line.priceSnapshot.hash}>${line.priceSnapshot.id}</code> ·
                      ${own.proof}
                      <code title=${line.evidence}>${line.evidence.slice(0, 24)}</code>
                    </td>
                  </tr>`
            )}
            <tr>
              <th scope="row" colspan="3">${own.sum}</th>
              <td class="number">${money(one.net)}</td>
              <td class="number">${money(one.tax)}</td>
            </tr>
            <tr>
              <th scope="row" colspan="4">${words.gross}</th>
              <td class="number"><strong>${money(one.gross)}</strong></td>
            </tr>
          </tbody>
        </table>
      </div>
      <p class="actions apart">
        <button class="button" @click=${() => print()}>${own.print}</button>
        <button
          class="button"
          @click=${() =>
            saveFile(`${one.number}.json`, new Blob([JSON.stringify(one, null, 2)], { type: "application/json" }))}
        >
          ${words.saveInvoice(one.number)}
        </button>
      </p>
    </details>`
  }
}
