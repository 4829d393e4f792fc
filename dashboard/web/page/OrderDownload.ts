import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { DeliveryFormat } from "../../api/DeliveryFormat.ts"
import { saveFile } from "../element/saveFile.ts"
import { buyerDataWords } from "../face/buyer/buyerDataWords.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { formatShare } from "../format/formatShare.ts"
import { ApiProblem } from "../shell/ApiProblem.ts"
import { ask } from "../shell/ask.ts"
import { showProblem } from "../shell/showProblem.ts"
import { Page } from "./Page.ts"

const formats = [
  ["parquet", "Parquet"],
  ["csv", "CSV"],
  ["jsonl", "JSONL"],
  ["arrow", "Arrow"]
] as const
/** Larger files go to the disk by the browser alone: they would not fit the page's memory. */
const mostBytes = 256 * 1024 * 1024

type State =
  | { readonly is: "idle" }
  | { readonly is: "fetching"; readonly name: string; readonly share: number }
  | {
      readonly is: "done"
      readonly name: string
      readonly bytes: number
      readonly format: DeliveryFormat
      readonly stated: string
      /** What this browser worked out; undefined for a file that it did not hold. */
      readonly found: string | undefined
    }
  | { readonly is: "broken" }

/** Downloads what an order bought, shows how far it is, and holds the bytes against the SHA-256 that the house states. */
export class OrderDownload extends Page {
  static override properties: PropertyDeclarations = { order: { type: String }, state: { state: true } }
  declare order: string
  declare private state: State

  constructor() {
    super()
    this.order = ""
    this.state = { is: "idle" }
  }

  #address(format: DeliveryFormat): string {
    return `/api/orders/${this.order}/delivery?format=${format}`
  }

  readonly #fetch = (event: MouseEvent, format: DeliveryFormat): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    void this.#download(format)
  }

  async #download(format: DeliveryFormat): Promise<void> {
    this.problem = undefined
    this.state = { is: "fetching", name: format, share: 0 }
    const letGo = new AbortController()
    try {
      const answer = await fetch(this.#address(format), { signal: letGo.signal })
      if (!answer.ok || answer.body === null) {
        const { error } = (await answer.json()) as { error: ApiProblem["problem"] }
        throw new ApiProblem(answer.status, error)
      }
      const all = Number(answer.headers.get("content-length") ?? 0)
      const stated = answer.headers.get("x-assay-artefact") ?? ""
      const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? format
      if (all > mostBytes) {
        letGo.abort()
        this.state = { is: "done", name, bytes: all, format, stated, found: undefined }
        location.assign(this.#address(format))
        return
      }
      const bytes = await this.#read(answer.body, name, all)
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
      const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")
      if (found === stated) saveFile(name, new Blob([bytes], { type: answer.headers.get("content-type") ?? "" }))
      this.state = { is: "done", name, bytes: bytes.length, format, stated, found }
    } catch (cause) {
      this.state = { is: cause instanceof ApiProblem ? "idle" : "broken" }
      if (cause instanceof ApiProblem) this.problem = cause
    }
  }

  async #read(body: ReadableStream<Uint8Array>, name: string, all: number): Promise<Uint8Array<ArrayBuffer>> {
    const pieces: Array<Uint8Array> = []
    let read = 0
    for (const reader = body.getReader(); ;) {
      const { done, value } = await reader.read()
      if (done) break
      pieces.push(value)
      read += value.length
      this.state = { is: "fetching", name, share: all === 0 ? 0 : read / all }
    }
    const bytes = new Uint8Array(read)
    let at = 0
    for (const piece of pieces) {
      bytes.set(piece, at)
      at += piece.length
    }
    return bytes
  }

  async #certificate(format: DeliveryFormat, name: string): Promise<void> {
    await this.guard(async () => {
      const certificate = await ask("certificate", `/api/orders/${this.order}/certificate?format=${format}`)
      saveFile(
        `${name}.certificate.json`,
        new Blob([JSON.stringify(certificate, null, 2)], { type: "application/json" })
      )
    })
  }

  override render(): TemplateResult {
    return html`<span class="actions">
        ${formats.map(
          ([format, text]) =>
            html`<a
              class="button"
              download
              href=${this.#address(format)}
              @click=${(event: MouseEvent) => this.#fetch(event, format)}
              >${text}</a
            >`
        )}
      </span>
      <div role="status">${this.#told()}</div>
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}`
  }

  #told(): TemplateResult | typeof nothing {
    const own = buyerDataWords(this.language).download
    const { state, language } = this
    if (state.is === "idle") return nothing
    if (state.is === "broken") return html`<p class="quiet">${own.failed}</p>`
    if (state.is === "fetching")
      return html`<p class="quiet">
        ${own.fetching(state.name)} ${formatShare(state.share, language)}
        <progress max="1" .value=${state.share} aria-label=${own.fetching(state.name)}></progress>
      </p>`
    const { name, bytes, format, stated, found } = state
    const size = `${formatNumber(bytes, language)} B`
    return html`<div class="proof">
      <p>
        <span class="tag ${found === undefined || found === stated ? "good" : "warn"}">SHA-256</span>
        ${found === undefined ? own.large : found === stated ? own.done(name, size) : own.differs}
      </p>
      <pre tabindex="0" aria-label="SHA-256">${stated}</pre>
      ${
        found === undefined || found !== stated
          ? nothing
          : html`<p class="quiet">${own.matches}. ${own.check}</p>
              <pre tabindex="0">sha256sum ${name}</pre>
              <p>
                <button class="button" @click=${() => void this.#certificate(format, name)}>${own.certificate}</button>
              </p>
              <p class="quiet">${own.verify}</p>
              <pre tabindex="0">assay verify ${name} ${name}.certificate.json</pre>`
      }
    </div>`
  }
}
