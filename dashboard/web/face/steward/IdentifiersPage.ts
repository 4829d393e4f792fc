import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { Identifiers } from "../../../api/steward/Identifiers.ts"
import type { IdentifierScan } from "../../../api/steward/IdentifierScan.ts"
import { formatShare } from "../../format/formatShare.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { stewardMoreWords } from "./stewardMoreWords.ts"
import { stewardSourceWords } from "./stewardSourceWords.ts"
import { StewardPage } from "./StewardPage.ts"

/** Which columns hold identifiers, and how sure that is. */
export class IdentifiersPage extends StewardPage {
  static override properties: PropertyDeclarations = { scan: { state: true } }
  declare private scan: IdentifierScan | undefined
  readonly #identifiers = new Loading(this, () => ask("stewardIdentifiers", "/api/steward/identifiers"))
  readonly #sources = new Loading(this, () => ask("stewardSources", "/api/steward/sources"))

  constructor() {
    super()
    this.scan = undefined
  }

  get #words(): ReturnType<typeof stewardMoreWords>["identifiers"] {
    return stewardMoreWords(this.language).identifiers
  }

  override render(): TemplateResult {
    const own = this.#words
    return html`<p class="crumbs"><a href="/steward/sources">${stewardSourceWords(this.language).sources.title}</a></p>
      ${this.head(own.title, own.lead)}
      ${this.#identifiers.show(
        this.words,
        (identifiers) =>
          html`<div class="columns">
            <div>${this.#columns(identifiers)}</div>
            <div>${this.#look()} ${this.#rules(identifiers)}</div>
          </div>`
      )}`
  }

  #columns({ columns }: Identifiers): TemplateResult {
    const own = this.#words
    const { kinds } = stewardSourceWords(this.language).connect
    if (columns.length === 0) {
      return html`<section class="block">
        <h2>${own.columns}</h2>
        <p>${own.empty}</p>
        <p class="quiet">${own.emptyFix}</p>
      </section>`
    }
    return html`<section class="block wide" tabindex="0" aria-label=${own.columns}>
      <h2>${own.columns}<small>${this.whole(columns.length)}</small></h2>
      <table class="tight">
        <thead>
          <tr>
            <th scope="col">${own.asset}</th>
            <th scope="col">${own.column}</th>
            <th scope="col">${own.named}</th>
            <th scope="col">${own.category}</th>
          </tr>
        </thead>
        <tbody>
          ${columns.map(
            ({ asset, column, named, category }) =>
              html`<tr>
                <td><a href="/steward/assets/${encodeURIComponent(asset)}">${asset}</a></td>
                <td><code>${column}</code></td>
                <td>${named === null ? "–" : (kinds[named as keyof typeof kinds] ?? named)}</td>
                <td>
                  ${category === null ? html`<span class="quiet">${own.unclassified}</span>` : html`<code>${category}</code>`}
                </td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }

  #look(): TemplateResult {
    const own = this.#words
    return html`<section class="block" aria-busy=${this.busy}>
      <h2>${own.scan}</h2>
      <form class="form row" @submit=${this.#scan}>
        <label class="field grow"
          >${own.stream}
          ${this.#sources.show(
            this.words,
            ({ sources }) =>
              html`<select name="stream">
                ${sources.flatMap(({ streams }) =>
                  streams
                    .filter(({ rows }) => rows !== null)
                    .map(({ asset }) => html`<option value=${asset}>${asset}</option>`)
                )}
              </select>`
          )}
        </label>
        <button class="button">${own.look}</button>
      </form>
      <p class="quiet">${own.scanNote}</p>
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      ${this.scan === undefined ? nothing : this.#found(this.scan)}
    </section>`
  }

  #found({ asset, sampled, columns }: IdentifierScan): TemplateResult {
    const own = this.#words
    return html`<h3>${own.found(asset, this.whole(sampled))}</h3>
      ${
        columns.length === 0
          ? html`<p class="quiet">${own.nothingFound}</p>`
          : html`<table class="tight">
              <tbody>
                ${columns.map(
                  ({ column, found }) =>
                    html`<tr>
                      <td><code>${column}</code></td>
                      <td>
                        ${found
                          .map(({ kind, share }) => `${this.#kind(kind)} ${formatShare(share, this.language)}`)
                          .join(", ")}
                      </td>
                    </tr>`
                )}
              </tbody>
            </table>`
      }`
  }

  #kind(kind: string): string {
    const { kinds } = this.#words
    return kinds[kind as keyof typeof kinds] ?? kind
  }

  readonly #scan = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const stream = String(new FormData(event.target as HTMLFormElement).get("stream"))
    await this.guard(async () => {
      this.scan = await ask("stewardScanIdentifiers", `/api/steward/identifiers/${encodeURIComponent(stream)}`)
    })
  }

  #rules({ rules }: Identifiers): TemplateResult {
    const own = this.#words
    return html`<section class="block wide" tabindex="0" aria-label=${own.rules}>
      <h2>${own.rules}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">${own.kind}</th>
            <th scope="col">${own.check}</th>
            <th scope="col" class="number">${own.falseMatch}</th>
            <th scope="col">${own.of}</th>
          </tr>
        </thead>
        <tbody>
          ${rules.map(
            ({ kind, check, falseMatch, of }) =>
              html`<tr>
                <td>${this.#kind(kind)}</td>
                <td>${own.checks[check]}</td>
                <td class="number">
                  ${falseMatch === null ? html`<span class="quiet">${own.none}</span>` : falseMatch.toExponential(1)}
                </td>
                <td><code>${of}</code></td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }
}
