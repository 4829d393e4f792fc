import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { BudgetParts } from "../../../api/steward/BudgetParts.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import { formatTiny } from "../../format/formatTiny.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { budgetHistory } from "./budgetHistory.ts"
import { stewardChargeWords } from "./stewardChargeWords.ts"
import { stewardMoreWords } from "./stewardMoreWords.ts"
import { StewardPage } from "./StewardPage.ts"

type Part = BudgetParts["products"][number]

/** The budget by what used it, and what the product files would use next. */
export class SpendingPage extends StewardPage {
  readonly #budget = new Loading(this, () => ask("stewardBudget", "/api/steward/budget"))

  get #words(): ReturnType<typeof stewardMoreWords>["budget"] {
    return stewardMoreWords(this.language).budget
  }

  override render(): TemplateResult {
    const own = this.#words
    return html`${this.head(own.title, own.lead)} ${this.#budget.show(this.words, (parts) => this.#show(parts))}`
  }

  #show(parts: BudgetParts): TemplateResult {
    const { words } = this
    const own = this.#words
    const { budget } = parts
    const figure = (name: string, { rho, epsilon, delta }: BudgetParts["budget"]["cap"]): TemplateResult =>
      this.figure(name, `ε ${formatNumber(epsilon, this.language, 3)}`, `δ ${formatTiny(delta)} · ρ ${this.#rho(rho)}`)
    return html`<dl class="strip">
        ${figure(words.budget.left, budget.left)} ${figure(words.budget.spent, budget.spent)}
        ${figure(words.budget.cap, budget.cap)}
        ${parts.held.rho === 0 ? nothing : figure(stewardChargeWords(this.language).held, parts.held)}
        <div class="figure">
          <dt>${words.value.runsOut}</dt>
          <dd>${budget.runsOut === null ? own.lasts : formatDay(budget.runsOut, this.language)}</dd>
        </div>
      </dl>
      <div class="stack">
        <section class="block"><assay-budget .budget=${budget}></assay-budget></section>
        ${this.#drafts(parts)}
        <div class="pair">
          ${this.#parts(own.byProduct, own.product, parts.products, parts, (name) => html`<a href="/steward/design/${name}">${name}</a>`)}
          ${this.#parts(own.byBuyer, own.buyer, parts.buyers, parts, (name) => (name === "public" ? own.publicBuyer : name))}
        </div>
        ${this.#subCaps(parts)} ${budgetHistory(parts, words, this.language)}
      </div>`
  }

  #rho(value: number): string {
    return formatNumber(value, this.language, 4)
  }

  #drafts({ drafts, budget }: BudgetParts): TemplateResult {
    const own = this.#words
    if (drafts.length === 0) {
      return html`<section class="block">
        <h2>${own.drafts}</h2>
        <p class="quiet">${own.none}</p>
        <p><a class="button" href="/steward/design">${this.own.overview.designOne}</a></p>
      </section>`
    }
    return html`<section class="block wide" tabindex="0" aria-label=${own.drafts}>
      <h2>${own.drafts}</h2>
      <table class="tight">
        <thead>
          <tr>
            <th scope="col">${own.product}</th>
            <th scope="col">${own.period}</th>
            <th scope="col" class="number">${own.asks} (ρ)</th>
            <th scope="col" class="number">${own.share}</th>
            <th scope="col">${own.runsOut}</th>
          </tr>
        </thead>
        <tbody>
          ${drafts.map(
            ({ product, period, stored, asks, runsOut, refusal }) =>
              html`<tr>
                <td><a href="/steward/design/${product}">${product}</a></td>
                <td>${period ?? "–"}</td>
                <td class="number">
                  ${stored ? html`<span class="quiet">${own.stored}</span>` : asks === null ? "–" : this.#rho(asks)}
                </td>
                <td class="number">${asks === null ? "–" : formatShare(asks / budget.cap.rho, this.language)}</td>
                <td class="reason">
                  ${
                    refusal === null
                      ? runsOut === null
                        ? own.lasts
                        : formatDay(runsOut, this.language)
                      : html`<span class="tag warn">${own.refused}</span>
                          ${this.words.problems[refusal.code]?.message ?? refusal.message}`
                  }
                </td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }

  #parts(
    title: string,
    head: string,
    rows: ReadonlyArray<Part>,
    { budget }: BudgetParts,
    show: (name: string) => unknown
  ): TemplateResult {
    const own = this.#words
    return html`<section class="block wide" tabindex="0" aria-label=${title}>
      <h2>${title}</h2>
      ${
        rows.length === 0
          ? html`<p class="quiet">${own.nothing}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${head}</th>
                  <th scope="col" class="number">${own.releases}</th>
                  <th scope="col" class="number">${own.spent} (ρ)</th>
                  <th scope="col" class="number">${own.share}</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  ({ name, releases, spent }) =>
                    html`<tr>
                      <td>${show(name)}</td>
                      <td class="number">${this.whole(releases)}</td>
                      <td class="number">${this.#rho(spent.rho)}</td>
                      <td class="number">${formatShare(spent.rho / budget.cap.rho, this.language)}</td>
                    </tr>`
                )}
              </tbody>
            </table>`
      }
    </section>`
  }

  #subCaps({ subCaps }: BudgetParts): TemplateResult {
    const own = this.#words
    return html`<section class="block wide" tabindex="0" aria-label=${own.subCaps}>
      <h2>${own.subCaps}</h2>
      ${
        subCaps.length === 0
          ? html`<p>${own.noSubCaps}</p>
              <p class="quiet">${own.noSubCapsFix}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.buyer}</th>
                  <th scope="col" class="number">${own.cap} (ρ)</th>
                  <th scope="col" class="number">${own.spent} (ρ)</th>
                  <th scope="col" class="number">${own.left} (ρ)</th>
                </tr>
              </thead>
              <tbody>
                ${subCaps.map(
                  ({ scope, name, cap, spent, left }) =>
                    html`<tr>
                      <td>${own.scope[scope as keyof typeof own.scope] ?? scope} ${name}</td>
                      <td class="number">${this.#rho(cap.rho)}</td>
                      <td class="number">${this.#rho(spent.rho)}</td>
                      <td class="number">${this.#rho(left.rho)}</td>
                    </tr>`
                )}
              </tbody>
            </table>`
      }
    </section>`
  }
}
