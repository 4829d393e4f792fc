import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { Decided } from "../../../api/steward/Decided.ts"
import type { ProductReview } from "../../../api/steward/ProductReview.ts"
import { ask } from "../../shell/ask.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { stewardDecisionWords } from "./stewardDecisionWords.ts"
import { stewardReviewWords } from "./stewardReviewWords.ts"
import { StewardPage } from "./StewardPage.ts"

type Move = ProductReview["moves"][number]

/** After these no step leads back. */
const final: ReadonlySet<Move> = new Set<Move>(["deprecate", "retire"])

/** The decisions that a product's state leaves: each says what it means and is asked for twice. */
export class DecisionPanel extends StewardPage {
  static override properties: PropertyDeclarations = {
    review: { attribute: false },
    move: { state: true },
    lacks: { state: true }
  }
  declare review: ProductReview | undefined
  declare private move: Move | undefined
  declare private lacks: boolean

  constructor() {
    super()
    this.review = undefined
    this.move = undefined
    this.lacks = false
  }

  get #words(): ReturnType<typeof stewardDecisionWords> {
    return stewardDecisionWords(this.language)
  }

  override render(): TemplateResult {
    const own = this.#words
    const { review, move } = this
    if (review === undefined) return html``
    const isOwn = review.requestedBy === review.me
    const moves = review.moves.filter((one) => !(isOwn && (one === "approve" || one === "register")))
    return html`<section class="block" aria-label=${own.decide}>
      <h2>${own.decide}</h2>
      ${isOwn && review.waitsFor !== null ? html`<p>${stewardReviewWords(this.language).review.own}</p>` : nothing}
      ${moves.length === 0 ? html`<p class="quiet">${own.nothingLeft}</p>` : nothing}
      <p class="actions">
        ${moves.map(
          (one, i) =>
            html`<button
              class=${i === 0 && !final.has(one) && one !== "suspend" ? "button first" : "button"}
              aria-expanded=${one === move}
              ?disabled=${this.busy}
              @click=${() => void this.#open(one)}
            >
              ${own.moves[one]}
            </button>`
        )}
      </p>
      ${move === undefined || !moves.includes(move) ? nothing : this.#sure(review, move)}
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
    </section>`
  }

  async #open(move: Move): Promise<void> {
    this.move = this.move === move ? undefined : move
    this.problem = undefined
    this.lacks = false
    await this.updateComplete
    this.querySelector<HTMLElement>("form input, form select")?.focus()
  }

  #sure(review: ProductReview, move: Move): TemplateResult {
    const own = this.#words
    const decisions = stewardReviewWords(this.language).review
    const today = new Date().toISOString().slice(0, 10)
    return html`<form
      class="form said decision"
      @submit=${(event: SubmitEvent) => void this.#decide(event, review, move)}
    >
      <p>${own.means[move]} ${final.has(move) ? html`<span class="tag warn">${own.final}</span>` : nothing}</p>
      ${
        move === "retire" && review.entitled > 0
          ? html`<p class="quiet">${own.entitled(this.whole(review.entitled))}</p>`
          : nothing
      }
      ${
        move === "deprecate"
          ? html`<div class="two">
              <label class="field">${own.on} <input name="on" type="date" min=${today} required /></label>
              <label class="field"
                >${own.follows}
                <select name="successor">
                  <option value="">${own.nothingFollows}</option>
                  ${review.successors.map(({ product, title }) => html`<option value=${product}>${this.say(title)}</option>`)}
                </select>
              </label>
            </div>`
          : nothing
      }
      <label class="field"
        >${decisions.reason}
        <input
          name="reason"
          type="text"
          maxlength="500"
          autocomplete="off"
          aria-invalid=${this.lacks}
          aria-describedby=${this.lacks ? "lacks" : nothing}
        />
      </label>
      ${this.lacks ? html`<p id="lacks" class="bad" role="alert">${decisions.needReason}</p>` : nothing}
      <p class="actions">
        <button class="button first" ?disabled=${this.busy}>${own.sure(own.moves[move])}</button>
        <button class="button" type="button" @click=${() => void (this.move = undefined)}>${own.notNow}</button>
      </p>
    </form>`
  }

  async #decide(event: SubmitEvent, { product }: ProductReview, move: Move): Promise<void> {
    event.preventDefault()
    const given = new FormData(event.target as HTMLFormElement)
    const text = (name: string): string => String(given.get(name) ?? "").trim()
    const reason = text("reason")
    this.problem = undefined
    this.lacks = move !== "submit" && reason === ""
    if (this.lacks) return void this.querySelector<HTMLElement>("form input[name=reason]")?.focus()
    await this.guard(async () => {
      const decided = await this.#send(product, move, reason, text)
      this.move = undefined
      this.dispatchEvent(new CustomEvent<Decided>("decided", { detail: decided }))
    })
  }

  #send(product: string, move: Move, reason: string, text: (name: string) => string): Promise<Decided> {
    const address = `/api/steward/review/${encodeURIComponent(product)}`
    if (move === "approve") return ask("stewardApprove", `${address}/approve`, { reason })
    if (move === "register") return ask("stewardApprove", `${address}/approve`, { reason, registerOnly: true })
    if (move !== "deprecate") return ask("stewardDecide", address, { move, reason })
    const successor = text("successor")
    const named = successor === "" ? {} : { successor }
    return ask("stewardDecide", address, { move, reason, on: text("on"), ...named })
  }
}
