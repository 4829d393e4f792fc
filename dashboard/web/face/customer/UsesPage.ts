import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { CustomerUses } from "../../../api/customer/CustomerUses.ts"
import { saveFile } from "../../element/saveFile.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { CustomerPage } from "./CustomerPage.ts"
import { checkProofs } from "./checkProofs.ts"
import type { CheckedProofs } from "./checkProofs.ts"
import { customerWords } from "./customerWords.ts"
import { nameOfTable } from "./nameOfTable.ts"
import { proofSeal } from "./proofSeal.ts"
import { useTable } from "./useTable.ts"

/** Who used a customer's records, when and what for, each entry checked in the browser. */
export class UsesPage extends CustomerPage {
  static override properties: PropertyDeclarations = {
    checked: { state: true },
    answer: { state: true },
    all: { state: true }
  }
  declare private checked: CheckedProofs | undefined
  declare private answer: { readonly uses: CustomerUses; readonly checked: CheckedProofs } | undefined
  declare private all: boolean
  readonly #uses = new Loading(this, async () => {
    const uses = await ask("customerUses", "/api/customer/uses")
    void this.#check(uses)
    return uses
  })

  async #check(uses: CustomerUses): Promise<void> {
    this.checked = await checkProofs(uses)
  }

  constructor() {
    super()
    this.checked = undefined
    this.answer = undefined
    this.all = false
  }

  override render(): TemplateResult {
    const words = customerWords(this.language).uses
    return html`${this.head(words.title, words.lead)} ${this.#uses.show(this.words, (uses) => this.#show(uses))}`
  }

  #name(uses: CustomerUses, id: string): string {
    const found = uses.names.find((one) => one.id === id)
    const name = found === undefined ? id : this.say(found.name)
    // A table has no title of its own: its key stands where one would be.
    return name === id && id.includes(".") ? nameOfTable(id, this.language) : name
  }

  #show(uses: CustomerUses): TemplateResult {
    const words = customerWords(this.language).uses
    const held = this.checked?.tag === "sound" ? this.checked.held : []
    const shown = held.map((use) => ({
      ...use,
      inside: use.recipient === "internal",
      purpose: this.#name(uses, use.purpose),
      recipient: this.#name(uses, use.recipient),
      asset: this.#name(uses, use.asset)
    }))
    const last = held.reduce((newest, { at }) => Math.max(newest, at), 0)
    return html`<dl class="strip">
        <div class="figure">
          <dt>${words.count}</dt>
          <dd>${uses.bundle.uses.length}</dd>
        </div>
        <div class="figure">
          <dt>${words.outside}</dt>
          <dd>${held.filter(({ recipient }) => recipient !== "internal").length}</dd>
        </div>
        <div class="figure">
          <dt>${words.last}</dt>
          <dd>${last === 0 ? "–" : formatInstant(new Date(last * 1000).toISOString(), this.language)}</dd>
        </div>
      </dl>
      ${
        uses.bundle.uses.length === 0
          ? html`<section class="state">
              <h2>${words.empty}</h2>
              <p class="quiet">${words.emptyHint}</p>
            </section>`
          : nothing
      }
      <div class="columns">
        <div>
          <section class="block"><assay-uses .uses=${shown}></assay-uses></section>
          ${
            shown.length === 0
              ? nothing
              : useTable(
                  shown,
                  this.all,
                  () => {
                    this.all = true
                  },
                  this.language
                )
          }
        </div>
        <div>
          <section class="block">
            ${proofSeal(this.checked, uses.bundle.key, this.language)}
            <p class="end">
              <button class="button" @click=${() => this.#save(uses)}>${words.chosen}</button>
            </p>
          </section>
          ${this.#question(uses)}
        </div>
      </div>`
  }

  #question(uses: CustomerUses): TemplateResult {
    const words = customerWords(this.language).uses
    const { answer } = this
    const member = answer?.checked.tag === "sound" ? answer.checked.held[0]?.member : undefined
    return html`<section class="block">
      <h2>${words.ask}</h2>
      <p class="quiet">${words.askLead}</p>
      <form class="fields end" @submit=${this.#ask}>
        <label>
          ${words.which}
          <select name="operation">
            ${uses.releases.map(
              ({ operation, at, asset }) =>
                html`<option value=${operation}>
                  ${formatInstant(new Date(at * 1000).toISOString(), this.language)} · ${this.#name(uses, asset)}
                </option>`
            )}
          </select>
        </label>
        <button class="button" ?disabled=${uses.releases.length === 0}>${words.askButton}</button>
      </form>
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      <p class="end" role="status">${member === undefined ? nothing : html`<strong>${words[member]}</strong>`}</p>
      ${answer === undefined ? nothing : proofSeal(answer.checked, answer.uses.bundle.key, this.language)}
    </section>`
  }

  readonly #ask = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const chosen = new FormData(event.currentTarget as HTMLFormElement).get("operation")
    this.answer = undefined
    await this.guard(async () => {
      const uses = await ask("customerUse", `/api/customer/uses/${encodeURIComponent(String(chosen))}`)
      this.answer = { uses, checked: await checkProofs(uses) }
    })
  }

  #save({ bundle }: CustomerUses): void {
    saveFile("uses.json", new Blob([JSON.stringify(bundle, null, 1)], { type: "application/json" }))
  }
}
