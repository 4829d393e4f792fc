import { html } from "lit"
import type { TemplateResult } from "lit"
import type { Language } from "../../format/Language.ts"
import { customerLevelWords } from "./customerLevelWords.ts"

/** Says how well it is proven that a licence is the customer's own will, and what each degree of proof opens. */
export function evidenceLevels(present: number | null, language: Language): TemplateResult {
  const words = customerLevelWords(language)
  return html`<section class="block apart">
    <h2>${words.title}</h2>
    <p class="quiet">${words.lead}</p>
    <ol class="levels end">
      ${words.each.map(
        ({ name, how, opens }, i) =>
          html`<li aria-current=${present === i + 1 ? "true" : "false"}>
            <h3>
              E${i + 1} · ${name} ${present === i + 1 ? html`<span class="tag good">✓ ${words.yours}</span>` : ""}
            </h3>
            <p>${how}</p>
            <p class="quiet">${opens}</p>
          </li>`
      )}
    </ol>
  </section>`
}
