import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { BuyerAccess } from "../../../api/buyer/BuyerAccess.ts"
import type { Credential } from "../../../api/buyer/Credential.ts"
import type { Order } from "../../../api/Order.ts"
import { saveFile } from "../../element/saveFile.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { goTo } from "../../shell/goTo.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { buyerWords } from "./buyerWords.ts"

/** What a buyer has: notices, what opens the data, what was used of it, and what it cost. */
export class MyDataPage extends Page {
  static override properties: PropertyDeclarations = { made: { state: true } }
  /** A credential that was just made: it is shown now and never again. */
  declare private made: (Credential & { readonly kind: "key" | "share" }) | undefined
  readonly #access = new Loading(this, () => ask("buyerAccess", "/api/buyer/access"))
  readonly #orders = new Loading(this, () => ask("orders", "/api/orders"))

  constructor() {
    super()
    this.made = undefined
  }

  get #own(): ReturnType<typeof buyerWords>["mine"] {
    return buyerWords(this.language).mine
  }

  #make(kind: "key" | "share", holder: string): void {
    void this.guard(async () => {
      const made =
        kind === "key"
          ? await ask("buyerKey", "/api/buyer/keys", { holder })
          : await ask("buyerShare", "/api/buyer/shares", { holder })
      this.made = { ...made, kind }
      await this.#access.load()
    })
  }

  #revoke(kind: "key" | "share", id: string): void {
    void this.guard(async () => {
      await (kind === "key"
        ? ask("buyerKeyRevoke", `/api/buyer/keys/${id}/revoke`, "post")
        : ask("buyerShareRevoke", `/api/buyer/shares/${id}/revoke`, "post"))
      await this.#access.load()
    })
  }

  #convert(id: string): void {
    void this.guard(async () => {
      await ask("buyerConvert", `/api/buyer/trials/${id}/convert`, "post")
      goTo("/orders")
    })
  }

  override render(): TemplateResult {
    const own = this.#own
    const part = (title: string, body: TemplateResult): TemplateResult =>
      html`<section class="block apart wide" tabindex="0" role="region" aria-label=${title}>
        <h2>${title}</h2>
        ${body}
      </section>`
    return html`${this.head(own.title, own.lead, html`<a class="button" href="/orders">${own.downloads}</a>`)}
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      <div role="status">${this.made === undefined ? nothing : this.#secret(this.made)}</div>
      ${part(own.inbox, html`<buyer-inbox></buyer-inbox>`)}
      ${part(
        own.access,
        this.#access.show(this.words, (access) => this.#credentials(access))
      )}
      <buyer-bills></buyer-bills>`
  }

  #secret({ kind, secret, expiresAt }: NonNullable<MyDataPage["made"]>): TemplateResult {
    const own = this.#own
    const name = kind === "key" ? "assay.key" : "profile.share"
    return html`<section class="said">
      <p>${own.once(formatDay(expiresAt, this.language))}</p>
      <pre tabindex="0">${secret}</pre>
      <p class="actions">
        <button class="button first" @click=${() => saveFile(name, new Blob([secret], { type: "text/plain" }))}>
          ${own.save(name)}
        </button>
        <button class="button" @click=${() => void (this.made = undefined)}>${own.hide}</button>
      </p>
    </section>`
  }

  #credentials({ trials, keys, shares }: BuyerAccess): TemplateResult {
    const own = this.#own
    const { language } = this
    const ends = (revokedAt: string | null, expiresAt: string): TemplateResult | string =>
      revokedAt === null ? own.until(formatDay(expiresAt, language)) : html`<span class="tag">${own.revoked}</span>`
    const end = (kind: "key" | "share", id: string, revokedAt: string | null): TemplateResult | typeof nothing =>
      revokedAt === null
        ? html`<button
            class="button"
            aria-label=${own.revokeOne(id.slice(0, 10))}
            @click=${() => this.#revoke(kind, id)}
          >
            ${own.revokeOne(id.slice(0, 10))}
          </button>`
        : nothing
    return html`${this.#orders.show(this.words, (orders) => this.#openings(orders, trials))}
    ${
      trials.length + keys.length + shares.length === 0
        ? html`<p class="quiet">${own.noAccess}</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">${own.kind}</th>
                <th scope="col">${own.for}</th>
                <th scope="col">${own.state}</th>
                <th scope="col">${own.used}</th>
                <th scope="col"><span class="hidden-text">${own.change}</span></th>
              </tr>
            </thead>
            <tbody>
              ${trials.map(
                ({ id, title, endsAt, calls, spend, state }) =>
                  html`<tr>
                    <td>${own.trial}</td>
                    <td>${this.say(title)}</td>
                    <td>
                      <span class="tag ${state === "open" ? "good" : ""}">${own.trialStates[state]}</span>
                      ${own.until(formatDay(endsAt, language))}
                    </td>
                    <td>
                      ${own.calls(String(calls.used), String(calls.cap))}, ${formatMoney(spend.used, language)} /
                      ${formatMoney(spend.cap, language)}
                    </td>
                    <td>
                      ${
                        state === "converted"
                          ? nothing
                          : html`<button class="button" @click=${() => this.#convert(id)}>
                              ${own.convert(this.say(title))}
                            </button>`
                      }
                    </td>
                  </tr>`
              )}
              ${keys.map(
                ({ id, prefix, product, expiresAt, revokedAt, lastUsedAt }) =>
                  html`<tr>
                    <td>${own.key} <code>${prefix}…</code></td>
                    <td>${product}</td>
                    <td>${ends(revokedAt, expiresAt)}</td>
                    <td>${lastUsedAt === null ? own.never : formatInstant(lastUsedAt, language)}</td>
                    <td>${end("key", id, revokedAt)}</td>
                  </tr>`
              )}
              ${shares.map(
                ({ id, order, expiresAt, revokedAt }) =>
                  html`<tr>
                    <td>${own.share}</td>
                    <td><code>${order}</code></td>
                    <td>${ends(revokedAt, expiresAt)}</td>
                    <td></td>
                    <td>${end("share", id, revokedAt)}</td>
                  </tr>`
              )}
            </tbody>
          </table>`
    }`
  }

  /** What a new credential can be made for. */
  #openings(orders: ReadonlyArray<Order>, trials: BuyerAccess["trials"]): TemplateResult {
    const own = this.#own
    const paid = orders.filter(({ paidAt }) => paidAt !== null)
    const open = trials.filter(({ state }) => state === "open")
    if (paid.length + open.length === 0) return html``
    return html`<ul class="lines">
      ${paid.map(
        ({ id, title, version }) =>
          html`<li>
            <span>${this.say(title)} ${version}</span>
            <button class="button" aria-label=${own.newKey(id.slice(0, 10))} @click=${() => this.#make("key", id)}>
              ${own.newKey(id.slice(0, 10))}
            </button>
            <button class="button" aria-label=${own.newShare(id.slice(0, 10))} @click=${() => this.#make("share", id)}>
              ${own.newShare(id.slice(0, 10))}
            </button>
          </li>`
      )}
      ${open.map(
        ({ id, title }) =>
          html`<li>
            <span>${own.trial}: ${this.say(title)}</span>
            <button class="button" aria-label=${own.newKey(id.slice(0, 10))} @click=${() => this.#make("key", id)}>
              ${own.newKey(id.slice(0, 10))}
            </button>
          </li>`
      )}
    </ul>`
  }
}
