import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Label } from "../../../api/Label.ts"
import type { TradabilityParts } from "../../../api/steward/TradabilityParts.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import type { Language } from "../../format/Language.ts"
import { stewardDesignWords } from "./stewardDesignWords.ts"

const mostNext = 5

/** How evidence for a gate or item is put on record from its place, where it can be. */
interface Recording {
  readonly recordable: ReadonlySet<string>
  readonly record: (id: string) => void
}

/** A tradability index by gate and domain, each with its evidence, and what would gain the most. */
export function indexParts(
  index: TradabilityParts,
  say: (label: Label) => string,
  language: Language,
  recording?: Recording
): TemplateResult {
  const words = stewardDesignWords(language)
  const sample = (evidence: ReadonlyArray<{ readonly isDemo: boolean }>): TemplateResult | typeof nothing =>
    evidence.some(({ isDemo }) => isDemo) ? html` <span class="tag">${words.sample}</span>` : nothing
  const add = (id: string): TemplateResult | typeof nothing =>
    recording?.recordable.has(id) === true
      ? html`<p><button class="link" @click=${() => recording.record(id)}>${words.record}</button></p>`
      : nothing
  const day = (until: string | null): string => (until === null ? "" : formatDay(until, language))
  return html`<div class="pair">
    <section class="block wide" tabindex="0" aria-label=${words.gates}>
      <h2>${words.gates}</h2>
      <ul class="gates">
        ${index.gates.map(
          ({ id, name, passed, state, until, next, evidence }) =>
            html`<li>
              <details>
                <summary>
                  <span class="tag ${passed ? "good" : "warn"}">${id}</span> ${say(name)}
                  <span class="quiet"
                    >${passed ? words.passed : state === "measured" ? words.failed : words.states[state]}${until === null ? "" : `, ${words.until(day(until))}`}</span
                  >
                </summary>
                ${passed ? nothing : html`<p>${say(next)}</p>`}
                ${evidence.map(
                  ({ note, signer, when, until: ends, isDemo }) =>
                    html`<p class="quiet">
                      ${note} · ${signer ?? words.measured} ·
                      ${day(when)}${ends === null ? "" : ` · ${state === "expired" ? words.ranOut(day(ends)) : words.until(day(ends))}`}
                      ${isDemo ? html`<span class="tag">${words.sample}</span>` : nothing}
                    </p>`
                )}
                ${add(id)}
              </details>
            </li>`
        )}
      </ul>
    </section>
    <section class="block wide" tabindex="0" aria-label=${words.parts}>
      <h2>${words.parts}<small>${say(index.profile)}</small></h2>
      <table class="tight">
        <thead>
          <tr>
            <th scope="col">${words.domain}</th>
            <th scope="col" class="number">${words.weight}</th>
            <th scope="col" class="number">${words.score}</th>
            <th scope="col">${words.missingItems}</th>
          </tr>
        </thead>
        <tbody>
          ${index.domains.map(({ name, weight, score, items }) => {
            const open = items.filter(({ state }) => state !== "measured")
            return html`<tr>
              <td>${say(name)}${sample(items.flatMap(({ evidence }) => evidence))}</td>
              <td class="number">${formatNumber(weight, language, 3)}</td>
              <td class="number">
                <span class=${score < 0.6 ? "tag warn" : ""}>${formatNumber(score, language, 2)}</span>
              </td>
              <td class="reason">
                ${open.map(
                  (item, i) =>
                    html`${i === 0 ? "" : "; "}${
                      recording?.recordable.has(item.id) === true
                        ? html`<button class="link" @click=${() => recording.record(item.id)}>
                            ${say(item.name)}
                          </button>`
                        : say(item.name)
                    }${item.state === "expired" ? ` (${words.ranOut(day(item.evidence.at(-1)?.until ?? item.evidence.at(-1)?.when ?? null))})` : ""}`
                )}
              </td>
            </tr>`
          })}
        </tbody>
      </table>
      ${
        index.next.length === 0
          ? nothing
          : html`<h3>${words.next}</h3>
              <ul class="lines">
                ${index.next.slice(0, mostNext).map(
                  ({ action, points }) =>
                    html`<li>
                      <span>${say(action)}</span>
                      <span><span class="quiet">${words.points}</span> +${formatNumber(points, language, 2)}</span>
                    </li>`
                )}
              </ul>`
      }
    </section>
  </div>`
}
