import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { EmbedMade } from "../../../api/embed/EmbedMade.ts"
import type { EmbedToken } from "../../../api/embed/EmbedToken.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { embedWords } from "./embedWords.ts"
import { snippetOf } from "./snippetOf.ts"

/** Where tokens for pages of others are made, tried and taken back. */
export class EmbedsPage extends Page {
  static override properties: PropertyDeclarations = {
    kind: { state: true },
    made: { state: true },
    copied: { state: true },
    asked: { state: true }
  }
  declare private kind: EmbedToken["kind"]
  /** A token that was just made: its secret is shown now and never again. */
  declare private made: EmbedMade | undefined
  declare private copied: boolean
  /** The token that is about to be taken back. */
  declare private asked: string | undefined
  readonly #tokens = new Loading(this, () => ask("embeds", "/api/embeds"))
  /** What may be chosen; an admin does not see the catalogue and writes the name. */
  readonly #names = new Loading(this, async () => {
    if (this.session?.role !== "steward") return { product: [], asset: [] }
    const [products, { nodes }] = await Promise.all([ask("products", "/api/products"), ask("assets", "/api/assets")])
    return {
      product: products.map(({ id, title }) => ({ name: id, title: this.say(title) })),
      asset: nodes.map(({ key }) => ({ name: key, title: "" }))
    }
  })

  constructor() {
    super()
    this.kind = "product"
    this.made = undefined
    this.copied = false
    this.asked = undefined
  }

  get #own(): ReturnType<typeof embedWords>["page"] {
    return embedWords(this.language).page
  }

  readonly #make = (event: SubmitEvent): void => {
    event.preventDefault()
    const data = new FormData(event.target as HTMLFormElement)
    void this.guard(async () => {
      this.made = await ask("embedMake", "/api/embeds", {
        kind: this.kind,
        target: String(data.get("target")).trim(),
        origins: String(data.get("origins")).split(/\s+/).filter(Boolean),
        days: Number(data.get("days"))
      })
      this.copied = false
      await this.#tokens.load()
      await this.updateComplete
      this.querySelector<HTMLElement>("#snippet")?.focus()
    })
  }

  #revoke(id: string): void {
    this.asked = undefined
    void this.guard(async () => {
      await ask("embedRevoke", `/api/embeds/${id}/revoke`, "post")
      if (this.made?.token.id === id) this.made = undefined
      await this.#tokens.load()
    })
  }

  override render(): TemplateResult {
    const own = this.#own
    return html`${this.head(own.title, own.lead)}
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      <div class="columns">
        <div>
          ${this.#form()}
          <div role="status">${this.made === undefined ? nothing : this.#handOver(this.made)}</div>
        </div>
        <section class="block">
          <h2>${own.safety}</h2>
          <ul class="rules">
            ${own.rules.map((rule) => html`<li>${rule}</li>`)}
          </ul>
        </section>
      </div>
      <section class="block apart wide" tabindex="0" role="region" aria-label=${own.tokens}>
        <h2>${own.tokens}</h2>
        ${this.#tokens.show(this.words, (tokens) => this.#table(tokens))}
      </section>`
  }

  #form(): TemplateResult {
    const own = this.#own
    const names = this.#names.value?.[this.kind] ?? []
    return html`<form class="block sheet" @submit=${this.#make}>
      <h2 class="whole">${own.make}</h2>
      <label class="field"
        ><span>${own.kind}</span>
        <select
          name="kind"
          @change=${(event: Event) => {
            this.kind = (event.target as HTMLSelectElement).value as EmbedToken["kind"]
          }}
        >
          <option value="product" ?selected=${this.kind === "product"}>${own.kinds.product}</option>
          <option value="asset" ?selected=${this.kind === "asset"}>${own.kinds.asset}</option>
        </select></label
      >
      <label class="field"
        ><span>${own[this.kind]}</span>
        <input name="target" list="embed-names" required autocomplete="off" spellcheck="false"
      /></label>
      <label class="field"
        ><span>${own.days}</span> <input name="days" type="number" min="1" max="366" value="90" required
      /></label>
      <label class="field whole"
        ><span>${own.origins}</span>
        <textarea name="origins" rows="2" required spellcheck="false" aria-describedby="hint-origins"></textarea>
        <small class="quiet" id="hint-origins">${own.originsHint}</small></label
      >
      <datalist id="embed-names">
        ${names.map(({ name, title }) => html`<option value=${name}>${title}</option>`)}
      </datalist>
      <p class="whole"><button class="button first" ?disabled=${this.busy}>${own.submit}</button></p>
    </form>`
  }

  #handOver({ secret, token }: EmbedMade): TemplateResult {
    const own = this.#own
    const snippet = snippetOf(location.origin, token, secret, this.language)
    const example =
      token.kind === "product"
        ? html`<embedded-price product=${token.target} token=${secret}></embedded-price>`
        : html`<embedded-lineage asset=${token.target} token=${secret}></embedded-lineage>`
    return html`<section class="said apart">
        <p>${own.made} ${own.paste}</p>
        <pre tabindex="0" id="snippet">${snippet}</pre>
        <p class="actions">
          <button
            class="button first"
            @click=${() => void navigator.clipboard.writeText(snippet).then(() => (this.copied = true))}
          >
            ${this.copied ? own.copied : own.copy}
          </button>
          <button class="button" @click=${() => (this.made = undefined)}>${own.hide}</button>
        </p>
      </section>
      <section class="apart">
        <h2>${own.example}</h2>
        <p class="quiet">${own.exampleNote}</p>
        ${example}
      </section>`
  }

  #table(tokens: ReadonlyArray<EmbedToken>): TemplateResult {
    const own = this.#own
    const { language } = this
    if (tokens.length === 0) return html`<p class="quiet">${own.none}</p>`
    const count = (n: number): string => formatNumber(n, language)
    return html`<table class="stacked">
      <thead>
        <tr>
          <th scope="col">${own.target}</th>
          <th scope="col">${own.pages}</th>
          <th scope="col">${own.state}</th>
          <th scope="col">${own.used}</th>
          <th scope="col">${own.by}</th>
          <th scope="col"><span class="hidden-text">${own.change}</span></th>
        </tr>
      </thead>
      <tbody>
        ${tokens.map(
          (token) =>
            html`<tr>
              <td><code>${token.target}</code></td>
              <td>${token.origins.map((origin) => html`<code class="line">${origin}</code>`)}</td>
              <td>
                <span class="tag ${token.state === "live" ? "good" : ""}">${own.states[token.state]}</span>
                ${
                  token.revokedAt === null
                    ? own.until(formatDay(token.expiresAt, language))
                    : own.since(formatDay(token.revokedAt, language), token.revokedBy ?? "")
                }
              </td>
              <td>
                ${own.times(count(token.shown), count(token.refused))}
                ${token.lastShownAt === null ? nothing : html`<br /><span class="quiet">${own.last(formatInstant(token.lastShownAt, language))}</span>`}
              </td>
              <td>${token.madeBy}<br /><span class="quiet">${formatDay(token.madeAt, language)}</span></td>
              <td>${token.state === "live" ? this.#end(token) : nothing}</td>
            </tr>`
        )}
      </tbody>
    </table>`
  }

  #end({ id, target }: EmbedToken): TemplateResult {
    const own = this.#own
    const say = (asked: string | undefined) => () => {
      this.asked = asked
    }
    return this.asked === id
      ? html`<span class="actions">
          <button class="button first" ?disabled=${this.busy} @click=${() => this.#revoke(id)}>
            ${own.sure(target)}
          </button>
          <button class="button" @click=${say(undefined)}>${own.keep}</button>
        </span>`
      : html`<button class="button" aria-label=${own.revokeOne(target)} @click=${say(id)}>
          ${own.revokeOne(target)}
        </button>`
  }
}
