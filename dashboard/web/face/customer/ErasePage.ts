import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { Erased } from "../../../api/customer/Erased.ts"
import { erasePhrases } from "../../../api/customer/erasePhrases.ts"
import { ask } from "../../shell/ask.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { CustomerPage } from "./CustomerPage.ts"
import { customerWords } from "./customerWords.ts"

/** Deletes everything of a customer, after a sentence was written out. */
export class ErasePage extends CustomerPage {
  static override properties: PropertyDeclarations = { written: { state: true }, erased: { state: true } }
  declare private written: string
  declare private erased: Erased | undefined

  constructor() {
    super()
    this.written = ""
    this.erased = undefined
  }

  override render(): TemplateResult {
    const words = customerWords(this.language).erase
    return html`${this.head(words.title, words.lead)}
    ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
    ${
      this.erased === undefined
        ? this.#ask()
        : html`<section class="state" role="status">
            <h2>${words.done}</h2>
            <p class="quiet">${words.doneHint(this.erased.rows, this.erased.tables)}</p>
          </section>`
    }`
  }

  #ask(): TemplateResult {
    const words = customerWords(this.language).erase
    const phrase = this.language === "en" ? erasePhrases.en : erasePhrases.zh
    return html`<section class="block">
      <ol class="promises">
        ${words.what.map((line) => html`<li>${line}</li>`)}
      </ol>
      <p class="end">
        ${words.before} <a class="button" href="/customer/receipts">${customerWords(this.language).receipts.title}</a>
      </p>
      <form class="fields end" @submit=${this.#erase}>
        <p>${words.phrase(phrase)}</p>
        <label>
          ${words.field}
          <input
            type="text"
            name="phrase"
            autocomplete="off"
            .value=${this.written}
            @input=${(event: Event) => {
              this.written = (event.target as HTMLInputElement).value
            }}
          />
        </label>
        <button class="button danger" ?disabled=${this.written !== phrase || this.busy}>${words.button}</button>
        ${this.busy ? html`<p class="quiet" role="status" aria-busy="true">${words.busy}</p>` : nothing}
      </form>
    </section>`
  }

  readonly #erase = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    await this.guard(async () => {
      const phrase = this.language === "en" ? erasePhrases.en : erasePhrases.zh
      this.erased = await ask("customerErase", "/api/customer/erase", { phrase })
      await this.updateComplete
      this.querySelector("h1")?.focus()
    })
  }
}
