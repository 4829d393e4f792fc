import { html } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { AccessDecision } from "../../../api/security/AccessDecision.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { auditorWords } from "./auditorWords.ts"

/** Who was let in where and who was not, and by which policies. */
export class AccessPage extends Page {
  static override properties: PropertyDeclarations = { onlyRefused: { state: true } }
  declare private onlyRefused: boolean
  readonly #decisions = new Loading(this, () => ask("accessDecisions", "/api/access/decisions"))
  readonly #policies = new Loading(this, () => ask("accessPolicies", "/api/access/policies"))

  constructor() {
    super()
    this.onlyRefused = false
  }

  override render(): TemplateResult {
    const own = auditorWords(this.language).access
    const choice = (only: boolean, name: string): TemplateResult =>
      html`<button aria-pressed=${this.onlyRefused === only} @click=${() => void (this.onlyRefused = only)}>
        ${name}
      </button>`
    return html`<header class="head">
        <div>
          <h1 tabindex="-1">${own.title}</h1>
          <p>${own.lead}</p>
        </div>
        <div class="actions"><span class="switch">${choice(false, own.all)} ${choice(true, own.refused)}</span></div>
      </header>
      ${this.#decisions.show(this.words, (decisions) => this.#show(decisions))}
      <section class="block apart">
        <h2>${own.policies}</h2>
        ${this.#policies.show(
          this.words,
          (sets) =>
            html`${sets.map(
              ({ digest, since, policies }) =>
                html`<details>
                  <summary>
                    ${formatInstant(since, this.language)} <code>${digest.slice(0, 16)}…</code>
                    ${own.rules(String(Object.keys(policies).length))}
                  </summary>
                  ${Object.entries(policies).map(
                    ([name, text]) =>
                      html`<h3><code>${name}</code></h3>
                        <pre tabindex="0">${text}</pre>`
                  )}
                </details>`
            )}`
        )}
      </section>`
  }

  #show(decisions: ReadonlyArray<AccessDecision>): TemplateResult {
    const own = auditorWords(this.language).access
    const shown = this.onlyRefused ? decisions.filter(({ allowed }) => !allowed) : decisions
    if (shown.length === 0) return html`<section class="state"><h2>${own.none}</h2></section>`
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
            <th scope="col" class="number">${own.times}</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            ({ at, name, role, action, resource, allowed, because, times }) =>
              html`<tr>
                <td>${formatInstant(at, this.language)}</td>
                <td>${name}</td>
                <td>${this.words.role[role as keyof typeof this.words.role] ?? role}</td>
                <td><code>${action}</code></td>
                <td><code>${resource}</code></td>
                <td><span class="tag ${allowed ? "good" : "warn"}">${allowed ? own.allowed : own.denied}</span></td>
                <td class="reason"><code>${because}</code></td>
                <td class="number">${times}</td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }
}
