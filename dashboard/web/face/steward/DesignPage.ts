import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { Design } from "../../../api/steward/Design.ts"
import type { Drafts } from "../../../api/steward/Drafts.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { ApiProblem } from "../../shell/ApiProblem.ts"
import { ask } from "../../shell/ask.ts"
import { goTo } from "../../shell/goTo.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { blankDraft } from "./blankDraft.ts"
import { designForm } from "./designForm.ts"
import { designResult } from "./designResult.ts"
import type { Draft } from "./Draft.ts"
import { DraftHistory } from "./DraftHistory.ts"
import { guardLeaving } from "./guardLeaving.ts"
import { setIn } from "./setIn.ts"
import { stewardDesignWords } from "./stewardDesignWords.ts"
import { stewardSourceWords } from "./stewardSourceWords.ts"
import { StewardPage } from "./StewardPage.ts"

/** The pause after the last change before the server is asked. */
const pauseMillis = 120

/** From the scenario to the price, reckoned while the steward edits. */
export class DesignPage extends StewardPage {
  static override properties: PropertyDeclarations = {
    draft: { state: true },
    design: { state: true },
    saved: { state: true },
    leaving: { state: true },
    millis: { state: true }
  }
  declare private draft: Draft | undefined
  declare private design: Design | undefined
  declare private saved: string | undefined
  declare private millis: number
  /** Where somebody wants to go with changes that are not saved. */
  declare private leaving: string | undefined
  readonly #history = new DraftHistory()
  #stopGuard: (() => void) | undefined
  #turn = 0
  #due: ReturnType<typeof setTimeout> | undefined
  readonly #drafts = new Loading(this, async () => {
    const drafts = await ask("stewardDrafts", "/api/steward/drafts")
    this.#begin(drafts, this.params["product"] ?? drafts.products[0]?.product ?? "")
    return drafts
  })

  constructor() {
    super()
    this.draft = undefined
    this.design = undefined
    this.saved = undefined
    this.leaving = undefined
    this.millis = 0
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stopGuard = guardLeaving({
      isDirty: () => !this.#history.isSaved(this.draft),
      ask: (address) => {
        this.leaving = address
        scrollTo(0, 0)
      }
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stopGuard?.()
    clearTimeout(this.#due)
  }

  override render(): TemplateResult {
    const own = stewardDesignWords(this.language)
    return html`${this.head(own.title, own.lead, html`<span class="quiet" role="status">${this.#pace()}</span>`)}
    ${this.leaving === undefined ? nothing : this.#leave(this.leaving)}
    ${this.#drafts.show(this.words, (drafts) =>
      drafts.products.length === 0 && drafts.assets.length === 0
        ? html`<section class="state">
            <h2>${own.empty}</h2>
            <p class="quiet">${own.emptyFix}</p>
            <a class="button" href="/steward/sources/connect">${stewardSourceWords(this.language).sources.connect}</a>
          </section>`
        : this.#show(drafts)
    )}`
  }

  #pace(): string {
    const own = stewardDesignWords(this.language)
    if (this.busy) return own.busy
    return this.millis === 0 ? "" : own.tookMillis(formatNumber(this.millis, this.language, 3))
  }

  #leave(address: string): TemplateResult {
    const own = stewardDesignWords(this.language)
    const go = (): void => {
      this.#history.save(this.draft)
      goTo(address)
    }
    return html`<div class="said refused" role="alert">
      <p>${own.unsaved}</p>
      <p class="actions">
        <button
          class="button first"
          @click=${() => void this.#save().then(() => (this.saved === undefined ? undefined : go()))}
        >
          ${own.saveAndLeave}
        </button>
        <button class="button" @click=${go}>${own.leave}</button>
        <button class="button" @click=${() => void (this.leaving = undefined)}>${own.stay}</button>
      </p>
    </div>`
  }

  #show(drafts: Drafts): TemplateResult {
    const own = stewardDesignWords(this.language)
    const { draft } = this
    const isNew = !drafts.products.some(({ product }) => product === draft?.product)
    return html`<div class="columns narrow design">
      <div>
        <section class="block form">
          <label class="field"
            >${own.start}
            <select @change=${(event: Event) => this.#begin(drafts, (event.target as HTMLSelectElement).value)}>
              ${drafts.products.map(
                ({ product, title }) =>
                  html`<option value=${product} .selected=${product === draft?.product}>${this.say(title)}</option>`
              )}
              <optgroup label=${own.fresh}>
                ${drafts.assets.map(({ key }) => html`<option value=${key} .selected=${isNew && key === draft?.from}>${key}</option>`)}
              </optgroup>
            </select>
          </label>
          <p class="actions">
            <button class="button first" ?disabled=${draft === undefined} @click=${() => void this.#save()}>
              ${own.save}
            </button>
            <button class="button" ?disabled=${!this.#history.canUndo} @click=${() => this.#turnBack("undo")}>
              ${own.undo}
            </button>
            <button class="button" ?disabled=${!this.#history.canRedo} @click=${() => this.#turnBack("redo")}>
              ${own.redo}
            </button>
          </p>
          ${this.#history.isSaved(draft) ? nothing : html`<p class="quiet">${own.notSaved}</p>`}
          ${this.saved === undefined ? nothing : this.#next(this.saved)}
        </section>
        ${
          draft === undefined
            ? nothing
            : designForm({ words: own, drafts, draft, set: (path, value) => this.#set(path, value) })
        }
      </div>
      <div class="results" aria-busy=${this.design === undefined && this.problem === undefined}>
        ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
        ${
          this.design === undefined
            ? html`<div class="skeleton"></div>`
            : designResult({
                design: this.design,
                language: this.language,
                say: (label) => this.say(label),
                choose: (epsilon) => this.#set(["release", "epsilon"], epsilon, `place ${epsilon}`),
                change: (field) => this.#focus(field)
              })
        }
      </div>
    </div>`
  }

  #next(product: string): TemplateResult {
    const own = stewardDesignWords(this.language)
    const asks = this.design?.budget.asks ?? 0
    return html`<div class="said" role="status">
      <p>${own.saved(product)}</p>
      <p class="quiet">${own.drawNote(formatNumber(asks, this.language, 3))}</p>
      <p class="actions">
        <button class="button" @click=${() => void this.#draw(product)}>${own.draw}</button>
        <a class="button" href="/steward/review/${encodeURIComponent(product)}">${own.submit}</a>
      </p>
    </div>`
  }

  #begin(drafts: Drafts, start: string): void {
    const known = drafts.products.find(({ product }) => product === start)
    const asset = known === undefined ? (drafts.assets.find(({ key }) => key === start) ?? drafts.assets[0]) : undefined
    if (known === undefined && asset === undefined) return
    this.#history.note(this.draft, "", performance.now())
    this.draft = known === undefined ? blankDraft(drafts, asset!.key) : (known.draft as Draft)
    this.#history.save(this.draft)
    this.design = undefined
    this.problem = undefined
    this.saved = undefined
    void this.#reckon()
  }

  /** @param step names what is one step to undo: typing into a field is one, each place on the curve another */
  #set(path: ReadonlyArray<string | number>, value: unknown, step = path.join(".")): void {
    if (this.draft === undefined) return
    this.#history.note(this.draft, step, performance.now())
    this.draft = setIn(this.draft, path, value)
    this.#soon()
  }

  #turnBack(way: "undo" | "redo"): void {
    if (this.draft === undefined) return
    this.draft = this.#history[way](this.draft) ?? this.draft
    this.#soon()
  }

  #soon(): void {
    this.saved = undefined
    this.busy = true
    clearTimeout(this.#due)
    this.#due = setTimeout(() => void this.#reckon(), pauseMillis)
  }

  /** Goes to the field that a rule speaks of, or to the nearest that stands for it. */
  #focus(field: string): void {
    const parts = field.split(".")
    for (let n = parts.length; n > 0; n--) {
      const found = this.querySelector<HTMLElement>(`[data-path^="${CSS.escape(parts.slice(0, n).join("."))}"]`)
      if (found === null) continue
      found.closest("details")?.setAttribute("open", "")
      found.focus()
      return
    }
  }

  async #reckon(): Promise<void> {
    const { draft } = this
    if (draft === undefined) return
    const turn = ++this.#turn
    this.busy = true
    const began = performance.now()
    try {
      const design = await ask("stewardDesign", "/api/steward/design", { draft })
      if (turn !== this.#turn) return
      this.design = design
      this.problem = undefined
      this.millis = Math.round(performance.now() - began)
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      // What was reckoned last stays beside the complaint, so that a half-typed field does not empty the page.
      if (turn === this.#turn) this.problem = cause
    } finally {
      if (turn === this.#turn) this.busy = false
    }
  }

  async #save(): Promise<void> {
    try {
      const { draft } = this
      const { product } = await ask("stewardSaveDraft", "/api/steward/drafts", { draft })
      this.#history.save(draft)
      this.saved = product
      this.problem = undefined
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      this.problem = cause
    }
  }

  async #draw(product: string): Promise<void> {
    try {
      await ask("stewardStartRun", "/api/steward/runs", { selection: `+release.${product}` })
      goTo("/steward/runs")
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      this.problem = cause
    }
  }
}
