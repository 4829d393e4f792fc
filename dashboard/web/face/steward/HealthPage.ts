import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { AssetHealth } from "../../../api/steward/AssetHealth.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { StewardPage } from "./StewardPage.ts"

const isOpen = ({ state, failing, freshness }: AssetHealth): boolean =>
  state !== "fresh" || failing > 0 || (freshness !== null && freshness.state !== "fresh")

/** Every asset with why it is as it is. */
export class HealthPage extends StewardPage {
  static override properties: PropertyDeclarations = { onlyOpen: { state: true } }
  declare private onlyOpen: boolean
  readonly #assets = new Loading(this, () => ask("stewardAssets", "/api/steward/assets"))

  constructor() {
    super()
    this.onlyOpen = false
  }

  override render(): TemplateResult {
    const own = this.own.assets
    const choice = (open: boolean, name: string): TemplateResult =>
      html`<button aria-pressed=${this.onlyOpen === open} @click=${() => void (this.onlyOpen = open)}>${name}</button>`
    return html`${this.head(
      own.title,
      own.lead,
      html`<span class="switch">${choice(false, own.all)} ${choice(true, own.onlyOpen)}</span>
        <a class="button" href="/assets">${own.graph}</a>`
    )}
    ${this.#assets.show(this.words, (assets) => this.#show(assets))}`
  }

  #show(assets: ReadonlyArray<AssetHealth>): TemplateResult {
    const own = this.own.assets
    const shown = this.onlyOpen ? assets.filter(isOpen) : assets
    if (shown.length === 0) {
      return html`<section class="state">
        <h2>${assets.length === 0 ? this.words.assets.empty : own.allFresh}</h2>
        <p class="quiet">${assets.length === 0 ? this.words.assets.emptyFix : this.own.overview.nothingFix}</p>
      </section>`
    }
    const partitioned = assets.filter(({ partitions }) => partitions !== null)
    return html`<div class="stack">
      <section class="block wide" tabindex="0" aria-label=${own.title}>
        <table class="tight">
          <thead>
            <tr>
              <th scope="col">${own.asset}</th>
              <th scope="col">${own.state}</th>
              <th scope="col" class="number">${own.rows}</th>
              <th scope="col">${own.made}</th>
              <th scope="col" class="number">${own.failing}</th>
              <th scope="col">${own.freshness}</th>
              <th scope="col">${own.partitions}</th>
              <th scope="col">${own.because}</th>
            </tr>
          </thead>
          <tbody>
            ${shown.map((asset) => this.#row(asset))}
          </tbody>
        </table>
      </section>
      ${partitioned.map((asset) => html`<section class="block"><assay-partitions .asset=${asset}></assay-partitions></section>`)}
    </div>`
  }

  #row({ key, state, rows, madeAt, failing, freshness, partitions, reason }: AssetHealth): TemplateResult {
    const own = this.own.assets
    const due = partitions?.cells.filter((cell) => cell.state !== "made").length ?? 0
    return html`<tr>
      <td><a href="/steward/assets/${encodeURIComponent(key)}">${key}</a></td>
      <td><span class="tag ${state === "fresh" ? "good" : "warn"}">${this.words.state[state]}</span></td>
      <td class="number">${rows === null ? "–" : this.whole(rows)}</td>
      <td>${madeAt === null ? "–" : formatInstant(madeAt, this.language)}</td>
      <td class="number">
        ${
          failing === 0
            ? "0"
            : html`<a class="plain" href="/steward/assets/${encodeURIComponent(key)}"
                ><span class="tag warn">${this.whole(failing)}</span></a
              >`
        }
      </td>
      <td>${freshness === null ? html`<span class="quiet">${own.noPolicy}</span>` : own.fresh[freshness.state]}</td>
      <td>
        ${
          partitions === null
            ? html`<span class="quiet">–</span>`
            : html`${own.madeOf(this.whole(partitions.cells.length - due))}${due === 0 ? nothing : `, ${own.missing(this.whole(due))}`}`
        }
      </td>
      <td class="reason">
        ${reason === null ? (freshness === null ? "" : this.say(freshness.because)) : this.say(reason)}
      </td>
    </tr>`
  }
}
