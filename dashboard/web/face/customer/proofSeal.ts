import { html } from "lit"
import type { TemplateResult } from "lit"
import type { Language } from "../../format/Language.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import type { CheckedProofs } from "./checkProofs.ts"
import { customerProofWords } from "./customerProofWords.ts"

/** Says what the browser's own check found: entries, root and witnesses of the log, or what does not hold. */
export function proofSeal(checked: CheckedProofs | undefined, key: string, language: Language): TemplateResult {
  const words = customerProofWords(language)
  if (checked === undefined) return html`<p class="quiet" role="status" aria-busy="true">${words.checking}</p>`
  if (checked.tag === "none") return html`<p class="quiet" role="status">${words.none}</p>`
  if (checked.tag === "cannot")
    return html`<p role="status"><span class="tag warn">${words.cannot}</span></p>
      <p class="quiet">${words.cannotHint}</p>`
  if (checked.tag === "broken")
    return html`<div role="alert">
      <p><span class="tag warn">${words.broken}</span></p>
      <p>${checked.message}</p>
      <p class="quiet">${words.brokenHint}</p>
    </div>`
  const { held, note } = checked
  return html`<p role="status"><span class="tag good">✓ ${words.sound(held.length)}</span></p>
    <details class="end">
      <summary>${words.details}</summary>
      <dl class="facts end">
        <dt>${words.log}</dt>
        <dd class="mono">${note.origin}</dd>
        <dt>${words.size}</dt>
        <dd>${formatNumber(note.size, language, 12)}</dd>
        <dt>${words.root}</dt>
        <dd class="mono">${note.root}</dd>
        <dt>${words.witnesses}</dt>
        <dd>${note.witnesses.length === 0 ? words.noWitness : note.witnesses.join(", ")}</dd>
        <dt>${words.key}</dt>
        <dd class="mono">${key}</dd>
      </dl>
    </details>`
}
