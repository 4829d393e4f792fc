import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { RevocationReceipt } from "../../../api/customer/RevocationReceipt.ts"
import { formatDay } from "../../format/formatDay.ts"
import type { Language } from "../../format/Language.ts"
import { customerWords } from "./customerWords.ts"

/** What a revocation froze, each with what that means. */
export function frozenList(frozen: RevocationReceipt["frozen"], language: Language): TemplateResult {
  const words = customerWords(language).licences
  return html`<ul class="frozen">
    ${frozen.map(
      ({ kind, name, effect, until }) =>
        html`<li>
          <strong>${words.kindsOf[kind]}${name === "*" ? nothing : html` <span class="mono">${name}</span>`}</strong>
          ${words.effects[effect]}${until === undefined ? nothing : ` (${words.ends(formatDay(until, language))})`}
        </li>`
    )}
  </ul>`
}
