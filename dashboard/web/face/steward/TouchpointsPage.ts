import { html } from "lit"
import type { TemplateResult } from "lit"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { stewardMoreWords } from "./stewardMoreWords.ts"
import { StewardPage } from "./StewardPage.ts"

/** In which ways customers are met at which stage. */
export class TouchpointsPage extends StewardPage {
  readonly #touchpoints = new Loading(this, () => ask("stewardTouchpoints", "/api/steward/touchpoints"))

  override render(): TemplateResult {
    const own = stewardMoreWords(this.language).touchpoints
    return html`${this.head(own.title, own.lead)}
    ${this.#touchpoints.show(this.words, (touchpoints) =>
      touchpoints.types.length === 0
        ? html`<section class="state">
            <h2>${own.empty}</h2>
            <p class="quiet">${own.emptyFix}</p>
          </section>`
        : html`<section class="block">
            <assay-touchpoints .touchpoints=${touchpoints}></assay-touchpoints>
            <p class="quiet">
              ${own.from}
              <a href="/steward/assets/${encodeURIComponent(touchpoints.asset)}">${touchpoints.asset}</a>
              ${touchpoints.madeAt === null ? "" : formatInstant(touchpoints.madeAt, this.language)}
            </p>
          </section>`
    )}`
  }
}
