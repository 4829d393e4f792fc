import { html } from "lit"
import type { TemplateResult } from "lit"
import type { BuyerCheck } from "../../../api/admin/BuyerCheck.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { AdminPage } from "./AdminPage.ts"

/** Who buyers are in law: checked by one, confirmed by another. */
export class BuyersPage extends AdminPage {
  readonly #buyers = new Loading(this, () => ask("adminBuyers", "/api/admin/buyers"))

  readonly #verify = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const data = new FormData(form)
    const text = (name: string): string => String(data.get(name)).trim()
    void this.guard(async () => {
      await ask("adminBuyerVerify", "/api/admin/buyers", {
        buyer: text("buyer"),
        legalEntity: text("legalEntity"),
        country: text("country").toUpperCase(),
        taxId: text("taxId") === "" ? null : text("taxId"),
        evidence: text("evidence")
      })
      form.reset()
      await this.#buyers.load()
    })
  }

  #confirm(buyer: string): void {
    void this.guard(async () => {
      await ask("adminBuyerConfirm", `/api/admin/buyers/${encodeURIComponent(buyer)}/confirm`, "post")
      await this.#buyers.load()
    })
  }

  override render(): TemplateResult {
    const { buyers } = this.own
    return html`${this.head(buyers.title, buyers.lead)}
      <form class="block sheet" @submit=${this.#verify}>
        ${this.field("buyer", buyers.buyer, buyers.buyerHint)}
        ${this.field("legalEntity", buyers.entity, buyers.entityHint)}
        ${this.field("country", buyers.country, buyers.countryHint)}
        ${this.field("taxId", buyers.taxId, buyers.taxIdHint, false)}
        ${this.field("evidence", buyers.evidence, buyers.evidenceHint)}
        <p><button class="button primary" ?disabled=${this.busy}>${buyers.note}</button></p>
      </form>
      ${this.#buyers.show(this.words, (list) => this.#list(list))}`
  }

  #list(list: ReadonlyArray<BuyerCheck>): TemplateResult {
    const { buyers } = this.own
    if (list.length === 0)
      return html`<section class="state">
        <h2>${buyers.none}</h2>
        <p>${buyers.noneFix}</p>
      </section>`
    return html`<section class="block apart wide" tabindex="0" role="region" aria-label=${buyers.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">${buyers.buyer}</th>
            <th scope="col">${buyers.entity}</th>
            <th scope="col">${buyers.country}</th>
            <th scope="col">${buyers.taxId}</th>
            <th scope="col">${buyers.evidence}</th>
            <th scope="col">${buyers.by}</th>
            <th scope="col">${buyers.second}</th>
          </tr>
        </thead>
        <tbody>
          ${list.map(
            (one) =>
              html`<tr>
                <td>${one.buyer}</td>
                <td>${one.legalEntity}</td>
                <td>${one.country}</td>
                <td>${one.taxId ?? "–"}</td>
                <td>${one.evidence}</td>
                <td>${one.by}<br /><span class="quiet">${formatInstant(one.at, this.language)}</span></td>
                <td>
                  ${
                    one.confirmedBy === null
                      ? html`<button class="button" ?disabled=${this.busy} @click=${() => this.#confirm(one.buyer)}>
                          ${buyers.confirm(one.buyer)}
                        </button>`
                      : html`<span class="tag good">${one.confirmedBy}</span>`
                  }
                </td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }
}
