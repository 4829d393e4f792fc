import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { CapRequest } from "../../../api/admin/CapRequest.ts"
import type { Caps } from "../../../api/admin/Caps.ts"
import type { Loss } from "../../../api/Loss.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import { formatTiny } from "../../format/formatTiny.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { AdminPage } from "./AdminPage.ts"

/** Caps of privacy loss, lowered by one and raised by two, and the keys of the house. */
export class CapsPage extends AdminPage {
  static override properties: PropertyDeclarations = { lowering: { state: true }, told: { state: true } }
  /** A lower cap that waits for a second word of the same person. */
  declare private lowering: { readonly request: CapRequest; readonly from: Loss } | undefined
  declare private told: string
  readonly #caps = new Loading(this, () => ask("adminCaps", "/api/admin/caps"))

  constructor() {
    super()
    this.lowering = undefined
    this.told = ""
  }

  readonly #submit = (event: SubmitEvent): void => {
    const { form, text } = this.texts(event)
    const request = {
      scope: text("scope") === "buyer" ? ("buyer" as const) : ("product" as const),
      name: text("name"),
      epsilon: text("epsilon")
    }
    const now = this.#caps.value?.subCaps.find(({ scope, name }) => scope === request.scope && name === request.name)
    this.told = ""
    if (now !== undefined && Number(request.epsilon) < now.cap.epsilon) {
      this.lowering = { request, from: now.cap }
      return
    }
    void this.#set(request, form)
  }

  #set(request: CapRequest, form?: HTMLFormElement): Promise<void> {
    this.lowering = undefined
    return this.guard(async () => {
      const { raises } = await ask("adminCapSet", "/api/admin/caps", request)
      const waits = raises.some(({ scope, name }) => scope === request.scope && name === request.name)
      this.told = waits ? this.house.caps.waits(request.name) : this.house.caps.done(request.name)
      form?.reset()
      await this.#caps.load()
    })
  }

  #approve(id: string, name: string): void {
    this.told = ""
    void this.guard(async () => {
      await ask("adminCapApprove", `/api/admin/caps/${id}/approve`, "post")
      this.told = this.house.caps.done(name)
      await this.#caps.load()
    })
  }

  #epsilon({ epsilon, rho }: Loss): TemplateResult {
    return html`ε ${formatNumber(epsilon, this.language, 4)}
      <span class="quiet">ρ ${formatNumber(rho, this.language, 4)}</span>`
  }

  override render(): TemplateResult {
    const { caps } = this.house
    return html`${this.head(caps.title, caps.lead)}
      <div role="status">${this.told === "" ? nothing : html`<p class="said">${this.told}</p>`}</div>
      ${this.#caps.show(this.words, (state) => this.#show(state))}`
  }

  #show(state: Caps): TemplateResult {
    const { caps } = this.house
    const { cap, spent, left, runsOut } = state
    const figure = (name: string, loss: Loss): TemplateResult =>
      this.figure(
        name,
        html`ε ${formatNumber(loss.epsilon, this.language, 3)}`,
        html`ρ ${formatNumber(loss.rho, this.language, 4)}`
      )
    return html`<div class="stack">
      <dl class="strip flush">
        ${figure(caps.cap, cap)} ${figure(caps.spent, spent)}
        ${this.figure(
          caps.left,
          cap.rho === 0 ? "–" : formatShare(left.rho / cap.rho, this.language),
          html`ε ${formatNumber(left.epsilon, this.language, 3)}, δ ${formatTiny(cap.delta)}`
        )}
        ${this.figure(caps.runsOut, runsOut === null ? caps.never : formatDay(runsOut, this.language))}
      </dl>
      <p class="quiet">${caps.capNote}</p>
      <div class="columns">
        <div>${this.#waiting(state)} ${this.#own(state)}</div>
        ${this.#form(state)}
      </div>
      ${this.#keys(state)}
    </div>`
  }

  #waiting({ raises, subCaps }: Caps): TemplateResult {
    const { caps } = this.house
    return this.panel(
      caps.waiting,
      raises.length === 0
        ? html`<p class="quiet">${caps.noWaiting}</p>`
        : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${caps.scope}</th>
                  <th scope="col" class="number">${caps.cap}</th>
                  <th scope="col" class="number">${caps.asked}</th>
                  <th scope="col">${caps.who}</th>
                  <th scope="col"><span class="hidden-text">${caps.waiting}</span></th>
                </tr>
              </thead>
              <tbody>
                ${raises.map(({ id, scope, name, asked, askedBy, askedAt }) => {
                  const now = subCaps.find((one) => one.scope === scope && one.name === name)
                  return html`<tr>
                    <td>${caps.scopes[scope]} ${name}</td>
                    <td class="number">${now === undefined ? "–" : this.#epsilon(now.cap)}</td>
                    <td class="number">${this.#epsilon(asked)}</td>
                    <td>${askedBy}<br /><span class="quiet">${formatInstant(askedAt, this.language)}</span></td>
                    <td>
                      <button class="button" ?disabled=${this.busy} @click=${() => this.#approve(id, name)}>
                        ${caps.approve(name)}
                      </button>
                    </td>
                  </tr>`
                })}
              </tbody>
            </table>
            <p class="quiet end">${caps.second}</p>`
    )
  }

  #own({ subCaps }: Caps): TemplateResult {
    const { caps } = this.house
    return this.panel(
      caps.own,
      subCaps.length === 0
        ? html`<p class="quiet">${caps.noOwn}</p>`
        : html`<table class="tight">
            <thead>
              <tr>
                <th scope="col">${caps.scope}</th>
                <th scope="col">${caps.name}</th>
                <th scope="col" class="number">${caps.epsilon}</th>
                <th scope="col" class="number">${caps.spent}</th>
                <th scope="col" class="number">${caps.left}</th>
              </tr>
            </thead>
            <tbody>
              ${subCaps.map(
                (one) =>
                  html`<tr>
                    <td>${caps.scopes[one.scope]}</td>
                    <td>${one.name}</td>
                    <td class="number">${this.#epsilon(one.cap)}</td>
                    <td class="number">${this.#epsilon(one.spent)}</td>
                    <td class="number">
                      ${this.#epsilon(one.left)}
                      <meter min="0" max=${one.cap.rho} .value=${one.spent.rho} aria-hidden="true"></meter>
                    </td>
                  </tr>`
              )}
            </tbody>
          </table>`
    )
  }

  #form({ products, buyers }: Caps): TemplateResult {
    const { caps } = this.house
    const { lowering } = this
    const show = (epsilon: number): string => formatNumber(epsilon, this.language, 4)
    return html`<form class="block form" @submit=${this.#submit}>
      <h2>${caps.set}</h2>
      <label class="field"
        ><span>${caps.scope}</span>
        <select name="scope">
          <option value="product">${caps.scopes.product}</option>
          <option value="buyer">${caps.scopes.buyer}</option>
        </select></label
      >
      ${this.field("name", caps.name, caps.nameHint, true, "capped")}
      <datalist id="capped">${[...products, ...buyers].map((name) => html`<option value=${name}></option>`)}</datalist>
      ${this.field("epsilon", caps.epsilon, caps.epsilonHint)}
      ${
        lowering === undefined
          ? html`<button class="button first" ?disabled=${this.busy}>${caps.ask}</button>`
          : html`<p class="said">
                ${caps.lower(lowering.request.name, show(lowering.from.epsilon), show(Number(lowering.request.epsilon)))}
              </p>
              <p class="actions">
                <button
                  type="button"
                  class="button danger"
                  ?disabled=${this.busy}
                  @click=${() => void this.#set(lowering.request)}
                >
                  ${caps.yes}
                </button>
                <button type="button" class="button" @click=${() => void (this.lowering = undefined)}>
                  ${caps.no}
                </button>
              </p>`
      }
    </form>`
  }

  #keys({ keys }: Caps): TemplateResult {
    const { caps } = this.house
    return this.panel(
      caps.keys,
      html`<table class="tight">
          <thead>
            <tr>
              <th scope="col">${caps.key}</th>
              <th scope="col">${caps.fingerprint}</th>
              <th scope="col">${caps.since}</th>
              <th scope="col">${caps.file}</th>
            </tr>
          </thead>
          <tbody>
            ${keys.map(
              ({ id, fingerprint, since, isPrivate }) =>
                html`<tr>
                  <td>${caps.kinds[id]}</td>
                  <td><code>${fingerprint}</code></td>
                  <td>${since === null ? "–" : formatInstant(since, this.language)}</td>
                  <td>
                    ${
                      isPrivate === null
                        ? caps.within
                        : html`<span class="tag ${isPrivate ? "good" : "warn"}"
                            >${isPrivate ? caps.isPrivate : caps.isOpen}</span
                          >`
                    }
                  </td>
                </tr>`
            )}
          </tbody>
        </table>
        <p class="quiet end">${caps.rotation}</p>`
    )
  }
}
