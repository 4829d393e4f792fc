import { html } from "lit"
import type { TemplateResult } from "lit"
import type { BudgetParts } from "../../../api/steward/BudgetParts.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import type { Language } from "../../format/Language.ts"
import type { Words } from "../../words/Words.ts"
import { stewardChargeWords } from "./stewardChargeWords.ts"
import { stewardMoreWords } from "./stewardMoreWords.ts"

/** Higher caps that wait for a second person, and every charge with its certificate behind it. */
export function budgetHistory(parts: BudgetParts, words: Words, language: Language): TemplateResult {
  return html`${raises(parts, language)} ${charges(parts, words, language)}`
}

const rho = (value: number, language: Language): string => formatNumber(value, language, 4)

/** What is there and rounds to nothing is not written as nothing. */
const share = (value: number, language: Language): string =>
  value > 0 && value < 0.001 ? `< ${formatShare(0.001, language)}` : formatShare(value, language)

function raises({ raises: waiting }: BudgetParts, language: Language): TemplateResult {
  const own = stewardChargeWords(language)
  const { scope: scopes } = stewardMoreWords(language).budget
  return html`<section class="block wide" tabindex="0" aria-label=${own.raises}>
    <h2>${own.raises}</h2>
    ${
      waiting.length === 0
        ? html`<p>${own.noRaises}</p>
            <p class="quiet">${own.noRaisesFix}</p>`
        : html`<table class="tight">
            <thead>
              <tr>
                <th scope="col">${own.cap}</th>
                <th scope="col" class="number">${own.now} (ρ)</th>
                <th scope="col" class="number">${own.asked} (ρ)</th>
                <th scope="col">${own.by}</th>
                <th scope="col">${own.at}</th>
                <th scope="col">${own.approves}</th>
              </tr>
            </thead>
            <tbody>
              ${waiting.map(
                ({ id, scope, name, from, to, askedBy, askedAt }) =>
                  html`<tr>
                    <td>${scopes[scope as keyof typeof scopes] ?? scope} ${name}</td>
                    <td class="number">${from === null ? "–" : rho(from.rho, language)}</td>
                    <td class="number">
                      ${rho(to.rho, language)} <span class="quiet">ε ${formatNumber(to.epsilon, language, 3)}</span>
                    </td>
                    <td>${askedBy}</td>
                    <td>${formatInstant(askedAt, language)}</td>
                    <td class="reason">${own.another(askedBy)} <code>assay budget approve ${id} --by NAME</code></td>
                  </tr>`
              )}
            </tbody>
          </table>`
    }
  </section>`
}

function charges({ budget }: BudgetParts, words: Words, language: Language): TemplateResult {
  const own = stewardChargeWords(language)
  const named = words.chargePurpose
  return html`<section class="block wide" tabindex="0" aria-label=${own.history}>
    <h2>${own.history}<small>${formatNumber(budget.charges.length, language, 15)}</small></h2>
    ${
      budget.charges.length === 0
        ? html`<p class="quiet">${own.none}</p>`
        : html`<table class="tight">
            <thead>
              <tr>
                <th scope="col">${own.when}</th>
                <th scope="col">${own.what}</th>
                <th scope="col">${own.period}</th>
                <th scope="col" class="number">${own.rho}</th>
                <th scope="col" class="number">${own.share}</th>
                <th scope="col" class="number">${own.after}</th>
                <th scope="col">${own.state}</th>
              </tr>
            </thead>
            <tbody>
              ${budget.charges.toReversed().map(
                (charge) =>
                  html`<tr>
                    <td>
                      <a href="/steward/budget/${encodeURIComponent(charge.id)}"
                        >${formatInstant(charge.at, language)}</a
                      >
                    </td>
                    <td>${charge.product ?? named[charge.purpose as keyof typeof named] ?? charge.purpose}</td>
                    <td>${charge.period}</td>
                    <td class="number">${rho(charge.rho, language)}</td>
                    <td class="number">${share(charge.rho / budget.cap.rho, language)}</td>
                    <td class="number">${rho(charge.spentAfter, language)}</td>
                    <td>
                      <span class="tag ${charge.state === "committed" ? "good" : "warn"}"
                        >${own.states[charge.state as keyof typeof own.states] ?? charge.state}</span
                      >
                    </td>
                  </tr>`
              )}
            </tbody>
          </table>`
    }
  </section>`
}
