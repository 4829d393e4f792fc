import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { AccessPolicies } from "../../../api/security/AccessPolicies.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { auditorAccessWords } from "./auditorAccessWords.ts"
import { changedRules } from "./changedRules.ts"
import type { ChangedRule } from "./changedRules.ts"

/** The rules of access by when they came into force, with what each change did. */
export class PoliciesPage extends Page {
  readonly #policies = new Loading(this, () => ask("accessPolicies", "/api/access/policies"))

  override render(): TemplateResult {
    const own = auditorAccessWords(this.language)
    return html`${this.head(own.policies, own.policiesLead)}
    ${this.#policies.show(this.words, (sets) => this.#show(sets))}`
  }

  #show(sets: ReadonlyArray<AccessPolicies>): TemplateResult {
    const own = auditorAccessWords(this.language)
    if (sets.length === 0)
      return html`<section class="state">
        <h2>${own.noPolicies}</h2>
        <p>${own.noPoliciesFix}</p>
      </section>`
    return html`<div class="stack">
      ${sets.map((set, i) => this.#set(set, sets[i + 1], i === 0))}
      <section class="block">
        <h2>${own.other}</h2>
        <p><a href="/auditor/entries?type=policy">${own.otherLink}</a></p>
      </section>
    </div>`
  }

  #set(
    { digest, since, policies }: AccessPolicies,
    before: AccessPolicies | undefined,
    isNewest: boolean
  ): TemplateResult {
    const own = auditorAccessWords(this.language)
    const changes = before === undefined ? [] : changedRules(before.policies, policies)
    return html`<section class="block">
      <h2>
        <span
          >${own.since} ${formatInstant(since, this.language)}
          ${isNewest ? html`<span class="tag good">${own.inForce}</span>` : nothing}</span
        >
        <small>${own.rules(String(Object.keys(policies).length))}</small>
      </h2>
      <p><code>${digest}</code></p>
      ${
        before === undefined
          ? html`<p class="quiet">${own.first}</p>`
          : changes.length === 0
            ? html`<p class="quiet">${own.nothing}</p>`
            : html`<ul class="plain-list">
                ${changes.map((change) => html`<li>${this.#change(change)}</li>`)}
              </ul>`
      }
      <details class="end">
        <summary>${own.text}</summary>
        ${Object.entries(policies).map(
          ([name, text]) =>
            html`<h3><code>${name}</code></h3>
              <pre class="file" tabindex="0">${text}</pre>`
        )}
      </details>
    </section>`
  }

  #change({ name, what, lines }: ChangedRule): TemplateResult {
    const own = auditorAccessWords(this.language)
    return html`<details>
      <summary>
        <span class="tag ${what === "added" ? "good" : "warn"}">${own[what]}</span> <code>${name}</code>
      </summary>
      <pre class="file" tabindex="0">${lines.map(({ mark, text }) => `${mark} ${text}`).join("\n")}</pre>
    </details>`
  }
}
