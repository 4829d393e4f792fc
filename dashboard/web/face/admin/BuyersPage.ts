import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { BuyersState } from "../../../api/admin/BuyersState.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { industries } from "../../words/industries.ts"
import { AdminPage } from "./AdminPage.ts"

/** Who buyers are in law: checked by one, confirmed by another; and who may not buy. */
export class BuyersPage extends AdminPage {
  static override properties: PropertyDeclarations = { asked: { state: true } }
  /** The buyer who is about to be barred. */
  declare private asked: string | undefined
  readonly #buyers = new Loading(this, () => ask("adminBuyers", "/api/admin/buyers"))

  constructor() {
    super()
    this.asked = undefined
  }

  readonly #verify = (event: SubmitEvent): void => {
    const { form, text } = this.texts(event)
    void this.guard(async () => {
      await ask("adminBuyerVerify", "/api/admin/buyers", {
        buyer: text("buyer"),
        legalEntity: text("legalEntity"),
        country: text("country").toUpperCase(),
        taxId: text("taxId") === "" ? null : text("taxId"),
        industry: text("industry") === "" ? null : text("industry"),
        evidence: text("evidence")
      })
      form.reset()
      await this.#buyers.load()
    })
  }

  #change(buyer: string, step: "confirm" | "lift"): void {
    void this.guard(async () => {
      const address = `/api/admin/buyers/${encodeURIComponent(buyer)}/${step}`
      await (step === "confirm" ? ask("adminBuyerConfirm", address, "post") : ask("adminBuyerLift", address, "post"))
      await this.#buyers.load()
    })
  }

  readonly #block = (event: SubmitEvent): void => {
    const { text } = this.texts(event)
    const buyer = this.asked!
    void this.guard(async () => {
      await ask("adminBuyerBlock", `/api/admin/buyers/${encodeURIComponent(buyer)}/block`, { reason: text("reason") })
      this.asked = undefined
      await this.#buyers.load()
    })
  }

  #fill(buyer: string): void {
    const input = this.querySelector<HTMLInputElement>("input[name=buyer]")!
    input.value = buyer
    input.form!.querySelector<HTMLInputElement>("input[name=legalEntity]")!.focus()
  }

  override render(): TemplateResult {
    const { buyers } = this.own
    return html`${this.head(buyers.title, buyers.lead)} ${this.#buyers.show(this.words, (state) => this.#show(state))}`
  }

  #show(state: BuyersState): TemplateResult {
    const { buyers } = this.own
    const { checks, unchecked, blocks } = state
    const barred = blocks.filter(({ liftedAt }) => liftedAt === null)
    const count = (n: number): string => formatNumber(n, this.language, 9)
    return html`<div class="stack">
      <dl class="strip flush">
        ${this.figure(buyers.checked, count(checks.length))}
        ${this.figure(buyers.waiting, count(checks.filter(({ confirmedBy }) => confirmedBy === null).length))}
        ${this.figure(buyers.unchecked, count(unchecked.length))} ${this.figure(buyers.barred, count(barred.length))}
      </dl>
      ${this.asked === undefined ? nothing : this.#asking(this.asked)} ${this.#checks(state)}
      <div class="columns">
        ${this.#blocks(blocks)}
        <form class="block form" @submit=${this.#verify}>
          <h2>${buyers.add}</h2>
          ${this.field("buyer", buyers.buyer, buyers.buyerHint)}
          ${this.field("legalEntity", buyers.entity, buyers.entityHint)}
          ${this.field("country", buyers.country, buyers.countryHint)}
          <label class="field"
            ><span>${buyers.industry}</span>
            <select name="industry" aria-describedby="hint-industry">
              <option value="">${buyers.noIndustry}</option>
              ${Object.entries(industries(this.language)).map(
                ([letter, name]) => html`<option value=${letter}>${letter} ${name}</option>`
              )}
            </select>
            <small class="quiet" id="hint-industry">${buyers.industryHint}</small></label
          >
          ${this.field("taxId", buyers.taxId, buyers.taxIdHint, false)}
          ${this.field("evidence", buyers.evidence, buyers.evidenceHint)}
          <button class="button first" ?disabled=${this.busy}>${buyers.note}</button>
        </form>
      </div>
    </div>`
  }

  #asking(buyer: string): TemplateResult {
    const { buyers } = this.own
    return html`<form class="block form" @submit=${this.#block}>
      <h2>${buyers.sure(buyer)}</h2>
      ${this.field("reason", buyers.reason, buyers.reasonHint)}
      <p class="actions">
        <button class="button danger" ?disabled=${this.busy}>${buyers.block(buyer)}</button>
        <button type="button" class="button" @click=${() => void (this.asked = undefined)}>${buyers.keep}</button>
      </p>
    </form>`
  }

  #checks({ checks, unchecked, blocks }: BuyersState): TemplateResult {
    const { buyers } = this.own
    const named = industries(this.language)
    const region = new Intl.DisplayNames(this.language, { type: "region" })
    const isBarred = (buyer: string): boolean => blocks.some((one) => one.buyer === buyer && one.liftedAt === null)
    const bar = (buyer: string): TemplateResult | typeof nothing =>
      isBarred(buyer)
        ? html`<span class="tag warn">${buyers.barred}</span>`
        : html`<button
            class="button"
            aria-label=${buyers.block(buyer)}
            ?disabled=${this.busy}
            @click=${() => void (this.asked = buyer)}
          >
            ${buyers.bar}
          </button>`
    return this.panel(
      buyers.title,
      checks.length + unchecked.length === 0
        ? html`<p class="quiet">${buyers.none} ${buyers.noneFix}</p>`
        : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${buyers.buyer}</th>
                  <th scope="col">${buyers.entity}</th>
                  <th scope="col">${buyers.country}</th>
                  <th scope="col">${buyers.industry}</th>
                  <th scope="col">${buyers.taxId}</th>
                  <th scope="col">${buyers.evidence}</th>
                  <th scope="col">${buyers.by}</th>
                  <th scope="col">${buyers.second}</th>
                  <th scope="col"><span class="hidden-text">${buyers.change}</span></th>
                </tr>
              </thead>
              <tbody>
                ${checks.map(
                  (one) =>
                    html`<tr>
                      <td>${one.buyer}</td>
                      <td>${one.legalEntity}</td>
                      <td>${region.of(one.country) ?? one.country}</td>
                      <td>${one.industry === null ? buyers.noIndustry : named[one.industry]}</td>
                      <td>${one.taxId ?? "–"}</td>
                      <td class="reason">${one.evidence}</td>
                      <td>${one.by}<br /><span class="quiet">${formatInstant(one.at, this.language)}</span></td>
                      <td>
                        ${
                          one.confirmedBy === null
                            ? html`<button
                                class="button"
                                aria-label=${buyers.confirm(one.buyer)}
                                ?disabled=${this.busy}
                                @click=${() => this.#change(one.buyer, "confirm")}
                              >
                                ${buyers.agree}
                              </button>`
                            : html`<span class="tag good">${one.confirmedBy}</span>`
                        }
                      </td>
                      <td>${bar(one.buyer)}</td>
                    </tr>`
                )}
                ${unchecked.map(
                  ({ buyer, orders }) =>
                    html`<tr>
                      <td>${buyer}</td>
                      <td colspan="5" class="quiet">${buyers.unchecked}: ${buyers.orders(String(orders))}</td>
                      <td colspan="2">
                        <button class="button" aria-label=${buyers.check(buyer)} @click=${() => this.#fill(buyer)}>
                          ${buyers.look}
                        </button>
                      </td>
                      <td>${bar(buyer)}</td>
                    </tr>`
                )}
              </tbody>
            </table>
            <p class="quiet end">${buyers.noneFix}</p>`
    )
  }

  #blocks(blocks: BuyersState["blocks"]): TemplateResult {
    const { buyers } = this.own
    const when = (name: string, at: string): TemplateResult =>
      html`${name}<br /><span class="quiet">${formatInstant(at, this.language)}</span>`
    return this.panel(
      buyers.blocks,
      blocks.length === 0
        ? html`<p class="quiet">${buyers.noBlocks}</p>`
        : html`<table class="tight">
            <thead>
              <tr>
                <th scope="col">${buyers.buyer}</th>
                <th scope="col">${buyers.reason}</th>
                <th scope="col">${buyers.since}</th>
                <th scope="col">${buyers.lifted}</th>
              </tr>
            </thead>
            <tbody>
              ${blocks.map(
                ({ buyer, reason, by, at, liftedBy, liftedAt }) =>
                  html`<tr>
                    <td>${buyer}</td>
                    <td class="reason">${reason}</td>
                    <td>${when(by, at)}</td>
                    <td>
                      ${
                        liftedBy === null || liftedAt === null
                          ? html`<button
                              class="button"
                              ?disabled=${this.busy}
                              @click=${() => this.#change(buyer, "lift")}
                            >
                              ${buyers.lift(buyer)}
                            </button>`
                          : when(liftedBy, liftedAt)
                      }
                    </td>
                  </tr>`
              )}
            </tbody>
          </table>`
    )
  }
}
