import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { ProductReview } from "../../../api/steward/ProductReview.ts"
import type { RecordedEvidence } from "../../../api/steward/RecordedEvidence.ts"
import { ask } from "../../shell/ask.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { stewardDecisionWords } from "./stewardDecisionWords.ts"
import { StewardPage } from "./StewardPage.ts"

const dayMillis = 86_400_000
const mostBytes = 4 << 20
const usualDays = 180

const inDays = (days: number): string => new Date(Date.now() + days * dayMillis).toISOString().slice(0, 10)

/** Puts a file on record for a gate or an item, under the name of who is here and until a day. */
export class EvidenceForm extends StewardPage {
  static override properties: PropertyDeclarations = {
    review: { attribute: false },
    item: { attribute: false },
    file: { state: true },
    tooLarge: { state: true }
  }
  declare review: ProductReview | undefined
  /** The gate or item that it is about; `all` for what an assessment file says. */
  declare item: string
  declare private file: File | undefined
  declare private tooLarge: boolean

  constructor() {
    super()
    this.review = undefined
    this.item = ""
    this.file = undefined
    this.tooLarge = false
  }

  override render(): TemplateResult {
    const own = stewardDecisionWords(this.language)
    const { review } = this
    if (review === undefined || review.recordable.length === 0) return html``
    const reads = isAssessment(this.file)
    const chosen = review.recordable.find(({ id }) => id === this.item) ?? review.recordable[0]!
    return html`<section class="block" aria-label=${own.add}>
      <h2>${own.add}</h2>
      <p class="quiet">${own.addLead}</p>
      <form class="form" @submit=${(event: SubmitEvent) => void this.#record(event, review, chosen, reads)}>
        <div class="three">
          <label class="field"
            >${own.chooseFile}
            <input name="file" type="file" required @change=${this.#choose} />
          </label>
          <label class="field"
            >${own.chooseItem}
            <select
              name="item"
              @change=${(event: Event) => void (this.item = (event.target as HTMLSelectElement).value)}
            >
              ${reads ? html`<option value="all" ?selected=${this.item === "all"}>${own.all}</option>` : nothing}
              ${review.recordable.map(
                ({ id, name, isGate }) =>
                  html`<option value=${id} ?selected=${id === chosen.id && this.item !== "all"}>
                    ${isGate ? `${id} ` : ""}${this.say(name)}
                  </option>`
              )}
            </select>
          </label>
          ${reads ? nothing : this.#verdict(chosen.isGate)}
        </div>
        ${
          reads
            ? html`<p class="quiet">${own.reads}</p>`
            : html`<label class="field"
                >${own.noteField} <input name="note" type="text" maxlength="500" required autocomplete="off"
              /></label>`
        }
        ${this.tooLarge ? html`<p class="bad" role="alert">${own.tooLarge}</p>` : nothing}
        ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
        <p><button class="button first" ?disabled=${this.busy}>${own.record}</button></p>
      </form>
    </section>`
  }

  #verdict(isGate: boolean): TemplateResult {
    const own = stewardDecisionWords(this.language)
    return html`${
        isGate
          ? html`<label class="field"
              >${own.verdict}
              <select name="value">
                <option value="1">${own.passes}</option>
                <option value="0">${own.fails}</option>
              </select>
            </label>`
          : html`<label class="field"
              >${own.score} <input name="value" type="number" min="0" max="1" step="0.01" value="1" required
            /></label>`
      }
      <label class="field"
        >${own.untilField}
        <input name="until" type="date" required min=${inDays(1)} max=${inDays(365)} value=${inDays(usualDays)} />
      </label>`
  }

  readonly #choose = (event: Event): void => {
    this.file = (event.target as HTMLInputElement).files?.[0]
    this.tooLarge = (this.file?.size ?? 0) > mostBytes
    if (this.item === "all") this.item = ""
    else if (this.item === "" && isAssessment(this.file)) this.item = "all"
  }

  async #record(
    event: SubmitEvent,
    { product }: ProductReview,
    chosen: ProductReview["recordable"][number],
    reads: boolean
  ): Promise<void> {
    event.preventDefault()
    const { file } = this
    if (file === undefined || this.tooLarge) return
    const form = event.target as HTMLFormElement
    const given = new FormData(form)
    const days = Math.round((Date.parse(String(given.get("until"))) - Date.parse(inDays(0))) / dayMillis)
    const said = reads ? {} : { value: Number(given.get("value")), note: String(given.get("note")).trim(), days }
    await this.guard(async () => {
      const recorded = await ask(
        "stewardRecordEvidence",
        `/api/steward/review/${encodeURIComponent(product)}/evidence`,
        {
          item: this.item === "all" ? "all" : chosen.id,
          name: file.name,
          content: await base64(file),
          ...said
        }
      )
      form.reset()
      this.file = undefined
      this.dispatchEvent(new CustomEvent<RecordedEvidence>("recorded", { detail: recorded }))
    })
  }
}

/** The bytes of a file as the server takes them. */
const base64 = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener("load", () => resolve(String(reader.result).replace(/^[^,]*,/, "")))
    reader.addEventListener("error", () => reject(reader.error ?? new Error("the file cannot be read")))
    reader.readAsDataURL(file)
  })

/** Whether a file says itself what it vouches for. */
const isAssessment = (file: File | undefined): boolean => file !== undefined && /\.(ya?ml|json)$/i.test(file.name)
