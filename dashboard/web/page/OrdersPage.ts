import { html, nothing } from "lit"
import type { TemplateResult, PropertyDeclarations } from "lit"
import type { Order } from "../../api/Order.ts"
import { formatInstant } from "../format/formatInstant.ts"
import { formatMoney } from "../format/formatMoney.ts"
import { ask } from "../shell/ask.ts"
import { Loading } from "../shell/Loading.ts"
import { showProblem } from "../shell/showProblem.ts"
import { Page } from "./Page.ts"

/** Orders: for a buyer what was bought, with its downloads; for a steward what waits for its payment. */
export class OrdersPage extends Page {
  static override properties: PropertyDeclarations = { asked: { state: true } }
  /** The order whose payment is about to be confirmed. */
  declare private asked: string | undefined
  readonly #orders = new Loading(this, () => ask("orders", "/api/orders"))

  constructor() {
    super()
    this.asked = undefined
  }

  override render(): TemplateResult {
    const { words, session } = this
    const mine = session?.role === "buyer"
    return html`${this.head(mine ? words.orders.mine : words.orders.all, mine ? words.orders.mineLead : words.orders.allLead)}
    ${this.problem === undefined ? nothing : showProblem(this.problem, words)}
    ${this.#orders.show(words, (orders) =>
      orders.length === 0
        ? html`<section class="state">
            <h2>${words.orders.empty}</h2>
            <p class="quiet">${mine ? words.orders.mineEmpty : words.orders.allEmpty}</p>
            ${mine ? html`<a class="button" href="/">${words.nav.catalog}</a>` : nothing}
          </section>`
        : this.#table(orders, mine)
    )}`
  }

  #table(orders: ReadonlyArray<Order>, mine: boolean): TemplateResult {
    const { words, language } = this
    return html`<div
      class="block wide"
      tabindex="0"
      role="region"
      aria-label=${mine ? words.orders.mine : words.orders.all}
    >
      <table class="stacked">
        <thead>
          <tr>
            <th scope="col">${words.orders.product}</th>
            <th scope="col">${words.facts.version}</th>
            ${mine ? nothing : html`<th scope="col">${words.orders.buyer}</th>`}
            <th scope="col">${words.orders.placed}</th>
            <th scope="col" class="number">${words.price}</th>
            <th scope="col">${words.orders.state}</th>
            <th scope="col"><span class="hidden-text">${words.orders.next}</span></th>
          </tr>
        </thead>
        <tbody>
          ${orders.map(
            (order) =>
              html`<tr>
                <td>
                  <a href="/products/${order.product}">${this.say(order.title)}</a><br /><code class="quiet"
                    >${order.id}</code
                  >
                </td>
                <td>${order.version}</td>
                ${mine ? nothing : html`<td>${order.buyer}</td>`}
                <td>${formatInstant(order.orderedAt, language)}</td>
                <td class="number">${formatMoney(order.price, language)}</td>
                <td>
                  <span class="tag ${order.paidAt === null ? "warn" : "good"}">${words.orderState[order.state]}</span>
                </td>
                <td>${mine ? this.#downloads(order) : this.#confirm(order)}</td>
              </tr>`
          )}
        </tbody>
      </table>
    </div>`
  }

  #downloads(order: Order): TemplateResult {
    const { words } = this
    if (order.paidAt === null) return html`<span class="quiet">${words.orders.waiting}</span>`
    return html`<order-download order=${order.id}></order-download>`
  }

  #confirm(order: Order): TemplateResult {
    const { words, language } = this
    if (order.paidAt !== null) return html`<span class="quiet">${formatInstant(order.paidAt, language)}</span>`
    if (this.asked !== order.id)
      return html`<button
        class="button"
        @click=${() => {
          this.asked = order.id
        }}
      >
        ${words.orders.confirm}
      </button>`
    return html`<span class="actions">
      <button class="button first" @click=${() => this.#pay(order.id)}>
        ${words.orders.sure(formatMoney(order.price, language))}
      </button>
      <button
        class="button"
        @click=${() => {
          this.asked = undefined
        }}
      >
        ${words.orders.cancel}
      </button>
    </span>`
  }

  async #pay(id: string): Promise<void> {
    this.asked = undefined
    await this.guard(async () => {
      await ask("payOrder", `/api/orders/${id}/pay`, "post")
    })
    await this.#orders.load()
  }
}
