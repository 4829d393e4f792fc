import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import { Role } from "../../../api/Role.ts"
import type { AccessDecision } from "../../../api/security/AccessDecision.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { auditorAccessWords } from "./auditorAccessWords.ts"

const pageSize = 60

/** Who was let in where and who was not, and by which rule; filtered where the decisions lie, page by page. */
export class AccessPage extends Page {
  static override properties: PropertyDeclarations = {
    outcome: { state: true },
    asRole: { state: true },
    text: { state: true },
    more: { state: true },
    last: { state: true }
  }
  declare private outcome: "" | "allowed" | "refused"
  declare private asRole: string
  declare private text: string
  declare private more: ReadonlyArray<AccessDecision>
  /** Whether the earliest decision is shown. */
  declare private last: boolean | undefined
  readonly #first = new Loading(this, () => {
    this.more = []
    this.last = undefined
    return this.#ask()
  })

  constructor() {
    super()
    this.outcome = ""
    this.asRole = ""
    this.text = ""
    this.more = []
    this.last = undefined
  }

  #ask(before?: number): Promise<ReadonlyArray<AccessDecision>> {
    const query = new URLSearchParams()
    if (before !== undefined) query.set("before", String(before))
    for (const [name, value] of Object.entries({ outcome: this.outcome, role: this.asRole, text: this.text })) {
      if (value !== "") query.set(name, value)
    }
    return ask("accessDecisions", `/api/access/decisions?${query}`)
  }

  async #older(before: number): Promise<void> {
    await this.guard(async () => {
      const found = await this.#ask(before)
      this.more = [...this.more, ...found]
      this.last = found.length < pageSize
    })
  }

  readonly #find = (event: SubmitEvent): void => {
    event.preventDefault()
    this.text = String(new FormData(event.target as HTMLFormElement).get("text")).trim()
    void this.#first.load()
  }

  override render(): TemplateResult {
    const own = auditorAccessWords(this.language)
    const choice = (outcome: typeof this.outcome, name: string): TemplateResult =>
      html`<button
        type="button"
        aria-pressed=${this.outcome === outcome}
        @click=${() => {
          this.outcome = outcome
          void this.#first.load()
        }}
      >
        ${name}
      </button>`
    return html`${this.head(own.title, own.lead)}
      <form class="form row" @submit=${this.#find}>
        <span class="switch" role="group" aria-label=${own.outcomes}
          >${choice("", own.all)} ${choice("allowed", own.allowedOnly)} ${choice("refused", own.refused)}</span
        >
        <label class="field"
          ><span>${own.role}</span>
          <select
            @change=${(event: Event) => {
              this.asRole = (event.target as HTMLSelectElement).value
              void this.#first.load()
            }}
          >
            <option value="">${own.anyRole}</option>
            ${Role.literals.map((role) => html`<option value=${role}>${this.words.role[role]}</option>`)}
          </select></label
        >
        <label class="field grow"
          ><span>${own.search}</span> <input name="text" maxlength="80" autocomplete="off"
        /></label>
        <button class="button">${own.find}</button>
      </form>
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      ${this.#first.show(this.words, (decisions) =>
        this.#show([...decisions, ...this.more], this.last ?? decisions.length < pageSize)
      )}`
  }

  #show(decisions: ReadonlyArray<AccessDecision>, isAll: boolean): TemplateResult {
    const own = auditorAccessWords(this.language)
    const earliest = decisions.at(-1)
    if (earliest === undefined)
      return html`<section class="state">
        <h2>${own.none}</h2>
        <p class="quiet">${own.noneFix}</p>
      </section>`
    return html`<section class="block wide" tabindex="0" role="region" aria-label=${own.title}>
        <table class="tight">
          <thead>
            <tr>
              <th scope="col">${own.at}</th>
              <th scope="col">${own.who}</th>
              <th scope="col">${own.role}</th>
              <th scope="col">${own.action}</th>
              <th scope="col">${own.resource}</th>
              <th scope="col">${own.outcome}</th>
              <th scope="col">${own.because}</th>
              <th scope="col">${own.under}</th>
              <th scope="col" class="number">${own.times}</th>
            </tr>
          </thead>
          <tbody>
            ${decisions.map(
              ({ at, name, role, action, resource, allowed, because, policies, times }) =>
                html`<tr>
                  <td>${formatInstant(at, this.language)}</td>
                  <td>${name}</td>
                  <td>${this.words.role[role as keyof typeof this.words.role] ?? own.nobody}</td>
                  <td><code>${action}</code></td>
                  <td><code>${resource}</code></td>
                  <td><span class="tag ${allowed ? "good" : "warn"}">${allowed ? own.allowed : own.denied}</span></td>
                  <td class="reason"><code>${because}</code></td>
                  <td>
                    <a href="/auditor/policies"><code title=${policies}>${policies.slice(0, 8)}…</code></a>
                  </td>
                  <td class="number">${times}</td>
                </tr>`
            )}
          </tbody>
        </table>
      </section>
      ${
        isAll
          ? nothing
          : html`<p class="end">
              <button class="button" @click=${() => void this.#older(earliest.seq)}>${own.older}</button>
            </p>`
      }`
  }
}
