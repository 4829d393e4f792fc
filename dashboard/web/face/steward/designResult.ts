import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Label } from "../../../api/Label.ts"
import type { Design } from "../../../api/steward/Design.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import type { Language } from "../../format/Language.ts"
import { indexParts } from "./indexParts.ts"
import { stewardDesignWords } from "./stewardDesignWords.ts"
import { stewardProblemWords } from "./stewardProblemWords.ts"

/** What the page shows of an answered design. */
export interface Shown {
  readonly design: Design
  readonly language: Language
  readonly say: (label: Label) => string
  /** Sets epsilon, from a place on the curve. */
  readonly choose: (epsilon: number) => void
  /** Goes to a field of the form, named by its path. */
  readonly change: (field: string) => void
}

type Words = ReturnType<typeof stewardDesignWords>

const shownCells = 12

/** The answer of a design: price, errors, budget, smallest dataset and index, each down to its parts. */
export function designResult(shown: Shown): TemplateResult {
  const { design, language, choose } = shown
  const words = stewardDesignWords(language)
  return html`${strip(shown, words)} ${refusals(shown, words)}
    <div class="stack">
      ${
        design.curve.points.length < 2
          ? nothing
          : html`<section class="block">
              <assay-error-curve
                .design=${design}
                @choose=${(event: CustomEvent<number>) => choose(event.detail)}
              ></assay-error-curve>
            </section>`
      }
      <div class="pair">${errors(shown, words)} ${mvds(shown, words)}</div>
      ${cells(shown, words)}
      ${
        design.price === null
          ? nothing
          : html`<section class="block">
              <assay-price .tree=${design.price.tree} currency=${design.price.price.currency}></assay-price>
            </section>`
      }
      ${design.index === null ? nothing : indexParts(design.index, shown.say, language)}
      <details class="block">
        <summary>${words.file}</summary>
        <pre class="file" tabindex="0">${design.yaml}</pre>
      </details>
    </div>`
}

function strip({ design, language }: Shown, words: Words): TemplateResult {
  const { price, release, budget, index, curve } = design
  const worst = Math.max(0, ...(release?.measures ?? []).map(({ relative }) => relative))
  const asks = budget.asks ?? 0
  const after = budget.left.rho - asks
  const closed = index?.gates.filter(({ passed }) => !passed).length ?? 0
  const tooFast = design.refusals.some(({ code }) => code === "budget.cadence")
  const pace = tooFast
    ? words.tooFast
    : budget.lastsLongEnough === null
      ? ""
      : budget.runsOut === null
        ? words.lasts
        : words.untilDay(formatDay(budget.runsOut, language))
  return html`<dl class="strip result" aria-live="polite">
    <div class="figure">
      <dt>${words.price}</dt>
      <dd>
        ${price === null ? "–" : formatMoney(price.price, language)}
        <small
          >${price === null ? "" : price.against === null ? words.first : words.against(price.against)}${price?.listed == null ? "" : ` · ${words.wasListed(formatMoney(price.listed, language))}`}</small
        >
      </dd>
    </div>
    <div class="figure">
      <dt>${words.error}</dt>
      <dd class=${worst > curve.worst ? "bad" : ""}>
        ${release === null || release.measures.length === 0 ? "–" : formatShare(Math.min(worst, 99), language)}
        <small>${words.below(formatShare(curve.worst, language))}</small>
      </dd>
    </div>
    <div class="figure">
      <dt>${words.loss}</dt>
      <dd>
        ${release === null ? "–" : html`ρ ${formatNumber(release.loss.rho, language, 3)}`}
        <small>${release === null ? "" : `ε ${release.loss.epsilon} · δ ${release.loss.delta.toExponential()}`}</small>
      </dd>
    </div>
    <div class="figure">
      <dt>${words.budget}</dt>
      <dd class=${after < 0 || tooFast ? "bad" : ""}>
        ρ ${formatNumber(Math.max(0, after), language, 3)}
        <small>${design.stored ? words.nothingCharged : pace}</small>
      </dd>
    </div>
    <div class="figure">
      <dt>${words.index}</dt>
      <dd>
        ${index === null ? "–" : formatNumber(index.index === 0 ? index.ungated : index.index, language, 3)}
        <small
          >${index === null ? "" : words.target(String(index.target))}${closed === 0 ? "" : ` · ${words.gated(closed)}`}</small
        >
      </dd>
    </div>
  </dl>`
}

/** The least loss at which the release would be useful: what the rule names, else the first place on the curve below the line. */
function leastUseful({ curve, refusals: all }: Design): number | undefined {
  const named = all.flatMap(({ code, fix }) =>
    code === "release.useless" ? [/epsilon (\d+(?:\.\d+)?)/.exec(fix)?.[1]] : []
  )
  const place = curve.points.find(({ errors: own }) => own.length > 0 && own.every((error) => error <= curve.worst))
  return named[0] === undefined ? place?.epsilon : Number(named[0])
}

const refusals = ({ design, language, choose, change }: Shown, words: Words): TemplateResult | typeof nothing => {
  const useful = leastUseful(design)
  return design.refusals.length === 0
    ? nothing
    : html`<div role="alert">
        ${design.refusals.map((refusal) => {
          // The server speaks English and knows the particulars; others are told by the code.
          const told = language === "en" ? undefined : stewardProblemWords(language)[refusal.code]
          const { message, fix } = told ?? refusal
          return html`<div class="said refused">
            <strong>${words.refused}</strong>${refusal.field === "" ? nothing : html` · <code>${refusal.field}</code>`}
            <p>${message}</p>
            <p class="quiet">${fix}</p>
            <p class="actions">
              ${
                refusal.field === ""
                  ? nothing
                  : html`<button class="button" @click=${() => change(refusal.field)}>${words.change}</button>`
              }
              ${
                refusal.code !== "release.useless" || useful === undefined
                  ? nothing
                  : html`<button class="button" @click=${() => choose(useful)}>
                      ${words.takeEpsilon(formatNumber(useful, language, 3))}
                    </button>`
              }
            </p>
          </div>`
        })}
      </div>`
}

function errors({ design, language }: Shown, words: Words): TemplateResult {
  const { release } = design
  if (release === null)
    return html`<section class="block">
      <h2>${words.errors}</h2>
      <p class="quiet">${words.waiting}</p>
    </section>`
  const { basis, measures, cells: n } = release
  if (measures.length === 0) {
    return html`<section class="block">
      <h2>${words.errors}</h2>
      <p class="quiet">${words.unknown}</p>
    </section>`
  }
  const number = (value: number | null): string => (value === null ? "–" : formatNumber(value, language, 3, "short"))
  return html`<section class="block wide" tabindex="0" aria-label=${words.errors}>
    <h2>${words.errors}</h2>
    <table class="tight">
      <thead>
        <tr>
          <th scope="col">${words.measure}</th>
          <th scope="col" class="number">${words.absolute}</th>
          <th scope="col" class="number">${words.relative}</th>
          <th scope="col" class="number">${words.half}</th>
          <th scope="col" class="number">${words.rho}</th>
        </tr>
      </thead>
      <tbody>
        ${measures.map(
          ({ name, absolute, relative, halfWidth95, rho }) =>
            html`<tr>
              <td><code>${name}</code></td>
              <td class="number">${number(absolute)}</td>
              <td class="number">${formatShare(relative, language)}</td>
              <td class="number">${number(halfWidth95)}</td>
              <td class="number">${formatNumber(rho, language, 3)}</td>
            </tr>`
        )}
      </tbody>
    </table>
    <p class="quiet note">
      ${words.basis[basis.from]}${
        basis.release === null
          ? nothing
          : html` (<a href="/products/${design.product}">${words.certificate} ${basis.release.slice(0, 12)}…</a>)`
      };
      ${words.population[basis.population]}${basis.subjects === null ? "" : `, ${words.customers(number(basis.subjects))}`}${n === null ? "" : `, ${words.cells(number(n))}`}
    </p>
  </section>`
}

function mvds({ design, language }: Shown, words: Words): TemplateResult | typeof nothing {
  const found = design.mvds
  if (found === null) return nothing
  const number = (value: number): string => formatNumber(value, language, 3)
  const currency = design.price?.price.currency ?? "CNY"
  const rows = [
    ...found.steps.map((step) => ({ ...step, isUpgrade: false })),
    ...found.further.map((step) => ({ ...step, isUpgrade: true }))
  ]
  return html`<section class="block wide" tabindex="0" aria-label=${words.mvds}>
    <h2>
      ${words.mvds}
      <small class=${found.reached ? "" : "bad"}>${found.reached ? words.reached : words.notReached}</small>
    </h2>
    <table class="tight">
      <thead>
        <tr>
          <th scope="col">${words.group}</th>
          <th scope="col" class="number">${words.fitWith}</th>
          <th scope="col" class="number">${words.addsBits}</th>
          <th scope="col" class="number">${words.addsPrice}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ group, fit, addsBits, addsFen, isUpgrade }) =>
            html`<tr>
              <td><code>${group}</code> ${isUpgrade ? html`<span class="quiet">${words.further}</span>` : nothing}</td>
              <td class="number">${number(fit)}</td>
              <td class="number">${number(addsBits)}</td>
              <td class="number">${addsFen === null ? "–" : formatMoney({ minor: addsFen, currency }, language)}</td>
            </tr>`
        )}
      </tbody>
    </table>
    <p class="quiet note">
      ${words.fit(number(found.fit), number(found.threshold))};
      ${words.bits(number(found.bits.low), number(found.bits.high))}${found.missing.length === 0 ? "" : `; ${words.missing(found.missing.join(", "))}`}
    </p>
  </section>`
}

function cells({ design, language }: Shown, words: Words): TemplateResult | typeof nothing {
  const { release } = design
  if (release === null || design.curve.points.length === 0) return nothing
  const [first] = release.worst
  if (first === undefined) return html`<p class="quiet">${words.noCells}</p>`
  const keys = Object.keys(first.keys)
  const measures = Object.keys(first.errors)
  return html`<section class="block wide" tabindex="0" aria-label=${words.worst}>
    <h2>${words.worst}<small>${words.cells(formatNumber(release.cells ?? 0, language, 4))}</small></h2>
    <table class="tight">
      <thead>
        <tr>
          ${keys.map((name) => html`<th scope="col">${name}</th>`)}
          ${measures.map((name) => html`<th scope="col" class="number">${name} ±</th>`)}
        </tr>
      </thead>
      <tbody>
        ${release.worst.slice(0, shownCells).map(
          (cell) =>
            html`<tr>
              ${keys.map((name) => html`<td>${cell.keys[name]}</td>`)}
              ${measures.map(
                (name) =>
                  html`<td class="number">
                    ${formatNumber(cell.errors[name]!.absolute, language, 3, "short")}
                    <span class="quiet">${formatShare(cell.errors[name]!.relative, language)}</span>
                  </td>`
              )}
            </tr>`
        )}
      </tbody>
    </table>
  </section>`
}
