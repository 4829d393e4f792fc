import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { Review } from "../../../api/steward/Review.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { ApiProblem } from "../../shell/ApiProblem.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { indexParts } from "./indexParts.ts"
import { stewardReviewWords } from "./stewardReviewWords.ts"
import { StewardPage } from "./StewardPage.ts"

type Item = Review["items"][number]
type Life = Review["lives"][number]
type Move = "submit" | "reject" | "suspend" | "approve"

/** What waits for a decision, and where every product is in its life. */
export class ReviewPage extends StewardPage {
  static override properties: PropertyDeclarations = {
    problem: { state: true },
    about: { state: true },
    said: { state: true },
    busy: { state: true }
  }
  declare private problem: ApiProblem | undefined
  /** The product that the last answer was about. */
  declare private about: string
  declare private said: string
  declare private busy: boolean
  readonly #review = new Loading(this, () => ask("stewardReview", "/api/steward/review"))

  constructor() {
    super()
    this.problem = undefined
    this.about = ""
    this.said = ""
    this.busy = false
  }

  get #words(): ReturnType<typeof stewardReviewWords>["review"] {
    return stewardReviewWords(this.language).review
  }

  override render(): TemplateResult {
    const own = this.#words
    return html`${this.head(own.title, own.lead)}
    ${this.said === "" ? nothing : html`<p class="said" role="status">${this.said}</p>`}
    ${this.#review.show(
      this.words,
      (review) =>
        html`<div class="stack">
          ${
            review.items.length === 0
              ? html`<section class="block">
                  <p>${own.empty}</p>
                  <p class="quiet">${own.emptyFix}</p>
                  <p><a class="button" href="/steward/design">${own.design}</a></p>
                </section>`
              : review.items.map((item) => this.#item(item, review.me))
          }
          ${this.#lives(review.lives)}
        </div>`
    )}`
  }

  #item(item: Item, me: string): TemplateResult {
    const own = this.#words
    const fact = (name: string, value: unknown, note: unknown = ""): TemplateResult =>
      html`<div class="figure">
        <dt>${name}</dt>
        <dd>${value} <small>${note}</small></dd>
      </div>`
    return html`<section class="block" aria-label=${this.say(item.title)}>
      <h2>
        <span>
          <a href="/steward/design/${item.product}">${this.say(item.title)}</a>
          <span class="tag ${item.waitsFor === "approval" ? "warn" : ""}">${own.waits[item.waitsFor]}</span>
        </span>
        <small>
          ${item.requestedBy === null ? nothing : html`${own.askedBy(item.requestedBy)}, `}${own.since(formatInstant(item.since, this.language))}
        </small>
      </h2>
      <dl class="figures flat">
        ${fact(own.version, item.version)}
        ${fact(own.contract, item.contract, own.levels[item.change.level as keyof typeof own.levels] ?? item.change.level)}
        ${fact(own.price, formatMoney(item.price, this.language))}
        ${fact(own.loss, html`ε ${formatNumber(item.loss.epsilon, this.language, 3)}`, `ρ ${formatNumber(item.loss.rho, this.language, 3)}`)}
        ${fact(own.rows, this.whole(item.rows))}
        ${fact(own.index, formatNumber(item.expected, this.language, 3), `/ ${item.index.target}`)}
      </dl>
      ${item.change.reasons.map((reason) => html`<p class="quiet">${this.say(reason)}</p>`)}
      ${
        item.missing.length === 0
          ? html`<p>${own.nothingAgainst}</p>`
          : html`<h3>${own.against}</h3>
              <ul class="plain-list">
                ${item.missing.map((reason) => html`<li>${this.say(reason)}</li>`)}
              </ul>`
      }
      <details>
        <summary>${own.evidence}</summary>
        ${indexParts(item.index, (label) => this.say(label), this.language)}
        <p class="quiet">${own.digest} <code>${item.digest.slice(0, 16)}…</code></p>
      </details>
      ${this.#decision(item, me)}
      ${this.problem !== undefined && this.about === item.product ? showProblem(this.problem, this.words) : nothing}
    </section>`
  }

  #decision(item: Item, me: string): TemplateResult {
    const own = this.#words
    const button = (move: Move, name: string, first = false): TemplateResult =>
      html`<button class=${first ? "button first" : "button"} name="move" value=${move} ?disabled=${this.busy}>
        ${name}
      </button>`
    const asks = item.waitsFor === "approval" || item.requestedBy !== null
    return html`<form
      class="form row decision"
      @submit=${(event: SubmitEvent) => void this.#decide(event, item.product)}
    >
      <label class="field grow"
        >${own.reason} <input name="reason" type="text" maxlength="500" autocomplete="off" />
      </label>
      ${
        asks
          ? html`${item.requestedBy === me ? html`<span class="quiet">${own.own}</span>` : button("approve", own.approve, true)}
            ${button("reject", own.reject)}`
          : item.waitsFor === "attention"
            ? button("suspend", own.suspend)
            : button("submit", own.submit, true)
      }
    </form>`
  }

  async #decide(event: SubmitEvent, product: string): Promise<void> {
    event.preventDefault()
    const own = this.#words
    const form = event.target as HTMLFormElement
    const move = (event.submitter as HTMLButtonElement).value as Move
    const reason = String(new FormData(form).get("reason") ?? "").trim()
    this.about = product
    this.problem = undefined
    this.said = ""
    if (move !== "submit" && reason === "") {
      this.said = own.needReason
      form.querySelector("input")?.focus()
      return
    }
    this.busy = true
    try {
      const address = `/api/steward/review/${encodeURIComponent(product)}`
      const { state } =
        move === "approve"
          ? await ask("stewardApprove", `${address}/approve`, { reason })
          : await ask("stewardDecide", address, { move, reason })
      this.said = own.done(product, own.states[state as keyof typeof own.states] ?? state)
      form.reset()
      await this.#review.load()
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      this.problem = cause
    } finally {
      this.busy = false
    }
  }

  #lives(lives: ReadonlyArray<Life>): TemplateResult {
    const own = this.#words
    return html`<section class="block wide" tabindex="0" aria-label=${own.lives}>
      <h2>${own.lives}</h2>
      ${
        lives.length === 0
          ? html`<p class="quiet">${own.none}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.product}</th>
                  <th scope="col">${own.state}</th>
                  <th scope="col">${own.contract}</th>
                  <th scope="col">${own.listing}</th>
                  <th scope="col">${own.steps}</th>
                </tr>
              </thead>
              <tbody>
                ${lives.map((life) => this.#life(life))}
              </tbody>
            </table>`
      }
    </section>`
  }

  #life({ product, title, state, since, contract, listing, transitions }: Life): TemplateResult {
    const own = this.#words
    return html`<tr>
      <td><a href="/steward/design/${product}">${this.say(title)}</a></td>
      <td>
        <span class="tag ${state === "listed" ? "good" : state === "suspended" ? "warn" : ""}"
          >${own.states[state]}</span
        >
        <span class="quiet">${own.since(formatInstant(since, this.language))}</span>
      </td>
      <td>${contract}</td>
      <td>${listing === null ? "–" : html`<code>${listing}</code>`}</td>
      <td>
        ${
          transitions.length === 0
            ? html`<span class="quiet">${own.none}</span>`
            : html`<details>
                <summary>${this.whole(transitions.length)}</summary>
                <ul class="plain-list">
                  ${transitions.map(
                    ({ from, to, by, requestedBy, reason, at }) =>
                      html`<li>
                        ${formatInstant(at, this.language)} · ${own.states[from]} → ${own.states[to]} ·
                        ${own.by(by, requestedBy ?? "")} <span class="quiet">${reason}</span>
                      </li>`
                  )}
                </ul>
              </details>`
        }
      </td>
    </tr>`
  }
}
