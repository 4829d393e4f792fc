import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Label } from "../../../api/Label.ts"
import type { ProductReview } from "../../../api/steward/ProductReview.ts"
import { saveFile } from "../../element/saveFile.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import type { Language } from "../../format/Language.ts"
import { ask } from "../../shell/ask.ts"
import { stewardDecisionWords } from "./stewardDecisionWords.ts"

type Piece = ProductReview["evidence"][number]

/** Everything that people put on record for a product: of what, by whom, until when, and the file behind it. */
export function evidenceTable(
  review: ProductReview,
  say: (label: Label) => string,
  language: Language
): TemplateResult {
  const own = stewardDecisionWords(language)
  const { evidence } = review
  if (evidence.length === 0) {
    return html`<section class="block">
      <h2>${own.onRecord}</h2>
      <p>${own.none}</p>
      <p class="quiet">${own.noneFix}</p>
    </section>`
  }
  return html`<section class="block wide" tabindex="0" aria-label=${own.onRecord}>
    <h2>${own.onRecord}<small>${formatNumber(evidence.length, language, 15)}</small></h2>
    <table class="tight">
      <thead>
        <tr>
          <th scope="col">${own.item}</th>
          <th scope="col">${own.says}</th>
          <th scope="col">${own.signer}</th>
          <th scope="col">${own.at}</th>
          <th scope="col">${own.until}</th>
          <th scope="col">${own.file}</th>
          <th scope="col">${own.note}</th>
        </tr>
      </thead>
      <tbody>
        ${evidence.map((piece) => row(piece, nameOf(review, piece, say), language))}
      </tbody>
    </table>
  </section>`
}

/** The name of what a piece is about, as the index has it. */
function nameOf({ assessment, recordable }: ProductReview, { item }: Piece, say: (label: Label) => string): string {
  const items = assessment?.index.domains.flatMap((domain) => domain.items) ?? []
  const known = recordable.find(({ id }) => id === item) ?? items.find(({ id }) => id === item)
  return known === undefined ? item : /^G\d+$/.test(item) ? `${item} ${say(known.name)}` : say(known.name)
}

function row(piece: Piece, name: string, language: Language): TemplateResult {
  const own = stewardDecisionWords(language)
  const { id, item, value, note, signer, at, expiresAt, state, isDemo, file } = piece
  const isGate = /^G\d+$/.test(item)
  const said =
    isGate || item === "approvals" ? (value >= 1 ? own.passes : own.fails) : own.share(formatNumber(value, language, 3))
  return html`<tr>
    <td class="wrap">${name}</td>
    <td>${said} ${isDemo ? html`<span class="tag">${own.sample}</span>` : nothing}</td>
    <td>${signer}</td>
    <td>${formatInstant(at, language)}</td>
    <td>
      ${formatDay(expiresAt, language)}
      <span class="tag ${state === "holds" ? "good" : state === "ran out" ? "warn" : ""}">${own.states[state]}</span>
    </td>
    <td>
      ${
        file === null
          ? html`<span class="quiet">${own.noFile}</span>`
          : html`<button
              class="link"
              title=${file.digest}
              aria-label=${own.save(file.name)}
              @click=${() => void save(id)}
            >
              ${file.name}
            </button>`
      }
    </td>
    <td class="reason long">${note}</td>
  </tr>`
}

async function save(id: string): Promise<void> {
  const { name, content } = await ask("stewardEvidenceFile", `/api/steward/evidence/${encodeURIComponent(id)}`)
  saveFile(name, new Blob([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))]))
}
