import { html } from "lit"
import type { TemplateResult } from "lit"
import type { Assessed } from "../../../api/steward/Assessed.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import type { Language } from "../../format/Language.ts"
import { stewardReviewWords } from "./stewardReviewWords.ts"

/** The figures of a version before a decision, each leading to where it comes from. */
export function assessedFigures(
  assessed: Assessed & { readonly product: string },
  index: { readonly value: number; readonly isExpected: boolean },
  language: Language
): TemplateResult {
  const own = stewardReviewWords(language).review
  const { product, version, contract, change, price, loss, rows } = assessed
  const fact = (name: string, address: string, value: unknown, note: unknown = ""): TemplateResult =>
    html`<div class="figure">
      <dt>${name}</dt>
      <dd><a class="plain" href=${address}>${value}</a> <small>${note}</small></dd>
    </div>`
  const named = encodeURIComponent(product)
  const release = `/steward/assets/${encodeURIComponent(`release.${product}`)}`
  const whole = formatNumber(rows, language, 15)
  return html`<dl class="figures flat">
    ${fact(own.version, release, version)}
    ${fact(own.contract, `/steward/review/${named}`, contract, own.levels[change.level as keyof typeof own.levels] ?? change.level)}
    ${fact(own.price, `/steward/design/${named}`, formatMoney(price, language))}
    ${fact(own.loss, "/steward/budget", html`ε ${formatNumber(loss.epsilon, language, 3)}`, `ρ ${formatNumber(loss.rho, language, 3)}`)}
    ${fact(own.rows, release, whole)}
    ${fact(index.isExpected ? own.index : own.indexNow, `/steward/review/${named}`, formatNumber(index.value, language, 3), `/ ${assessed.index.target}`)}
  </dl>`
}
