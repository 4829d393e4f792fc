import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import { parseKey, Unproven, verifyProof } from "#core/log/verifier/webProofs.ts"
import type { LogEntries } from "../../../api/auditor/LogEntries.ts"
import { saveFile } from "../../element/saveFile.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { auditorWords } from "./auditorWords.ts"

type Entry = LogEntries["entries"][number]

/** Every entry of the log, each with its proof, checked here and not by the server. */
export class EntriesPage extends Page {
  static override properties: PropertyDeclarations = {
    type: { state: true },
    more: { state: true },
    next: { state: true },
    proven: { state: true }
  }
  declare private type: string
  declare private more: ReadonlyArray<Entry>
  declare private next: number | null | undefined
  declare private proven: ReadonlyMap<number, string | false>
  readonly #first = new Loading(this, () => {
    this.more = []
    this.next = undefined
    return this.#ask()
  })

  constructor() {
    super()
    this.type = new URLSearchParams(location.search).get("type") ?? ""
    this.more = []
    this.next = undefined
    this.proven = new Map()
  }

  get #own(): ReturnType<typeof auditorWords> {
    return auditorWords(this.language)
  }

  #ask(before?: number): Promise<LogEntries> {
    const query = new URLSearchParams()
    if (before !== undefined) query.set("before", String(before))
    if (this.type !== "") query.set("type", this.type)
    return ask("auditorEntries", `/api/auditor/entries?${query}`)
  }

  readonly #older = (from: number): Promise<void> =>
    this.guard(async () => {
      const { entries, next } = await this.#ask(from)
      this.more = [...this.more, ...entries]
      this.next = next
    })

  readonly #prove = (index: number): Promise<void> =>
    this.guard(async () => {
      const { proof, key } = await ask("auditorProof", `/api/auditor/entries/${index}/proof`)
      let held: string | false = false
      try {
        const found = await verifyProof(proof, await parseKey(key))
        held = found.index === index ? proof : false
      } catch (cause) {
        if (!(cause instanceof Unproven)) throw cause
      }
      this.proven = new Map([...this.proven, [index, held]])
    })

  override render(): TemplateResult {
    const own = this.#own
    return html`${this.head(
      own.entries.title,
      own.entries.lead,
      html`<label
        >${own.entries.type}
        <select
          @change=${(event: Event) => {
            this.type = (event.target as HTMLSelectElement).value
            void this.#first.load()
          }}
        >
          <option value="" ?selected=${this.type === ""}>${own.entries.all}</option>
          ${Object.entries(own.types).map(
            ([type, name]) => html`<option value=${type} ?selected=${this.type === type}>${name}</option>`
          )}
        </select></label
      >`
    )}
    ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
    ${this.#first.show(this.words, (page) => this.#show([...page.entries, ...this.more], this.next === undefined ? page.next : this.next))}`
  }

  #show(entries: ReadonlyArray<Entry>, next: number | null): TemplateResult {
    const own = this.#own.entries
    if (entries.length === 0 && next === null) return html`<section class="state"><h2>${own.none}</h2></section>`
    return html`<section class="block wide" tabindex="0" role="region" aria-label=${own.title}>
        <table class="tight">
          <thead>
            <tr>
              <th scope="col" class="number">${own.index}</th>
              <th scope="col">${own.type}</th>
              <th scope="col">${own.operation}</th>
              <th scope="col" class="number">${own.epoch}</th>
              <th scope="col">${own.commitment}</th>
              <th scope="col">${own.proof}</th>
            </tr>
          </thead>
          <tbody>
            ${entries.map((entry) => this.#row(entry))}
          </tbody>
        </table>
      </section>
      ${
        next === null
          ? nothing
          : html`<p class="end"><button class="button" @click=${() => void this.#older(next)}>${own.older}</button></p>`
      }`
  }

  #row({ index, type, operation, epoch, commitment }: Entry): TemplateResult {
    const own = this.#own
    const proof = this.proven.get(index)
    return html`<tr>
      <td class="number">${index}</td>
      <td>${own.types[type] ?? type}</td>
      <td><code>${operation}</code></td>
      <td class="number">${epoch}</td>
      <td><code title=${commitment}>${commitment.slice(0, 12)}…</code></td>
      <td>
        ${
          proof === undefined
            ? html`<button
                class="button"
                aria-label=${own.entries.prove(String(index))}
                @click=${() => void this.#prove(index)}
              >
                ${own.entries.check}
              </button>`
            : proof === false
              ? html`<span class="tag warn">${own.entries.broken}</span>`
              : html`<span class="tag good">✓ ${own.entries.holds}</span>
                  <button
                    class="button"
                    aria-label=${own.entries.save(String(index))}
                    @click=${() => saveFile(`entry-${index}.tlog-proof`, new Blob([proof], { type: "text/plain" }))}
                  >
                    ${own.entries.file}
                  </button>`
        }
      </td>
    </tr>`
  }
}
