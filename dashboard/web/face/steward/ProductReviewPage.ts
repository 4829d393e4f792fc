import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { Decided } from "../../../api/steward/Decided.ts"
import type { ProductReview } from "../../../api/steward/ProductReview.ts"
import type { RecordedEvidence } from "../../../api/steward/RecordedEvidence.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { assessedFigures } from "./assessedFigures.ts"
import { evidenceTable } from "./evidenceTable.ts"
import { indexParts } from "./indexParts.ts"
import { lifeTag } from "./lifeTag.ts"
import { stewardDecisionWords } from "./stewardDecisionWords.ts"
import { stewardReviewWords } from "./stewardReviewWords.ts"
import { StewardPage } from "./StewardPage.ts"

const soonMillis = 30 * 86_400_000

/** One product before whoever decides on it: its gates, the evidence for them, and each step of its life. */
export class ProductReviewPage extends StewardPage {
  static override properties: PropertyDeclarations = { said: { state: true }, item: { state: true } }
  declare private said: string
  /** The gate or item that evidence is put on record for. */
  declare private item: string
  readonly #review = new Loading(this, () =>
    ask("stewardProductReview", `/api/steward/review/${encodeURIComponent(this.params["product"]!)}`)
  )

  constructor() {
    super()
    this.said = ""
    this.item = ""
  }

  override render(): TemplateResult {
    const own = stewardDecisionWords(this.language)
    return html`<p class="crumbs"><a href="/steward/review">${own.back}</a> / ${this.params["product"]}</p>
      ${this.#review.show(this.words, (review) => this.#show(review))}`
  }

  #show(review: ProductReview): TemplateResult {
    const own = stewardDecisionWords(this.language)
    return html`${this.#title(review)}
      ${this.said === "" ? nothing : html`<p class="said" role="status">${this.said}</p>`} ${this.#soon(review)}
      <div class="stack">
        ${this.#standing(review)}
        <steward-decision
          .review=${review}
          @decided=${({ detail }: CustomEvent<Decided>) => this.#after(this.#decided(detail))}
        ></steward-decision>
        ${
          review.assessment === null
            ? nothing
            : indexParts(review.assessment.index, (label) => this.say(label), this.language, {
                recordable: new Set(review.recordable.map(({ id }) => id)),
                record: (id) => this.#recordFor(id)
              })
        }
        ${evidenceTable(review, (label) => this.say(label), this.language)}
        <steward-evidence
          .review=${review}
          .item=${this.item}
          @recorded=${({ detail }: CustomEvent<RecordedEvidence>) => this.#after(own.recorded(this.whole(detail.length)))}
        ></steward-evidence>
        ${this.#steps(review)}
      </div>`
  }

  #decided({ product, state }: Decided): string {
    const { done, states } = stewardReviewWords(this.language).review
    return done(product, states[state as keyof typeof states] ?? state)
  }

  #after(said: string): void {
    this.said = said
    void this.#review.load()
    scrollTo(0, 0)
  }

  #recordFor(id: string): void {
    this.item = id
    const form = this.querySelector<HTMLElement>("steward-evidence")
    form?.scrollIntoView({ block: "center" })
    form?.querySelector<HTMLElement>("input[type=file]")?.focus({ preventScroll: true })
  }

  #title({ product, title, owner, state, since, listing, endsOn, successor }: ProductReview): TemplateResult {
    const own = stewardDecisionWords(this.language)
    const decisions = stewardReviewWords(this.language).review
    const named = encodeURIComponent(product)
    return html`<header class="head">
      <div>
        <h1 tabindex="-1">${this.say(title)} ${lifeTag(state, decisions.states)}</h1>
        <p>
          ${own.lead(owner, decisions.since(formatInstant(since, this.language)))}
          ${endsOn === null ? nothing : html`· ${own.endsOn(formatDay(endsOn, this.language))}`}
          ${
            successor === null
              ? nothing
              : html`· ${own.successor} <a href="/steward/review/${encodeURIComponent(successor)}">${successor}</a>`
          }
          ${listing === null ? nothing : html`· ${decisions.listing} <code>${listing}</code>`}
        </p>
      </div>
      <div class="actions">
        <a class="button" href="/steward/design/${named}">${own.design}</a>
        <a class="button" href="/steward/assets/${encodeURIComponent(`release.${product}`)}">${own.asset}</a>
        ${state === "listed" ? html`<a class="button" href="/products/${named}">${own.shown}</a>` : nothing}
      </div>
    </header>`
  }

  /** What ends soon is said first, with its day. */
  #soon({ evidence, recordable }: ProductReview): TemplateResult | typeof nothing {
    const own = stewardDecisionWords(this.language)
    const soon = evidence.filter(
      ({ state, expiresAt }) => state === "holds" && Date.parse(expiresAt) < Date.now() + soonMillis
    )
    if (soon.length === 0) return nothing
    return html`<section class="said refused" role="status">
      <strong>${own.runsOut}</strong>
      <ul class="plain-list">
        ${soon.map(({ item, signer, expiresAt }) => {
          const known = recordable.find(({ id }) => id === item)
          return html`<li>
            ${known === undefined ? item : this.say(known.name)} · ${signer} ·
            ${own.runsOutOn(formatDay(expiresAt, this.language))}
            ${
              known === undefined
                ? nothing
                : html`<button class="link" @click=${() => this.#recordFor(item)}>${own.renew}</button>`
            }
          </li>`
        })}
      </ul>
    </section>`
  }

  #standing({ product, assessment, expected, missing, waitsFor }: ProductReview): TemplateResult {
    const own = stewardDecisionWords(this.language)
    const decisions = stewardReviewWords(this.language).review
    if (assessment === null) {
      return html`<section class="block">
        <p>${own.noVersion}</p>
        <p class="quiet">${own.noVersionFix}</p>
      </section>`
    }
    return html`<section class="block">
      ${waitsFor === null ? nothing : html`<h2>${decisions.waits[waitsFor]}</h2>`}
      ${assessedFigures(
        { ...assessment, product },
        { value: expected ?? assessment.index.index, isExpected: waitsFor !== null && waitsFor !== "attention" },
        this.language
      )}
      ${assessment.change.reasons.map((reason) => html`<p class="quiet">${this.say(reason)}</p>`)}
      ${
        waitsFor === null
          ? nothing
          : missing.length === 0
            ? html`<p>${decisions.nothingAgainst}</p>`
            : html`<h3>${decisions.against}</h3>
                <ul class="plain-list">
                  ${missing.map((reason) => html`<li>${this.say(reason)}</li>`)}
                </ul>`
      }
      <p class="quiet note">${decisions.digest} <code>${assessment.digest}</code></p>
    </section>`
  }

  #steps({ transitions }: ProductReview): TemplateResult {
    const own = stewardDecisionWords(this.language)
    const { states, by: name } = stewardReviewWords(this.language).review
    return html`<section class="block wide" tabindex="0" aria-label=${own.steps}>
      <h2>${own.steps}</h2>
      ${
        transitions.length === 0
          ? html`<p class="quiet">${own.noSteps}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.on_}</th>
                  <th scope="col">${own.step}</th>
                  <th scope="col">${own.who}</th>
                  <th scope="col">${own.why}</th>
                  <th scope="col">${own.restsOn}</th>
                </tr>
              </thead>
              <tbody>
                ${transitions.map(
                  ({ from, to, by, requestedBy, reason, at, evidence }) =>
                    html`<tr>
                      <td>${formatInstant(at, this.language)}</td>
                      <td>${states[from]} → ${states[to]}</td>
                      <td>${name(by, requestedBy ?? "")}</td>
                      <td class="reason">${reason}</td>
                      <td>
                        ${evidence === null ? "–" : html`<code title=${evidence}>${evidence.slice(0, 12)}…</code>`}
                      </td>
                    </tr>`
                )}
              </tbody>
            </table>`
      }
    </section>`
  }
}
