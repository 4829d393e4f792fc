import { html } from "lit"
import type { TemplateResult } from "lit"
import type { Sources } from "../../../api/steward/Sources.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { stewardSourceWords } from "./stewardSourceWords.ts"
import { stewardStreamWords } from "./stewardStreamWords.ts"
import { StewardPage } from "./StewardPage.ts"

type Source = Sources["sources"][number]
type Stream = Source["streams"][number]

const sum = (rows: ReadonlyArray<{ readonly rows: number }>): number => rows.reduce((total, one) => total + one.rows, 0)

const addressOf = (source: string, stream: string): string =>
  `/steward/sources/${encodeURIComponent(source)}/${encodeURIComponent(stream)}`

/** The connected sources: streams, loads, quarantine and dirty spots. */
export class SourcesPage extends StewardPage {
  readonly #sources = new Loading(this, () => ask("stewardSources", "/api/steward/sources"))

  override render(): TemplateResult {
    const own = stewardSourceWords(this.language).sources
    return html`${this.head(
      own.title,
      own.lead,
      html`<a class="button" href="/steward/sources/identifiers">${own.identifiers}</a>
        <a class="button first" href="/steward/sources/connect">${own.connect}</a>`
    )}
    ${this.#sources.show(this.words, ({ sources }) =>
      sources.length === 0
        ? html`<section class="state">
            <h2>${own.empty}</h2>
            <p class="quiet">${own.emptyFix}</p>
          </section>`
        : html`<div class="stack">${sources.map((source) => this.#source(source))}</div>`
    )}`
  }

  #source(source: Source): TemplateResult {
    const own = stewardSourceWords(this.language).sources
    const kind = own.kinds[source.kind as keyof typeof own.kinds] ?? source.kind
    return html`<section class="block wide" tabindex="0" aria-label=${source.source}>
        <h2>
          <span><span class="mono">${source.source}</span> · ${kind}</span>
          <small
            >${own.streams(this.whole(source.streams.length))} ·
            ${own.connected(formatDay(source.addedAt, this.language))}</small
          >
        </h2>
        <table class="tight">
          <thead>
            <tr>
              <th scope="col">${own.stream}</th>
              <th scope="col">${own.as}</th>
              <th scope="col" class="number">${own.rows}</th>
              <th scope="col">${own.loaded}</th>
              <th scope="col" class="number">${own.mapped}</th>
              <th scope="col" class="number">${own.classified}</th>
              <th scope="col">${own.licence}</th>
              <th scope="col" class="number">${own.quarantined}</th>
              <th scope="col" class="number">${own.dirty}</th>
            </tr>
          </thead>
          <tbody>
            ${source.streams.map((stream) => this.#stream(source.source, stream))}
          </tbody>
        </table>
      </section>
      <div class="pair">${this.#quarantine(source)} ${this.#spots(source)}</div>`
  }

  #stream(source: string, stream: Stream): TemplateResult {
    const own = stewardSourceWords(this.language).sources
    const { licence } = stream
    const here = addressOf(source, stream.stream)
    const bad = sum(stream.quarantine)
    const raw = `/steward/assets/${encodeURIComponent(stream.asset)}`
    const dirty = stream.dirty[0]
    return html`<tr>
      <td><a href=${here}>${stream.stream}</a></td>
      <td>
        ${stream.as === null ? own.ownTable : html`<a href="/steward/assets/${encodeURIComponent(`core.${stream.as}`)}">${stream.as}</a>`}
      </td>
      <td class="number">
        ${stream.rows === null ? "–" : html`<a class="plain" href=${raw}>${this.whole(stream.rows)}</a>`}
      </td>
      <td>${stream.loadedAt === null ? "–" : formatInstant(stream.loadedAt, this.language)}</td>
      <td class="number">
        <a class="plain" href=${here}>${own.ofFields(this.whole(stream.mapped), this.whole(stream.fields))}</a>
      </td>
      <td class="number">
        <a class="plain" href=${here}>${own.ofFields(this.whole(stream.classified), this.whole(stream.fields))}</a>
      </td>
      <td>
        ${
          licence === null
            ? html`<span class="tag warn">${own.noLicence}</span>`
            : html`${licence.basis} ·
              ${licence.evidence}${licence.expires === null ? "" : ` · ${own.until(licence.expires)}`}`
        }
      </td>
      <td class="number">
        <a class="plain" href=${here}>${bad === 0 ? "0" : html`<span class="tag warn">${this.whole(bad)}</span>`}</a>
      </td>
      <td class="number">
        ${
          dirty === undefined
            ? "0"
            : html`<a class="plain" href="/steward/assets/${encodeURIComponent(dirty.asset)}"
                >${this.whole(sum(stream.dirty))}</a
              >`
        }
      </td>
    </tr>`
  }

  #quarantine({ source, streams }: Source): TemplateResult {
    const own = stewardSourceWords(this.language).sources
    const { reasons } = stewardStreamWords(this.language)
    const rows = streams.flatMap(({ stream, quarantine }) => quarantine.map((one) => ({ stream, ...one })))
    return html`<section class="block wide" tabindex="0" aria-label=${own.quarantine}>
      <h2>${own.quarantine}</h2>
      ${
        rows.length === 0
          ? html`<p class="quiet">${own.noQuarantine}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.stream}</th>
                  <th scope="col">${own.rule}</th>
                  <th scope="col" class="number">${own.files}</th>
                  <th scope="col" class="number">${own.rows}</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  ({ stream, reason, files, rows: n }) =>
                    html`<tr>
                      <td><a href=${addressOf(source, stream)}>${stream}</a></td>
                      <td class="reason">${reasons[reason as keyof typeof reasons] ?? reason}</td>
                      <td class="number">${this.whole(files)}</td>
                      <td class="number">${this.whole(n)}</td>
                    </tr>`
                )}
              </tbody>
            </table>`
      }
    </section>`
  }

  #spots({ streams }: Source): TemplateResult {
    const own = stewardSourceWords(this.language).sources
    const rows = streams
      .flatMap(({ stream, dirty }) => dirty.map((one) => ({ stream, ...one })))
      .sort((a, b) => b.rows - a.rows)
    return html`<section class="block wide" tabindex="0" aria-label=${own.spots}>
      <h2>${own.spots}</h2>
      ${
        rows.length === 0
          ? html`<p class="quiet">${own.noSpots}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.stream}</th>
                  <th scope="col">${own.field}</th>
                  <th scope="col" class="number">${own.rows}</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  ({ stream, asset, check, rows: n }) =>
                    html`<tr>
                      <td>${stream}</td>
                      <td>
                        <a href="/steward/assets/${encodeURIComponent(asset)}"><code>${check}</code></a>
                      </td>
                      <td class="number">${this.whole(n)}</td>
                    </tr>`
                )}
              </tbody>
            </table>`
      }
    </section>`
  }
}
