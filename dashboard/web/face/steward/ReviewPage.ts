import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Review } from "../../../api/steward/Review.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { assessedFigures } from "./assessedFigures.ts"
import { lifeTag } from "./lifeTag.ts"
import { stewardReviewWords } from "./stewardReviewWords.ts"
import { StewardPage } from "./StewardPage.ts"

type Item = Review["items"][number]
type Life = Review["lives"][number]

/** What waits for a decision, and where every product is in its life. */
export class ReviewPage extends StewardPage {
  readonly #review = new Loading(this, () => ask("stewardReview", "/api/steward/review"))

  get #words(): ReturnType<typeof stewardReviewWords>["review"] {
    return stewardReviewWords(this.language).review
  }

  override render(): TemplateResult {
    const own = this.#words
    return html`${this.head(own.title, own.lead)}
    ${this.#review.show(
      this.words,
      (review) =>
        html`<div class="stack">
          ${
            review.items.length === 0
              ? html`<section class="block">
                  <p>${own.empty}</p>
                  <p class="quiet">${own.emptyFix}</p>
                  <p class="apart"><a class="button" href="/steward/design">${own.design}</a></p>
                </section>`
              : review.items.map((item) => this.#item(item, review.me))
          }
          ${this.#lives(review.lives)}
        </div>`
    )}`
  }

  #item(item: Item, me: string): TemplateResult {
    const own = this.#words
    const address = `/steward/review/${encodeURIComponent(item.product)}`
    return html`<section class="block" aria-label=${this.say(item.title)}>
      <h2>
        <span>
          <a href=${address}>${this.say(item.title)}</a>
          <span class="tag ${item.waitsFor === "approval" ? "warn" : ""}">${own.waits[item.waitsFor]}</span>
        </span>
        <small>
          ${item.requestedBy === null ? nothing : html`${own.askedBy(item.requestedBy)}, `}${own.since(formatInstant(item.since, this.language))}
        </small>
      </h2>
      ${assessedFigures(item, { value: item.expected, isExpected: item.waitsFor !== "attention" }, this.language)}
      ${item.change.reasons.map((reason) => html`<p class="quiet">${this.say(reason)}</p>`)}
      ${
        item.missing.length === 0
          ? html`<p>${own.nothingAgainst}</p>`
          : html`<h3>${own.against}</h3>
              <ul class="plain-list">
                ${item.missing.map((reason) => html`<li>${this.say(reason)}</li>`)}
              </ul>`
      }
      ${item.requestedBy === me ? html`<p class="quiet">${own.own}</p>` : nothing}
      <p class="apart"><a class="button" href=${address}>${own.look}</a></p>
    </section>`
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
                  <th scope="col" class="number">${own.steps}</th>
                </tr>
              </thead>
              <tbody>
                ${lives.map((life) => this.#life(life))}
              </tbody>
            </table>`
      }
    </section>`
  }

  #life({ product, title, state, since, contract, listing, endsOn, steps }: Life): TemplateResult {
    const own = this.#words
    const address = `/steward/review/${encodeURIComponent(product)}`
    return html`<tr>
      <td><a href=${address}>${this.say(title)}</a></td>
      <td>
        ${lifeTag(state, own.states)}
        <span class="quiet">${own.since(formatInstant(since, this.language))}</span>
        ${
          state === "deprecated" && endsOn !== null
            ? html`<span class="quiet">${own.until(formatDay(endsOn, this.language))}</span>`
            : nothing
        }
      </td>
      <td>${contract}</td>
      <td>${listing === null ? "–" : html`<code>${listing}</code>`}</td>
      <td class="number"><a href=${address}>${this.whole(steps)}</a></td>
    </tr>`
  }
}
