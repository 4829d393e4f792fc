import { html } from "lit"
import type { TemplateResult } from "lit"
import { formatNumber } from "../format/formatNumber.ts"
import { formatTiny } from "../format/formatTiny.ts"
import type { Language } from "../format/Language.ts"
import type { Words } from "../words/Words.ts"

/** The promise in one line: differential privacy at this epsilon and delta. */
export function guaranteeBadge(
  { epsilon, delta }: { readonly epsilon: number; readonly delta: number },
  words: Words,
  language: Language
): TemplateResult {
  return html`<span class="tag good" title=${words.guaranteeTitle(formatTiny(delta))}
    >${words.protectedBy} ε ${formatNumber(epsilon, language, 3)}</span
  >`
}
