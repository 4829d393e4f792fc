import { LitElement, html, nothing } from "lit"
import type { CSSResultGroup, PropertyDeclarations, TemplateResult } from "lit"
import { unsafeSVG } from "lit/directives/unsafe-svg.js"
import type { Drawing, Look } from "../chart/Drawing.ts"
import { exportCsv } from "../chart/exportCsv.ts"
import { exportSvg } from "../chart/exportSvg.ts"
import { palettes } from "../chart/palettes.ts"
import { followSettings } from "../shell/followSettings.ts"
import { settings } from "../shell/settings.ts"
import { wordsFor } from "../words/wordsFor.ts"
import { chartStyle } from "./chartStyle.ts"
import { drawPng } from "./drawPng.ts"
import { saveFile } from "./saveFile.ts"

/** What a sheet of A4 leaves a chart between its margins, in pixels. */
const paperWidth = 640

/**
 * The frame of every chart: title, legend, note, the same facts as a table, export, and what the pointer is on. A chart says
 * only how it is drawn.
 */
export abstract class ChartElement extends LitElement {
  static override styles: CSSResultGroup = chartStyle
  static override properties: PropertyDeclarations = {
    width: { state: true },
    asTable: { state: true },
    tip: { state: true }
  }
  declare protected width: number
  declare protected asTable: boolean
  declare private tip: { readonly text: string; readonly x: number; readonly y: number } | undefined
  /** The width on the screen while the chart is drawn for paper. */
  #screenWidth: number | undefined
  readonly #observer = new ResizeObserver((entries) => {
    this.width = Math.floor(entries.at(-1)!.contentRect.width)
  })

  constructor() {
    super()
    this.width = 0
    this.asTable = false
    this.tip = undefined
    followSettings(this)
  }

  /** The chart as a value; undefined while there is nothing to show. */
  protected abstract draw(look: Look): Drawing | undefined

  /** What belongs to the chart beside the picture. */
  protected aside(): TemplateResult | typeof nothing {
    return nothing
  }

  protected get look(): Look {
    const { language, theme } = settings
    const palette = palettes[this.#screenWidth === undefined ? theme : "light"]
    return { width: Math.max(240, this.width), palette, language, words: wordsFor(language) }
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#observer.observe(this)
    addEventListener("beforeprint", this.#toPaper)
    addEventListener("afterprint", this.#toScreen)
    addEventListener("keydown", this.#dismiss)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#observer.disconnect()
    removeEventListener("beforeprint", this.#toPaper)
    removeEventListener("afterprint", this.#toScreen)
    removeEventListener("keydown", this.#dismiss)
  }

  /** Paper is white and narrow. The browser does not wait: what is not drawn by the end of this is printed as it was. */
  readonly #toPaper = (): void => {
    this.#screenWidth = this.width
    this.width = Math.min(this.width, paperWidth)
    this.requestUpdate()
    this.performUpdate()
  }

  readonly #toScreen = (): void => {
    if (this.#screenWidth === undefined) return
    this.width = this.#screenWidth
    this.#screenWidth = undefined
  }

  /** What the pointer is on can be put out of the way without moving it. */
  readonly #dismiss = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.#unpoint()
  }

  override render(): TemplateResult | typeof nothing {
    const drawing = this.width === 0 ? undefined : this.draw(this.look)
    if (drawing === undefined) return nothing
    const { words } = this.look
    return html`<figure>
      <figcaption>
        <span class="title" part="title">${drawing.title}</span>
        <span class="tools">
          <button
            aria-pressed=${this.asTable}
            @click=${() => {
              this.asTable = !this.asTable
            }}
          >
            ${words.chart.table}
          </button>
          <button aria-label=${words.chart.save("SVG")} @click=${() => this.#save("svg", drawing)}>SVG</button>
          <button aria-label=${words.chart.save("PNG")} @click=${() => this.#save("png", drawing)}>PNG</button>
          <button aria-label=${words.chart.save("CSV")} @click=${() => this.#save("csv", drawing)}>CSV</button>
        </span>
      </figcaption>
      ${this.asTable ? tableOf(drawing) : this.#picture(drawing)}
      ${drawing.note === undefined ? nothing : html`<p class="note">${drawing.note}</p>`} ${this.aside()}
    </figure>`
  }

  #picture({ title, width, height, body, legend }: Drawing): TemplateResult {
    const wide = width > this.look.width
    return html`<div
        class="picture"
        role=${wide ? "region" : nothing}
        aria-label=${wide ? title : nothing}
        tabindex=${wide ? "0" : nothing}
        @pointermove=${this.#point}
        @pointerleave=${() => this.#unpoint()}
      >
        <svg
          width=${width}
          height=${height}
          viewBox="0 0 ${width} ${height}"
          role=${body.markup.includes("<a ") ? "group" : "img"}
          aria-label=${title}
        >
          ${unsafeSVG(body.markup)}
        </svg>
        ${this.tip === undefined ? nothing : html`<div class="tip" role="status">${this.tip.text}</div>`}
      </div>
      ${
        legend === undefined
          ? nothing
          : html`<ul class="legend">
              ${legend.map(
                ({ color, label, dashed }) =>
                  html`<li>
                    <svg width="14" height="8" aria-hidden="true">
                      <line
                        x1="0"
                        x2="14"
                        y1="4"
                        y2="4"
                        stroke=${color}
                        stroke-width=${dashed ? 2 : 8}
                        stroke-dasharray=${dashed ? "4 2" : "none"}
                      />
                    </svg>
                    ${label}
                  </li>`
              )}
            </ul>`
      }`
  }

  override updated(): void {
    const tip = this.renderRoot.querySelector<HTMLElement>(".tip")
    if (tip === null || this.tip === undefined) return
    const room = this.renderRoot.querySelector(".picture")!.clientWidth
    tip.style.left = `${Math.max(0, Math.min(this.tip.x + 14, room - tip.offsetWidth - 4))}px`
    tip.style.top = `${this.tip.y + 16}px`
  }

  readonly #point = (event: PointerEvent): void => {
    const target = event.target instanceof Element ? event.target.closest("[data-tip]") : null
    const text = target?.getAttribute("data-tip")
    if (target === null || text === null || text === undefined) return this.#unpoint()
    const box = (event.currentTarget as Element).getBoundingClientRect()
    this.tip = { text, x: event.clientX - box.left, y: event.clientY - box.top }
    this.pointed(target)
  }

  #unpoint(): void {
    if (this.tip === undefined) return
    this.tip = undefined
    this.pointed(undefined)
  }

  /** Told of the piece under the pointer, or that there is none any more. */
  protected pointed(_piece: Element | undefined): void {}

  async #save(form: "svg" | "png" | "csv", drawing: Drawing): Promise<void> {
    const name = `${this.localName}.${form}`
    if (form === "csv") return saveFile(name, new Blob([exportCsv(drawing.table)], { type: "text/csv;charset=utf-8" }))
    const { palette } = this.look
    if (form === "svg") return saveFile(name, new Blob([exportSvg(drawing, palette)], { type: "image/svg+xml" }))
    saveFile(name, await drawPng(exportSvg(drawing, palette)))
  }
}

const tableOf = ({ title, table }: Drawing): TemplateResult =>
  html`<div class="table" tabindex="0" role="region" aria-label=${title}>
    <table>
      <thead>
        <tr>
          ${table.head.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table.rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td class=${typeof cell === "number" ? "number" : ""}>${cell}</td>`)}
            </tr>`
        )}
      </tbody>
    </table>
  </div>`
