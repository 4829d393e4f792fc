import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import { keyed } from "lit/directives/keyed.js"
import type { Inbox } from "../../../api/steward/Inbox.ts"
import type { Inspected } from "../../../api/steward/Inspected.ts"
import { ask } from "../../shell/ask.ts"
import { goTo } from "../../shell/goTo.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { declaredStream } from "./declaredStream.ts"
import { stewardSourceWords } from "./stewardSourceWords.ts"
import { StewardPage } from "./StewardPage.ts"

type Stream = Inspected["streams"][number]
type Column = Stream["columns"][number]

/** Looks at a file, says what its fields are, and connects it. */
export class ConnectPage extends StewardPage {
  static override properties: PropertyDeclarations = {
    found: { state: true },
    done: { state: true },
    as: { state: true }
  }
  declare private found: Inspected | undefined
  declare private done: string
  declare private as: string
  #folder = ""
  readonly #inbox = new Loading(this, () => ask("stewardInbox", "/api/steward/inbox"))

  constructor() {
    super()
    this.found = undefined
    this.done = ""
    this.as = ""
  }

  override render(): TemplateResult {
    const own = stewardSourceWords(this.language).connect
    return html`<p class="crumbs"><a href="/steward/sources">${own.back}</a></p>
      ${this.head(own.title, own.lead)} ${this.#inbox.show(this.words, (inbox) => this.#show(inbox))}`
  }

  #show(inbox: Inbox): TemplateResult {
    const own = stewardSourceWords(this.language).connect
    const files = inbox.folders.flatMap(({ folder, files: names }) => names.map((file) => ({ folder, file })))
    if (files.length === 0) {
      return html`<section class="state">
        <h2>${own.noFiles}</h2>
        <p class="quiet">${own.noFilesFix(inbox.folders[0]?.path ?? "")}</p>
      </section>`
    }
    return html`<form class="form row block" @submit=${this.#inspect}>
        <label class="field grow"
          >${own.file}
          <select name="file">
            ${files.map(({ folder, file }) => html`<option value=${`${folder}/${file}`}>${folder} / ${file}</option>`)}
          </select>
        </label>
        <button class="button first" ?disabled=${this.busy}>${own.inspect}</button>
      </form>
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      ${this.done === "" ? nothing : this.#connected()}
      <div class="stack" aria-busy=${this.busy}>
        ${
          // What was chosen for one file is not taken over for the next.
          this.found?.streams.map((stream) => keyed(this.found, this.#stream(stream, inbox)))
        }
      </div>`
  }

  #connected(): TemplateResult {
    const own = stewardSourceWords(this.language).connect
    return html`<div class="said" role="status">
      <p>${own.done(this.done)}</p>
      <p><button class="button" @click=${() => void this.#load()}>${own.run}</button></p>
    </div>`
  }

  readonly #inspect = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const chosen = String(new FormData(event.target as HTMLFormElement).get("file"))
    this.#folder = chosen.slice(0, chosen.indexOf("/"))
    await this.guard(async () => {
      this.done = ""
      this.as = ""
      this.found = await ask("stewardInspect", "/api/steward/inspect", {
        folder: this.#folder,
        file: chosen.slice(chosen.indexOf("/") + 1)
      })
    })
  }

  async #load(): Promise<void> {
    await this.guard(async () => {
      await ask("stewardStartRun", "/api/steward/runs", { selection: "" })
      goTo("/steward/runs")
    })
  }

  #connect(event: SubmitEvent, stream: Stream): void {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    void this.guard(async () => {
      const { source } = await ask("stewardConnect", "/api/steward/sources", {
        folder: this.#folder,
        source: String(form.get("source") ?? ""),
        streams: [declaredStream(stream, form, this.#moneyFields())]
      })
      this.done = source
      scrollTo(0, 0)
    })
  }

  /** Fields of the chosen canonical stream that are amounts. */
  #moneyFields(): ReadonlySet<string> {
    const chosen = this.#inbox.value?.canonical.find(({ name }) => name === this.as)
    return new Set(chosen?.fields.flatMap(({ name, isMoney }) => (isMoney ? [name] : [])))
  }

  #stream(stream: Stream, inbox: Inbox): TemplateResult {
    const own = stewardSourceWords(this.language).connect
    const n = (value: number): string => this.whole(value)
    const spots = [
      ...(stream.badRows > 0 ? [own.bad(n(stream.badRows))] : []),
      ...(stream.duplicateRows > 0 ? [own.twice(n(stream.duplicateRows))] : []),
      ...(stream.multilineRows > 0 ? [own.lines(n(stream.multilineRows))] : [])
    ]
    const canonical = inbox.canonical.find(({ name }) => name === this.as)?.fields ?? []
    return html`<form class="block form" @submit=${(event: SubmitEvent) => this.#connect(event, stream)}>
      <h2>
        <span class="mono">${stream.file}</span>
        <small>${own.found(n(stream.rows), n(stream.columns.length))} · ${stream.format} · ${stream.encoding}</small>
      </h2>
      <p class="quiet">${spots.length === 0 ? own.clean : spots.join("; ")}</p>
      <div class="three">
        <label class="field"
          >${own.source}<input name="source" type="text" required pattern="[a-z][a-z0-9_]*" .value=${stream.stream}
        /></label>
        <label class="field"
          >${own.asWhat}
          <select name="as" @change=${(event: Event) => void (this.as = (event.target as HTMLSelectElement).value)}>
            <option value="">${own.ownTable}</option>
            ${inbox.canonical.map(({ name }) => html`<option value=${name}>${name}</option>`)}
          </select></label
        >
        ${this.#key(stream)} ${this.#pick(own.subject, "subject", stream, undefined)}
        ${this.#pick(own.time, "time", stream, stream.columns.find(({ type }) => type === "time")?.name)}
        <label class="field"
          >${own.purposes}
          <select name="purpose">
            ${inbox.purposes.map((id) => html`<option value=${id} ?selected=${id === "dpv:MarketResearch"}>${id}</option>`)}
          </select></label
        >
        <label class="field">${own.basis}<input name="basis" type="text" .value=${"contract"} required /></label>
        <label class="field"
          >${own.evidence}
          <select name="evidence">
            ${["E1", "E2", "E3"].map((level) => html`<option value=${level}>${level}</option>`)}
          </select></label
        >
        <label class="field">${own.expires}<input name="expires" type="date" /></label>
        ${
          canonical.some(({ isMoney }) => isMoney)
            ? html`<label class="field"
                >${own.currency}<input name="currency" type="text" pattern="[A-Z]{3}" maxlength="3" placeholder="CNY"
              /></label>`
            : nothing
        }
      </div>
      <div class="wide" tabindex="0" role="region" aria-label=${own.field}>
        <table class="tight">
          <thead>
            <tr>
              <th scope="col">${own.field}</th>
              <th scope="col">${own.type}</th>
              <th scope="col" class="number">${own.missing}</th>
              <th scope="col" class="number">${own.distinct}</th>
              <th scope="col">${own.notes}</th>
              <th scope="col">${own.maps}</th>
              <th scope="col">${own.category}</th>
            </tr>
          </thead>
          <tbody>
            ${stream.columns.map((column) => this.#column(column, canonical, inbox.categories))}
          </tbody>
        </table>
      </div>
      <button class="button first" ?disabled=${this.busy}>${own.connect}</button>
    </form>`
  }

  /** One field, or several that only together tell two rows apart. */
  #key({ columns, keys }: Stream): TemplateResult {
    const own = stewardSourceWords(this.language).connect
    const several = keys.filter((names) => names.length > 1)
    const guess = JSON.stringify(keys[0] ?? [])
    const option = (names: ReadonlyArray<string>): TemplateResult => {
      const value = JSON.stringify(names)
      return html`<option value=${value} ?selected=${value === guess}>${names.join(" + ")}</option>`
    }
    return html`<label class="field"
      >${own.key}
      <select name="key">
        <option value="[]">${own.noSubject}</option>
        ${several.map(option)} ${columns.map(({ name }) => option([name]))}
      </select></label
    >`
  }

  #pick(label: string, name: string, { columns }: Stream, guess: string | undefined): TemplateResult {
    return html`<label class="field"
      >${label}
      <select name=${name}>
        <option value="">${stewardSourceWords(this.language).connect.noSubject}</option>
        ${columns.map((column) => html`<option value=${column.name} ?selected=${column.name === guess}>${column.name}</option>`)}
      </select></label
    >`
  }

  #column(
    column: Column,
    canonical: Inbox["canonical"][number]["fields"],
    categories: ReadonlyArray<string>
  ): TemplateResult {
    const own = stewardSourceWords(this.language).connect
    const n = (value: number): string => this.whole(value)
    const notes = [
      ...(column.failing > 0 ? [own.failing(n(column.failing))] : []),
      ...Object.entries(column.markers).map(([text, times]) => own.marker(n(times), text)),
      ...(column.strayBlanks > 0 ? [own.blanks(n(column.strayBlanks))] : []),
      ...(column.variants > 0 ? [own.spelt(n(column.variants))] : []),
      ...(column.leadingZeros > 0 ? [own.zeros(n(column.leadingZeros))] : []),
      ...Object.entries(column.identifiers).map(([kind, times]) => own.looksLike(n(times), kind)),
      ...(column.named === undefined
        ? []
        : [own.named(own.kinds[column.named as keyof typeof own.kinds] ?? column.named)])
    ]
    return html`<tr>
      <td><code>${column.name}</code></td>
      <td>
        ${own.types[column.type as keyof typeof own.types] ?? column.type}
        ${column.format === undefined ? nothing : html`<code>${column.format}</code>`}
      </td>
      <td class="number">${n(column.missing)}</td>
      <td class="number">${n(column.distinct)}</td>
      <td class="reason">${notes.join("; ")}</td>
      <td>
        <select
          class="small"
          name=${`map:${column.name}`}
          aria-label=${`${column.name}: ${own.maps}`}
          ?disabled=${canonical.length === 0}
        >
          <option value="">${own.nothing}</option>
          ${canonical.map(
            ({ name, required }) =>
              html`<option value=${name} ?selected=${name === column.name}>${name}${required ? " *" : ""}</option>`
          )}
        </select>
      </td>
      <td>
        <select class="small" name=${`category:${column.name}`} aria-label=${`${column.name}: ${own.category}`}>
          <option value="">${own.nothing}</option>
          ${categories.map((id) => html`<option value=${id}>${id}</option>`)}
        </select>
      </td>
    </tr>`
  }
}
