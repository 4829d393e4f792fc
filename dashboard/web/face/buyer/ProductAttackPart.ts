import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { ProductAttack } from "../../../api/product/ProductAttack.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { buyerProductWords } from "./buyerProductWords.ts"
import { offerInWords } from "./offerInWords.ts"

const mostDrawn = 12

/** Attack my price: whether what is offered can be had for less by any other purchases. */
export class ProductAttackPart extends Page {
  static override properties: PropertyDeclarations = { product: { type: String }, chosen: { state: true } }
  declare product: string
  declare private chosen: string
  readonly #attack = new Loading(this, () =>
    ask("productAttack", `/api/products/${encodeURIComponent(this.product)}/attack`)
  )

  constructor() {
    super()
    this.product = ""
    this.chosen = "full"
  }

  override render(): TemplateResult {
    const own = buyerProductWords(this.language).attack
    return html`<section class="block">
      <h2>${own.title}</h2>
      <p>${own.lead}</p>
      ${this.#attack.show(this.words, (attack) => this.#show(attack))}
    </section>`
  }

  #show(attack: ProductAttack): TemplateResult {
    const own = buyerProductWords(this.language).attack
    const { language } = this
    const { offers } = attack
    const whole = offers[0]
    if (whole === undefined) return html`<p class="quiet">${own.nothing}</p>`
    if (offers.length === 1)
      return html`<p>${own.noWay} ${own.onlyWhole}</p>
        ${this.#how(attack)}`
    const beaten = offers.filter(({ verdict }) => verdict === "beaten").length
    // The whole first, then those that come closest to being beaten.
    const [, ...others] = offers
    const closest = others.toSorted((a, b) => (a.margin ?? Infinity) - (b.margin ?? Infinity)).slice(0, mostDrawn - 1)
    const count = (n: number): string => formatNumber(n, language)
    return html`<p>
        <span class="tag ${beaten === 0 ? "good" : "warn"}"
          >${beaten === 0 ? own.unbeaten(count(offers.length)) : own.beaten(count(beaten), count(offers.length))}</span
        >
        ${this.#verdict(whole)}
      </p>
      <assay-attack .offers=${[whole, ...closest]}></assay-attack>
      ${offers.length > mostDrawn ? html`<p class="quiet">${own.drawn(count(mostDrawn), count(offers.length))}</p>` : nothing}
      <label class="pick apart"
        >${own.choose}
        <select
          class="small"
          @change=${(event: Event) => {
            this.chosen = (event.target as HTMLSelectElement).value
          }}
        >
          ${offers.map(
            (offer) =>
              html`<option value=${offer.id} ?selected=${offer.id === this.chosen}>
                ${offerInWords(offer, whole, language)}
              </option>`
          )}
        </select></label
      >
      ${this.#cover(offers.find(({ id }) => id === this.chosen) ?? whole, offers)} ${this.#how(attack)}`
  }

  #how({ searched, at, version }: ProductAttack): TemplateResult {
    const own = buyerProductWords(this.language).attack
    const count = (n: number): string => formatNumber(n, this.language)
    return html`<details>
      <summary>${own.how}</summary>
      <ul class="rules">
        <li>
          ${own.searched(
            count(searched.purchases),
            count(searched.columnGroups),
            count(searched.slices),
            count(searched.accuracies),
            count(searched.versions)
          )}
        </li>
        <li>${searched.calls ? own.withCalls : own.withoutCalls}</li>
        ${own.rules.map((rule) => html`<li>${rule}</li>`)}
        <li>${own.at(formatInstant(at, this.language), version)}</li>
      </ul>
    </details>`
  }

  #verdict({ margin, verdict }: ProductAttack["offers"][number]): string {
    const own = buyerProductWords(this.language).attack
    if (margin === null) return own.noWay
    const share = formatShare(Math.abs(margin), this.language)
    return verdict === "beaten" ? own.wholeBeaten(share) : own.wholeHolds(share)
  }

  #cover(offer: ProductAttack["offers"][number], offers: ProductAttack["offers"]): TemplateResult {
    const own = buyerProductWords(this.language).attack
    const { language } = this
    const known = new Map(offers.map((one) => [one.id, one]))
    if (offer.cover === null) return html`<p>${own.noWay}</p>`
    return html`<div class="wide" tabindex="0" role="region" aria-label=${own.parts}>
      <table class="tight">
        <caption class="quiet">
          ${own.parts}
        </caption>
        <thead>
          <tr>
            <th scope="col">${own.chart.offer}</th>
            <th scope="col" class="number">${own.times}</th>
            <th scope="col" class="number">${own.each}</th>
            <th scope="col" class="number">${own.together}</th>
          </tr>
        </thead>
        <tbody>
          ${offer.cover.parts.map(({ offer: id, times }) => {
            const part = known.get(id)
            const each = part?.price
            return html`<tr>
              <td>
                ${part === undefined ? (id === "calls" ? own.calls : id) : offerInWords(part, offers[0]!, language)}
              </td>
              <td class="number">${formatNumber(times, language)}</td>
              <td class="number">${each === undefined ? "–" : formatMoney(each, language)}</td>
              <td class="number">
                ${each === undefined ? "–" : formatMoney({ ...each, minor: each.minor * times }, language)}
              </td>
            </tr>`
          })}
          <tr>
            <th scope="row" colspan="3">${own.sum}</th>
            <td class="number">${formatMoney(offer.cover.price, language)}</td>
          </tr>
          <tr>
            <th scope="row" colspan="3">${own.listed}</th>
            <td class="number">${formatMoney(offer.price, language)}</td>
          </tr>
        </tbody>
      </table>
    </div>`
  }
}
