import { html } from "lit"
import type { TemplateResult } from "lit"
import type { Language } from "../../format/Language.ts"
import type { ApiProblem } from "../../shell/ApiProblem.ts"
import { showProblem } from "../../shell/showProblem.ts"
import type { Words } from "../../words/Words.ts"
import { securityWords } from "./securityWords.ts"

/** Says that the device did not confirm, or what the server said. */
export function showPasskeyProblem(problem: ApiProblem, words: Words, language: Language): TemplateResult {
  if (problem.problem.code !== "passkey.declined") return showProblem(problem, words)
  const own = securityWords(language)
  return html`<section class="state" role="alert">
    <h2>${own.declined}</h2>
    <p class="quiet">${own.declinedFix}</p>
  </section>`
}
