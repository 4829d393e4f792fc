import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { ScenarioMatch } from "../../../api/buyer/ScenarioMatch.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { goTo } from "../../shell/goTo.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { buyerWords } from "./buyerWords.ts"

const list = (text: FormDataEntryValue | null): ReadonlyArray<string> =>
  String(text ?? "")
    .split(/[\s,;，；、]+/)
    .filter(Boolean)

/** From what the data is for to what fits, what is missing, and a quote for the smallest part that does. */
export class ScenarioPage extends Page {
  static override properties: PropertyDeclarations = { found: { state: true } }
  declare private found: ReadonlyArray<ScenarioMatch> | undefined

  constructor() {
    super()
    this.found = undefined
  }

  get #own(): ReturnType<typeof buyerWords>["scenario"] {
    return buyerWords(this.language).scenario
  }

  readonly #search = (event: SubmitEvent): void => {
    event.preventDefault()
    const data = new FormData(event.target as HTMLFormElement)
    const [history, freshness] = [String(data.get("history")).trim(), String(data.get("freshness")).trim()]
    void this.guard(async () => {
      this.found = await ask("buyerScenario", "/api/buyer/scenarios", {
        name: String(data.get("name")),
        purpose: String(data.get("purpose")),
        required: list(data.get("required")),
        optional: list(data.get("optional")),
        ...(history === "" ? {} : { history }),
        ...(freshness === "" ? {} : { freshness }),
        threshold: Number(data.get("threshold"))
      })
      await this.updateComplete
      this.querySelector<HTMLElement>("#matches")?.focus()
    })
  }

  #quote(product: string, offer?: string): void {
    void this.guard(async () => {
      const quote = await ask("makeQuote", "/api/quotes", { product, ...(offer === undefined ? {} : { offer }) })
      goTo(`/quotes/${quote.id}`)
    })
  }

  #try(product: string): void {
    void this.guard(async () => {
      await ask("buyerTrial", "/api/buyer/trials", { product })
      goTo("/buyer")
    })
  }

  override render(): TemplateResult {
    const own = this.#own
    const field = (name: string, label: string, hint: string, value: string, required = true): TemplateResult =>
      html`<label class="field"
        ><span>${label}</span>
        <input name=${name} value=${value} ?required=${required} autocomplete="off" aria-describedby="hint-${name}" />
        <small class="quiet" id="hint-${name}">${hint}</small></label
      >`
    return html`${this.head(own.title, own.lead)}
      <form class="block sheet" @submit=${this.#search}>
        ${field("name", own.name, own.nameHint, "market_entry")}
        ${field("purpose", own.purpose, own.purposeHint, "dpv:MarketResearch")}
        ${field("required", own.required, own.requiredHint, "region category")}
        ${field("optional", own.optional, own.optionalHint, "orders", false)}
        ${field("freshness", own.freshness, own.durationHint, "", false)}
        ${field("history", own.history, own.durationHint, "", false)}
        <label class="field"
          ><span>${own.threshold}</span>
          <input name="threshold" type="number" min="1" max="100" value="80" required />
          <small class="quiet">${own.thresholdHint}</small></label
        >
        <p><button class="button first" ?disabled=${this.busy}>${this.busy ? own.searching : own.search}</button></p>
      </form>
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      <div id="matches" tabindex="-1" role="status">
        ${
          this.found === undefined
            ? nothing
            : this.found.length === 0
              ? html`<section class="state">
                  <h2>${own.nothing}</h2>
                  <p>${own.nothingFix}</p>
                </section>`
              : html`<h2 class="apart">${own.found(String(this.found.length))}</h2>
                  ${this.found.map((match) => this.#match(match))}`
        }
      </div>`
  }

  #match(match: ScenarioMatch): TemplateResult {
    const own = this.#own
    const { language } = this
    const { product, steps, offer, reached } = match
    const name = this.say(match.title)
    return html`<section class="block apart" aria-label=${name}>
      <div class="columns">
        <div>
          <h3><a href="/products/${product}">${name}</a></h3>
          <dl class="strip">
            <div class="figure">
              <dt>${own.fit}</dt>
              <dd>
                ${formatNumber(match.fit, language, 3)}
                <meter min="0" max="100" .value=${match.fit} aria-label=${own.fit}></meter>
              </dd>
            </div>
            <div class="figure">
              <dt>${own.enough}</dt>
              <dd><small class="tag ${reached ? "good" : "warn"}">${reached ? own.yes : own.no}</small></dd>
            </div>
          </dl>
          ${match.missing.length === 0 ? nothing : html`<p>${own.missing(match.missing.join(", "))}</p>`}
          ${match.forbidden.length === 0 ? nothing : html`<p>${own.forbidden(match.forbidden.join(", "))}</p>`}
          ${
            steps.length === 0
              ? nothing
              : html`<div class="wide" tabindex="0" role="region" aria-label=${own.smallest}>
                  <table>
                    <caption class="quiet">
                      ${own.smallest}
                    </caption>
                    <thead>
                      <tr>
                        <th scope="col">${own.part}</th>
                        <th scope="col" class="number">${own.fitWith}</th>
                        <th scope="col" class="number">${own.bits}</th>
                        <th scope="col" class="number">${own.adds}</th>
                      </tr>
                    </thead>
                    <tbody>
                      ${steps.map(
                        ({ columns, fit, addsBits, adds }) =>
                          html`<tr>
                            <td class="reason">${columns.join(", ")}</td>
                            <td class="number">${formatNumber(fit, language, 3)}</td>
                            <td class="number">${formatNumber(addsBits, language, 3)}</td>
                            <td class="number">${adds === null ? "–" : formatMoney(adds, language)}</td>
                          </tr>`
                      )}
                    </tbody>
                  </table>
                </div>`
          }
          <p class="end actions">
            ${
              offer === null
                ? html`<button
                    class="button"
                    ?disabled=${this.busy || !match.gate}
                    @click=${() => this.#quote(product)}
                  >
                    ${own.quoteWhole}
                  </button>`
                : html`<button
                    class="button first"
                    ?disabled=${this.busy}
                    @click=${() => this.#quote(product, offer.id)}
                  >
                    ${own.quotePart(formatMoney(offer.price, language))}
                  </button>`
            }
            <button
              class="button"
              ?disabled=${this.busy}
              aria-label=${own.tryIt(name)}
              @click=${() => this.#try(product)}
            >
              ${own.tryIt(name)}
            </button>
          </p>
        </div>
        <assay-fit .match=${match}></assay-fit>
      </div>
    </section>`
  }
}
