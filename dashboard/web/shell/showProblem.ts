import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import { buyerProblemWords } from "../face/buyer/buyerProblemWords.ts"
import type { Words } from "../words/Words.ts"
import type { ApiProblem } from "./ApiProblem.ts"
import { settings } from "./settings.ts"

/** Says what went wrong and what to do: refused, not found, or broken, each in its own words. */
export function showProblem({ status, problem }: ApiProblem, words: Words, retry?: () => void): TemplateResult {
  // English readers are told what the server says, which knows more of the case.
  const sale = settings.language === "en" ? undefined : buyerProblemWords(settings.language)[problem.code]
  const own = words.problems[problem.code as keyof typeof words.problems] ?? sale
  const title =
    status === 401
      ? words.problem.signedOut
      : status === 403
        ? problem.code === "role.refused"
          ? words.problem.refused
          : words.problem.ruled
        : status === 404
          ? words.problem.unknown
          : words.problem.failed
  const { message, fix } = own ?? { message: problem.message, fix: problem.fix }
  const canRetry = retry !== undefined && (status === 0 || status >= 500)
  return html`<section class="state" role="alert">
    <h2>${title}</h2>
    <p>${message}</p>
    <p class="quiet">${fix}</p>
    ${canRetry ? html`<button class="button" @click=${retry}>${words.problem.retry}</button>` : nothing}
    ${status === 404 ? html`<a class="button" href="/">${words.problem.home}</a>` : nothing}
    ${status === 401 ? html`<a class="button" href="/sign-in">${words.problem.signIn}</a>` : nothing}
  </section>`
}
