import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import { unsafeSVG } from "lit/directives/unsafe-svg.js"
import type { ProductCard } from "../../api/ProductCard.ts"
import { palettes } from "../chart/palettes.ts"
import { sparkline } from "../chart/sparkline.ts"
import { buyerCatalogWords } from "../face/buyer/buyerCatalogWords.ts"
import { formatDay } from "../format/formatDay.ts"
import { formatMoney } from "../format/formatMoney.ts"
import { formatNumber } from "../format/formatNumber.ts"
import type { Language } from "../format/Language.ts"
import { settings } from "../shell/settings.ts"
import type { Words } from "../words/Words.ts"
import { guaranteeBadge } from "./guaranteeBadge.ts"

/** A product in the catalogue, with how well it fits the buyer's newest scenario where there is one. */
export function productCard(
  card: ProductCard,
  words: Words,
  language: Language,
  fit: { readonly name: string; readonly fit: number } | undefined
): TemplateResult {
  const own = buyerCatalogWords(language)
  const { freshness, depth, tradability } = card
  const say = (label: { readonly zh: string; readonly en: string }): string => (language === "en" ? label.en : label.zh)
  return html`<a class="card" href="/products/${card.id}">
    <div class="tags">
      ${card.guarantee.epsilon === 0 ? nothing : guaranteeBadge(card.guarantee, words, language)}<span
        >${words.kind[card.kind]}</span
      ><span>${words.catalog.period(card.period)}</span>
    </div>
    <h2>${say(card.title)}</h2>
    <p class="grow">${say(card.summary)}</p>
    <dl class="figures">
      <div class="figure">
        <dt>${words.price}</dt>
        <dd>${formatMoney(card.price, language)}</dd>
      </div>
      <div class="figure">
        <dt>${own.index}</dt>
        <dd title=${tradability === null ? own.notAssessed : own.assessed(formatDay(tradability.at, language))}>
          ${tradability === null ? "–" : formatNumber(tradability.index, language, 3)}
        </dd>
      </div>
      <div class="figure">
        <dt>${words.ttl}</dt>
        <dd>
          ${formatNumber(freshness.score, language, 3)}
          <svg class="spark" width="84" height="20" aria-hidden="true">
            ${unsafeSVG(sparkline(freshness, 84, 20, palettes[settings.theme]).markup)}
          </svg>
        </dd>
      </div>
      <div class="figure">
        <dt>${words.depth}</dt>
        <dd>
          ${formatNumber(depth.score, language, 3)}
          <meter min="0" max="100" .value=${depth.score} aria-label=${words.depth}></meter>
        </dd>
      </div>
      ${
        fit === undefined
          ? nothing
          : html`<div class="figure">
              <dt>${own.fitFor(fit.name)}</dt>
              <dd>${formatNumber(fit.fit, language, 3)}</dd>
            </div>`
      }
    </dl>
    <p class="tags">
      <span>${words.catalog.rows(formatNumber(card.releasedRows, language))}</span
      ><span
        >${
          freshness.nextUpdate === null
            ? words.catalog.noUpdate
            : words.catalog.update(formatDay(freshness.nextUpdate, language))
        }</span
      >
    </p>
  </a>`
}
