import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Product } from "../../api/Product.ts"
import { formatDay } from "../format/formatDay.ts"
import { formatMoney } from "../format/formatMoney.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { formatSpan } from "../format/formatSpan.ts"
import { formatTiny } from "../format/formatTiny.ts"
import { formatShare } from "../format/formatShare.ts"
import { formatValue } from "../format/formatValue.ts"
import type { Language } from "../format/Language.ts"
import type { Words } from "../words/Words.ts"

const short = (hash: string): TemplateResult => html`<code title=${hash}>${hash.slice(0, 16)}…</code>`

/** The side of a product page: certificate, scenario, terms, versions. */
export function productFacts(product: Product, words: Words, language: Language): TemplateResult {
  const { certificate, scenario, terms, versions, owner } = product
  const fact = (name: string, value: unknown): TemplateResult =>
    html`<dt>${name}</dt>
      <dd>${value}</dd>`
  const list = (items: ReadonlyArray<string>): string => (items.length === 0 ? "–" : items.join(", "))
  return html`<section class="block">
      <h2>${words.facts.certificate}</h2>
      <dl class="facts">
        ${fact(words.facts.release, html`<code>${certificate.release}</code>`)}
        ${fact(words.facts.mechanism, certificate.mechanism)}
        ${fact(
          words.facts.loss,
          `ε ${formatNumber(certificate.epsilon, language, 3)}, δ ${formatTiny(certificate.delta)}, ρ ${formatNumber(certificate.rho, language, 4)}`
        )}
        ${fact(words.facts.unit, html`<code>${certificate.unit}</code>`)}
        ${fact(words.facts.bounds, words.facts.boundsOf(certificate.groupsPerSubject, certificate.smallestGroup))}
        ${fact(words.facts.keys, list(certificate.keys.map((key) => `${key.field} (${words.keyRule[key.rule]})`)))}
        ${certificate.threshold === null ? nothing : fact(words.facts.threshold, formatNumber(certificate.threshold, language, 4))}
        ${certificate.measures.map((measure) =>
          fact(
            measure.name,
            html`±${formatValue(Math.ceil(measure.halfWidth), measure.unit, language)}
            (${formatShare(0.95, language)})${
              measure.relativeError === null
                ? nothing
                : html`<br /><span class="quiet"
                      >${words.facts.relativeError(formatShare(measure.relativeError, language))}</span
                    >`
            }`
          )
        )}
        ${fact(words.facts.plan, short(certificate.planHash))}
        ${fact(words.facts.issued, formatDay(certificate.issuedAt, language))}
        ${fact(words.facts.signature, short(certificate.signature))}
      </dl>
    </section>
    <section class="block">
      <h2>${words.facts.scenario}</h2>
      <dl class="facts">
        ${fact(words.facts.purpose, html`<code>${scenario.purpose}</code>`)}
        ${fact(words.facts.required, list(scenario.required))} ${fact(words.facts.optional, list(scenario.optional))}
        ${scenario.history === null ? nothing : fact(words.facts.history, formatSpan(scenario.history, language))}
        ${scenario.freshness === null ? nothing : fact(words.facts.freshness, formatSpan(scenario.freshness, language))}
        ${fact(words.facts.owner, owner)}
      </dl>
    </section>
    <section class="block">
      <h2>${words.facts.terms}</h2>
      <dl class="facts">
        ${fact(words.facts.purposes, html`<code>${list(terms.purposes)}</code>`)}
        ${fact(words.facts.onward, terms.onward ? words.facts.allowed : words.facts.forbidden)}
        ${fact(words.facts.territory, list(terms.territory))}
        ${terms.retention === null ? nothing : fact(words.facts.retention, formatSpan(terms.retention, language))}
      </dl>
    </section>
    <section class="block">
      <h2>${words.facts.versions}</h2>
      <div class="wide" tabindex="0" role="region" aria-label=${words.facts.versions}>
        <table>
          <thead>
            <tr>
              <th scope="col">${words.facts.version}</th>
              <th scope="col">${words.facts.published}</th>
              <th scope="col" class="number">${words.product.rows}</th>
              <th scope="col" class="number">${words.price}</th>
            </tr>
          </thead>
          <tbody>
            ${versions.map(
              (version) =>
                html`<tr>
                  <td title=${version.artefact}>${version.version}</td>
                  <td>${formatDay(version.publishedAt, language)}</td>
                  <td class="number">${formatNumber(version.releasedRows, language)}</td>
                  <td class="number">${version.price === null ? "–" : formatMoney(version.price, language)}</td>
                </tr>`
            )}
          </tbody>
        </table>
      </div>
    </section>`
}
