import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { RowHandles } from "../../../api/steward/RowHandles.ts"
import type { Trace } from "../../../api/steward/Trace.ts"
import type { TraceRequest } from "../../../api/steward/TraceRequest.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { goTo } from "../../shell/goTo.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { stewardMoreWords } from "./stewardMoreWords.ts"
import { StewardPage } from "./StewardPage.ts"

/** Rows back to events, and events forward. */
export class TracePage extends StewardPage {
  static override properties: PropertyDeclarations = { trace: { state: true } }
  declare private trace: Trace | undefined
  readonly #assets = new Loading(this, () => ask("stewardAssets", "/api/steward/assets"))
  readonly #handles = new Loading(this, async () =>
    this.params["key"] === undefined
      ? undefined
      : ask("stewardHandles", `/api/steward/assets/${encodeURIComponent(this.params["key"])}/handles`)
  )

  constructor() {
    super()
    this.trace = undefined
  }

  get #words(): ReturnType<typeof stewardMoreWords>["trace"] {
    return stewardMoreWords(this.language).trace
  }

  override render(): TemplateResult {
    const own = this.#words
    return html`${this.head(own.title, own.lead)}
      <div class="columns narrow">
        <div>${this.#ask()}</div>
        <div aria-live="polite" aria-busy=${this.busy}>
          ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
          ${
            this.trace === undefined
              ? this.problem === undefined
                ? html`<p class="quiet">${own.choose}</p>`
                : nothing
              : this.#show(this.trace)
          }
        </div>
      </div>`
  }

  #ask(): TemplateResult {
    const own = this.#words
    return html`<section class="block form">
        <label class="field"
          >${own.asset}
          ${this.#assets.show(
            this.words,
            (assets) =>
              html`<select
                @change=${(event: Event) => goTo(`/steward/trace/${encodeURIComponent((event.target as HTMLSelectElement).value)}`)}
              >
                <option value="" ?selected=${this.params["key"] === undefined}></option>
                ${assets
                  .filter(({ state, kind }) => state !== "missing" && kind !== "release")
                  .map(({ key }) => html`<option value=${key} ?selected=${key === this.params["key"]}>${key}</option>`)}
              </select>`
          )}
        </label>
        ${this.#handles.show(this.words, (handles) => (handles === undefined ? html`` : this.#rows(handles)))}
      </section>
      <form class="block form" @submit=${this.#fromEvent}>
        <label class="field"
          >${own.event}
          <input name="event" type="text" class="mono" required pattern="[0-9a-fA-F-]{36}" placeholder=${own.eventId} />
        </label>
        <button class="button">${own.go}</button>
      </form>`
  }

  #rows({ asset, grain, handles }: RowHandles): TemplateResult {
    const own = this.#words
    if (grain.length === 0) return html`<p class="quiet">${own.noGrain}</p>`
    return html`<fieldset class="field">
        <legend>${own.handle}</legend>
        <div class="chips">
          ${handles.map(
            (handle) =>
              html`<button class="chip mono" @click=${() => void this.#run({ asset, handle })}>${handle}</button>`
          )}
        </div>
        <p class="quiet">${own.handleNote}</p>
      </fieldset>
      <form class="form" @submit=${(event: SubmitEvent) => this.#fromValues(event, asset, grain)}>
        <fieldset class="field">
          <legend>${own.or}</legend>
          ${grain.map(
            (name) =>
              html`<label class="field"
                ><code>${name}</code><input name=${name} type="text" autocomplete="off"
              /></label>`
          )}
        </fieldset>
        <button class="button">${own.go}</button>
      </form>`
  }

  readonly #fromEvent = (event: SubmitEvent): void => {
    event.preventDefault()
    const id = new FormData(event.target as HTMLFormElement).get("event")
    void this.#run({ event: String(id).trim() })
  }

  #fromValues(event: SubmitEvent, asset: string, grain: ReadonlyArray<string>): void {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const given = grain.flatMap((name) => {
      const value = String(form.get(name) ?? "").trim()
      return value === "" ? [] : [[name, value] as const]
    })
    void this.#run({ asset, where: Object.fromEntries(given) })
  }

  async #run(request: TraceRequest): Promise<void> {
    let found: Trace | undefined
    await this.guard(async () => {
      found = await ask("stewardTrace", "/api/steward/trace", request)
    })
    this.trace = found
  }

  #show({ back, events, forward }: Trace): TemplateResult {
    const own = this.#words
    if (events.length === 0 && forward.length === 0) {
      return html`<section class="state">
        <h2>${own.nothing}</h2>
        <p class="quiet">${own.nothingFix}</p>
      </section>`
    }
    return html`${
        back === null
          ? nothing
          : html`<p class="said" role="status">
              ${own.back(this.whole(back.rows), back.asset, this.whole(back.events))} ${back.stale ? own.stale : ""}
            </p>`
      }
      <section class="block wide" tabindex="0" aria-label=${own.events}>
        <h2>
          ${own.events}
          ${back !== null && back.events > events.length ? html`<small>${own.first(this.whole(events.length))}</small>` : nothing}
        </h2>
        <table class="tight">
          <thead>
            <tr>
              <th scope="col">${own.id}</th>
              <th scope="col">${own.source}</th>
              <th scope="col">${own.ingested}</th>
              <th scope="col">${own.batch}</th>
            </tr>
          </thead>
          <tbody>
            ${events.map(
              ({ id, asset, batch, ingestedAt }) =>
                html`<tr>
                  <td><button class="link mono" @click=${() => void this.#run({ event: id })}>${id}</button></td>
                  <td><a href="/steward/assets/${encodeURIComponent(asset)}">${asset}</a></td>
                  <td>${formatInstant(ingestedAt, this.language)}</td>
                  <td><code>${batch}</code></td>
                </tr>`
            )}
          </tbody>
        </table>
      </section>
      <section class="block wide" tabindex="0" aria-label=${own.forward}>
        <h2>${own.forward}</h2>
        <table class="tight">
          <tbody>
            ${forward.map(
              ({ asset, rows, barrier }) =>
                html`<tr>
                  <td><a href="/steward/assets/${encodeURIComponent(asset)}">${asset}</a></td>
                  <td class="number">
                    ${rows === null ? html`<span class="quiet">${own.whole}</span>` : this.whole(rows)}
                  </td>
                  <td class="quiet">${barrier ? own.barrier : ""}</td>
                </tr>`
            )}
          </tbody>
        </table>
      </section>`
  }
}
