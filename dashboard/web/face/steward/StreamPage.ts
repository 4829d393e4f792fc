import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { StreamDetail } from "../../../api/steward/StreamDetail.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatShare } from "../../format/formatShare.ts"
import { ask } from "../../shell/ask.ts"
import { listen } from "../../shell/listen.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { stewardSourceWords } from "./stewardSourceWords.ts"
import { stewardStreamWords } from "./stewardStreamWords.ts"
import { StewardPage } from "./StewardPage.ts"

/** One stream of a source: its quarantine by rule and line, its files and its fields. */
export class StreamPage extends StewardPage {
  static override properties: PropertyDeclarations = { asked: { state: true } }
  declare private asked: boolean
  readonly #stream = new Loading(this, () =>
    ask(
      "stewardStream",
      `/api/steward/sources/${encodeURIComponent(this.params["source"]!)}/${encodeURIComponent(this.params["stream"]!)}`
    )
  )
  #stop: (() => void) | undefined

  constructor() {
    super()
    this.asked = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = listen(
      "runs",
      ({ type }) => {
        if (type === "finished") void this.#stream.load()
      },
      () => undefined
    )
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  get #words(): ReturnType<typeof stewardStreamWords> {
    return stewardStreamWords(this.language)
  }

  override render(): TemplateResult {
    const { source = "", stream = "" } = this.params
    const own = this.#words
    return html`<p class="crumbs">
        <a href="/steward/sources">${stewardSourceWords(this.language).sources.title}</a> / ${source}
      </p>
      ${this.#stream.show(
        this.words,
        (detail) =>
          html`${this.head(
            stream,
            own.lead,
            html`<a class="button" href="/steward/assets/${encodeURIComponent(detail.asset)}">${own.raw}</a>
              <button class="button first" title=${own.againNote} @click=${() => void this.#again(detail)}>
                ${own.again}
              </button>`
          )}
          ${this.asked ? html`<p class="said" role="status">${own.asked} <a href="/steward/runs">${own.runs}</a></p>` : nothing}
          ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)} ${this.#show(detail)}`
      )}`
  }

  async #again({ asset }: StreamDetail): Promise<void> {
    await this.guard(async () => {
      await ask("stewardStartRun", "/api/steward/runs", { selection: `${asset}+` })
      this.asked = true
    })
  }

  #show(detail: StreamDetail): TemplateResult {
    const own = this.#words
    const bad = detail.files.reduce((sum, one) => sum + one.bad, 0)
    const isSample = detail.kind === "sample"
    const rows = isSample ? (detail.rows ?? 0) : detail.files.reduce((sum, one) => sum + one.rows, 0)
    const { licence } = detail
    return html`<dl class="strip">
        ${this.figure(
          own.quarantine,
          this.whole(bad),
          html`${rows + bad === 0 ? nothing : html`${own.of(formatShare(bad / (rows + bad), this.language))} · `}${own.tolerated(formatShare(detail.tolerate, this.language))}`
        )}
        ${this.figure(own.loaded, this.whole(rows), isSample ? own.generated : own.files(this.whole(detail.files.length)))}
        ${this.figure(own.as, detail.as ?? own.ownTable, `${own.key}: ${detail.key.join(", ") || own.none}`)}
        ${this.figure(own.subject, detail.subject ?? own.none, `${own.time}: ${detail.time ?? own.none}`)}
        ${this.figure(
          own.licence,
          licence === null ? "–" : licence.evidence,
          licence === null
            ? own.noLicence
            : html`${licence.basis} ·
              ${licence.expires === null ? own.noExpiry : own.until(formatDay(licence.expires, this.language))} ·
              ${licence.purposes.join(", ")}`
        )}
      </dl>
      <div class="stack">
        ${this.#rules(detail)} ${this.#lines(detail)} ${this.#fields(detail)} ${this.#files(detail)}
      </div>`
  }

  #rules({ rules }: StreamDetail): TemplateResult {
    const own = this.#words
    if (rules.length === 0) {
      return html`<section class="block">
        <h2>${own.rules}</h2>
        <p>${own.clean}</p>
        <p class="quiet">${own.cleanFix}</p>
      </section>`
    }
    return html`<section class="block wide" tabindex="0" aria-label=${own.rules}>
      <h2>${own.rules}</h2>
      <table class="tight">
        <thead>
          <tr>
            <th scope="col">${own.rule}</th>
            <th scope="col" class="number">${own.rows}</th>
            <th scope="col" class="number">${own.loads}</th>
            <th scope="col">${own.todo}</th>
          </tr>
        </thead>
        <tbody>
          ${rules.map(
            ({ reason, rows, files }) =>
              html`<tr>
                <td class="wrap">${own.reasons[reason]}</td>
                <td class="number">${this.whole(rows)}</td>
                <td class="number">${this.whole(files)}</td>
                <td class="reason">${own.fixes[reason]}</td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }

  #lines({ lines, rules }: StreamDetail): TemplateResult | typeof nothing {
    const own = this.#words
    if (lines.length === 0) return nothing
    const all = rules.reduce((sum, { rows }) => sum + rows, 0)
    return html`<section class="block wide" tabindex="0" aria-label=${own.lines}>
      <h2>${own.lines}${all > lines.length ? html`<small>${own.first(this.whole(lines.length))}</small>` : nothing}</h2>
      <p class="quiet">${own.linesNote}</p>
      <table class="tight">
        <thead>
          <tr>
            <th scope="col">${own.file}</th>
            <th scope="col" class="number">${own.line}</th>
            <th scope="col">${own.rule}</th>
            <th scope="col" class="number">${own.bytes}</th>
            <th scope="col">${own.since}</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map(
            ({ file, line, reason, bytes, since }) =>
              html`<tr>
                <td><code>${file}</code></td>
                <td class="number">${this.whole(line)}</td>
                <td>${own.reasons[reason]}</td>
                <td class="number">${this.whole(bytes)}</td>
                <td>${formatInstant(since, this.language)}</td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }

  #fields({ fields }: StreamDetail): TemplateResult {
    const own = this.#words
    const tagged = fields.some(({ tags }) => tags.length > 0)
    return html`<section class="block wide" tabindex="0" aria-label=${own.mapping}>
      <h2>${own.mapping}<small>${this.whole(fields.length)}</small></h2>
      ${
        fields.length === 0
          ? html`<p class="quiet">${own.noFields}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.field}</th>
                  <th scope="col">${own.to}</th>
                  <th scope="col">${own.category}</th>
                  ${tagged ? html`<th scope="col">${own.tags}</th>` : nothing}
                </tr>
              </thead>
              <tbody>
                ${fields.map(
                  ({ name, to, category, tags }) =>
                    html`<tr>
                      <td><code>${name}</code></td>
                      <td>${to.length === 0 ? "–" : html`<code>${to.join(", ")}</code>`}</td>
                      <td>
                        ${category === null ? html`<span class="quiet">${own.unclassified}</span>` : html`<code>${category}</code>`}
                      </td>
                      ${tagged ? html`<td>${tags.map((tag) => html`<code>${tag}</code> `)}</td>` : nothing}
                    </tr>`
                )}
              </tbody>
            </table>`
      }
    </section>`
  }

  #files({ files, kind }: StreamDetail): TemplateResult | typeof nothing {
    const own = this.#words
    if (kind === "sample") return nothing
    return html`<section class="block wide" tabindex="0" aria-label=${own.loads}>
      <h2>${own.loads}<small>${this.whole(files.length)}</small></h2>
      ${
        files.length === 0
          ? html`<p>${own.noFiles}</p>
              <p class="quiet">${own.noFilesFix}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.file}</th>
                  <th scope="col" class="number">${own.loaded}</th>
                  <th scope="col" class="number">${own.quarantine}</th>
                  <th scope="col">${own.loadedAt}</th>
                  <th scope="col">${own.digest}</th>
                </tr>
              </thead>
              <tbody>
                ${files.map(
                  ({ file, rows, bad, loadedAt, digest }) =>
                    html`<tr>
                      <td><code>${file}</code></td>
                      <td class="number">${this.whole(rows)}</td>
                      <td class="number">
                        ${bad === 0 ? "0" : html`<span class="tag warn">${this.whole(bad)}</span>`}
                      </td>
                      <td>${formatInstant(loadedAt, this.language)}</td>
                      <td><code title=${digest}>${digest.slice(0, 16)}…</code></td>
                    </tr>`
                )}
              </tbody>
            </table>`
      }
    </section>`
  }
}
