import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { VerifiedUse } from "#core/log/verifier/assay-verify.mjs"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import type { Language } from "../../format/Language.ts"
import { customerWords } from "./customerWords.ts"

/** A use with words for what its proof says, and whether it stayed in the house. */
export interface NamedUse extends VerifiedUse {
  readonly inside: boolean
}

const first = 50

/**
 * Lists uses, the newest first: those for others in full, since they are what one came for; those inside the house can be opened.
 *
 * @param all whether more than the first fifty of each are shown
 */
export function useTable(
  uses: ReadonlyArray<NamedUse>,
  all: boolean,
  showAll: () => void,
  language: Language
): TemplateResult {
  const words = customerWords(language).uses
  const newest = uses.toReversed()
  const outside = newest.filter(({ inside }) => !inside)
  const within = newest.filter(({ inside }) => inside)
  const table = (name: string, some: ReadonlyArray<NamedUse>): TemplateResult =>
    html`<div class="wide" tabindex="0" role="region" aria-label=${name}>
        <table>
          <thead>
            <tr>
              <th scope="col">${words.when}</th>
              <th scope="col">${words.made}</th>
              <th scope="col">${words.what}</th>
              <th scope="col">${words.who}</th>
              <th scope="col" class="number">${words.entry}</th>
            </tr>
          </thead>
          <tbody>
            ${some.slice(0, all ? some.length : first).map(
              (use) =>
                html`<tr>
                  <td>${formatInstant(new Date(use.at * 1000).toISOString(), language)}</td>
                  <td>${use.asset}</td>
                  <td>${use.purpose}</td>
                  <td>${use.recipient}</td>
                  <td class="number">${use.index}</td>
                </tr>`
            )}
          </tbody>
        </table>
      </div>
      ${
        all || some.length <= first
          ? nothing
          : html`<p class="end">
              <button class="button" @click=${showAll}>${words.showAll(formatNumber(some.length, language, 9))}</button>
            </p>`
      }`
  return html`<section class="block">
      <h2>${words.outside}<small>${formatNumber(outside.length, language, 9)}</small></h2>
      ${outside.length === 0 ? html`<p class="quiet">${words.noneOutside}</p>` : table(words.outside, outside)}
    </section>
    ${
      within.length === 0
        ? nothing
        : html`<details class="block" ?open=${outside.length === 0 && within.length <= first}>
            <summary><strong>${words.inside(formatNumber(within.length, language, 9))}</strong></summary>
            <p class="quiet">${words.insideNote}</p>
            ${table(words.inside(""), within)}
          </details>`
    }`
}
