import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { ProductRecord } from "../../../api/product/ProductRecord.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { buyerProductWords } from "./buyerProductWords.ts"

/** The quality of a product: its released table, the gates that it passed, its index down to the evidence, and its versions. */
export class ProductRecordPart extends Page {
  static override properties: PropertyDeclarations = { product: { type: String } }
  declare product: string
  readonly #record = new Loading(this, () =>
    ask("productRecord", `/api/products/${encodeURIComponent(this.product)}/record`)
  )

  constructor() {
    super()
    this.product = ""
  }

  override render(): TemplateResult {
    return this.#record.show(this.words, (record) => this.#show(record))
  }

  #show({ assessment, quality, versions }: ProductRecord): TemplateResult {
    const own = buyerProductWords(this.language).record
    const { language } = this
    const rates = Object.entries(quality).flatMap(([name, rate]) =>
      rate === null ? [] : [{ name: name as keyof typeof quality, ...rate }]
    )
    return html`<section class="block">
        <h2>${own.quality}</h2>
        ${
          rates.length === 0
            ? html`<p class="quiet">${own.noQuality}</p>`
            : html`<dl class="facts">
                ${rates.map(
                  ({ name, share, of, where }) =>
                    html`<dt>${own.rates[name]}</dt>
                      <dd>
                        ${formatShare(share, language)}
                        <span class="quiet">${own.of(formatNumber(of, language))} · <code>${where}</code></span>
                      </dd>`
                )}
              </dl>`
        }
        ${assessment === null ? html`<p class="quiet">${own.notAssessed}</p>` : this.#assessed(assessment)}
      </section>
      ${
        versions.length === 0
          ? nothing
          : html`<section class="block">
              <h2>${own.changes}</h2>
              <dl class="facts">
                ${versions.map(
                  ({ version, contract, level, reasons }) =>
                    html`<dt>${version}</dt>
                      <dd>
                        <code>${contract}</code>
                        <span class="tag ${level === "breaking" ? "warn" : ""}">${own.levels[level]}</span>
                        ${reasons.map((reason) => html`<br /><span class="quiet">${this.say(reason)}</span>`)}
                      </dd>`
                )}
              </dl>
            </section>`
      }`
  }

  #assessed({
    at,
    index,
    profile,
    method,
    gates,
    domains,
    digest
  }: NonNullable<ProductRecord["assessment"]>): TemplateResult {
    const own = buyerProductWords(this.language).record
    const { language } = this
    const share = (value: number): string => formatNumber(value * 100, language, 3)
    return html`<h3 class="apart">
        ${own.index} <strong>${formatNumber(index, language, 3)}</strong>
        <small class="quiet">${own.assessed(formatDay(at, language))}</small>
      </h3>
      <p class="quiet">${this.say(profile)}</p>
      ${domains.map(
        (domain) =>
          html`<details class="part">
            <summary>
              <span>${this.say(domain.name)}</span>
              <meter min="0" max="100" .value=${domain.score * 100} aria-label=${this.say(domain.name)}></meter>
              <span class="number">${share(domain.score)}</span>
            </summary>
            <p class="quiet">${own.weight(formatNumber(domain.weight, language, 3))}</p>
            <dl class="facts">
              ${domain.items.map(
                (item) =>
                  html`<dt>${this.say(item.name)}</dt>
                    <dd>
                      ${item.score === null ? own.withheld : item.state === "measured" ? share(item.score) : own.states[item.state]}
                      ${item.evidence.map(
                        ({ note, when, isDemo }) =>
                          html`<br /><span class="quiet"
                              >${note} · ${formatDay(when, language)}${isDemo ? html` · ${own.sample}` : nothing}</span
                            >`
                      )}
                    </dd>`
              )}
            </dl>
          </details>`
      )}
      <h3 class="apart">${own.gates}</h3>
      <ul class="gates">
        ${gates.map(
          ({ id, name, passed, until }) =>
            html`<li>
              <span class="tag ${passed ? "good" : "warn"}">${passed ? own.passed : own.failed}</span>
              ${id} ${this.say(name)}
              ${until === null ? nothing : html`<span class="quiet">${own.until(formatDay(until, language))}</span>`}
            </li>`
        )}
      </ul>
      <p class="quiet apart">${this.say(method)} ${own.digest} <code title=${digest}>${digest.slice(0, 16)}…</code></p>`
  }
}
