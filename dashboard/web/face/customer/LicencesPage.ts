import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { LicenceDraft } from "../../../api/customer/LicenceDraft.ts"
import type { Licences } from "../../../api/customer/Licences.ts"
import type { LicenceChange } from "../../../api/customer/LicenceChange.ts"
import type { RevocationReceipt } from "../../../api/customer/RevocationReceipt.ts"
import type { Passkey } from "../../../api/security/Passkey.ts"
import { formatDay } from "../../format/formatDay.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { CustomerPage } from "./CustomerPage.ts"
import { choiceForm } from "./choiceForm.ts"
import { customerLevelWords } from "./customerLevelWords.ts"
import { customerWords } from "./customerWords.ts"
import { evidenceLevels } from "./evidenceLevels.ts"
import { frozenList } from "./frozenList.ts"
import { signLicence } from "./signLicence.ts"

/** What a customer allows; changed in one step, after its words were read. */
export class LicencesPage extends CustomerPage {
  static override properties: PropertyDeclarations = {
    editing: { state: true },
    draft: { state: true },
    read: { state: true },
    outcome: { state: true },
    asked: { state: true },
    signer: { state: true }
  }
  declare private editing: boolean
  declare private draft: { readonly change: LicenceChange; readonly said: LicenceDraft } | undefined
  declare private read: boolean
  /** What was done last: null where nothing froze. */
  declare private outcome: RevocationReceipt | null | undefined
  declare private asked: boolean
  /** Digest of the passkey that signs; undefined for the one used last. */
  declare private signer: string | undefined
  readonly #passkeys = new Loading(this, () => ask("passkeys", "/api/passkeys"))
  readonly #licences = new Loading(this, () => ask("customerLicences", "/api/customer/licences"))

  constructor() {
    super()
    this.editing = false
    this.draft = undefined
    this.read = false
    this.outcome = undefined
    this.asked = false
    this.signer = undefined
  }

  /** The caller's passkeys, the one used last first. */
  get #signers(): ReadonlyArray<Passkey> {
    return (this.#passkeys.value ?? []).toSorted((a, b) =>
      (b.usedAt ?? b.createdAt).localeCompare(a.usedAt ?? a.createdAt)
    )
  }

  override render(): TemplateResult {
    const words = customerWords(this.language).licences
    return html`${this.head(words.title, words.lead)}
    ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
    ${this.outcome === undefined ? nothing : this.#done(this.outcome)}
    ${this.#licences.show(this.words, (licences) => this.#show(licences))}`
  }

  #done(receipt: RevocationReceipt | null): TemplateResult {
    const words = customerWords(this.language).licences
    return html`<section class="block notice" role="status">
      <h2>${words.done}</h2>
      ${
        receipt === null
          ? html`<p>${words.nothingFroze}</p>`
          : html`<p>${words.receipt(receipt.index, receipt.epoch)}</p>
              <p class="mono quiet">${receipt.root}</p>
              <h3>${words.froze}</h3>
              ${frozenList(receipt.frozen, this.language)}`
      }
    </section>`
  }

  #show(licences: Licences): TemplateResult {
    const words = customerWords(this.language).licences
    const { state, basis, evidence, from, until } = licences
    const shown = (day: string | null): string => (day === null ? words.noEnd : formatDay(day, this.language))
    return html`<dl class="strip">
        <div class="figure">
          <dt>${words.state}</dt>
          <dd>${words.states[state]}</dd>
        </div>
        <div class="figure">
          <dt>${words.basis}</dt>
          <dd class="long">
            ${words.bases[basis]}${evidence === null ? nothing : html`<small>${words.evidences[evidence - 1]}</small>`}
          </dd>
        </div>
        <div class="figure">
          <dt>${words.from}</dt>
          <dd>${from === null ? "–" : formatDay(from, this.language)}</dd>
        </div>
        <div class="figure">
          <dt>${words.until}</dt>
          <dd>${basis === "none" ? "–" : shown(until)}</dd>
        </div>
      </dl>
      <section class="block">
        <assay-licences .licences=${licences}></assay-licences>
        ${basis === "none" && state !== "ERASED" ? html`<p class="end">${words.again}</p>` : nothing}
        ${
          state === "ERASED"
            ? nothing
            : html`<p class="actions end">
                <button
                  class="button first"
                  aria-expanded=${this.editing}
                  @click=${() => {
                    this.editing = !this.editing
                    this.draft = undefined
                  }}
                >
                  ${words.change}
                </button>
                ${this.#withdraw(licences)}
              </p>`
        }
      </section>
      ${this.editing ? this.#edit(licences) : nothing} ${evidenceLevels(evidence, this.language)}`
  }

  #withdraw({ basis }: Licences): TemplateResult | typeof nothing {
    const words = customerWords(this.language).licences
    if (basis === "none") return nothing
    if (!this.asked)
      return html`<button
          class="button"
          @click=${() => {
            this.asked = true
          }}
        >
          ${words.withdraw}
        </button>
        <span class="quiet">${words.withdrawLead}</span>`
    return html`<button class="button danger" ?disabled=${this.busy} @click=${this.#revoke}>
        ${words.withdrawSure}
      </button>
      <button
        class="button"
        @click=${() => {
          this.asked = false
        }}
      >
        ${words.discard}
      </button>`
  }

  #edit(licences: Licences): TemplateResult {
    const words = customerWords(this.language).licences
    return html`<section class="block apart">
        <h2>${words.change}</h2>
        <p class="quiet">${words.changeLead}</p>
        ${choiceForm(licences, this.language, (change) => void this.#preview(change), this.#wrongDay())}
      </section>
      ${this.draft === undefined ? nothing : this.#confirm(this.draft.said)}`
  }

  #wrongDay(): string | undefined {
    const code = this.problem?.problem.code
    return code === "licence.until" ? this.words.problems[code]?.message : undefined
  }

  #confirm({ notice, lost, gained, takesAway }: LicenceDraft): TemplateResult {
    const words = customerWords(this.language).licences
    const list = (labels: typeof lost, none: string): TemplateResult =>
      labels.length === 0
        ? html`<p class="quiet">${none}</p>`
        : html`<ul class="plain">
            ${labels.map((label) => html`<li>${this.say(label)}</li>`)}
          </ul>`
    return html`<section class="block apart">
      <h2 class="agree" tabindex="-1">${words.agree}</h2>
      <ol class="promises">
        ${notice.map((line) => html`<li>${this.say(line)}</li>`)}
      </ol>
      <div class="pair end">
        <div>
          <h3>${words.lost}</h3>
          ${list(lost, takesAway ? words.narrower : words.nothing)}
        </div>
        <div>
          <h3>${words.gained}</h3>
          ${list(gained, words.nothing)}
        </div>
      </div>
      ${takesAway ? html`<p class="end"><span class="mark-text">${words.warn}</span></p>` : nothing}
      <p class="end">${this.#signers.length === 0 ? this.#advice() : this.#chooseSigner()}</p>
      <p class="actions end">
        <label class="check"
          ><input
            type="checkbox"
            .checked=${this.read}
            @change=${(event: Event) => {
              this.read = (event.target as HTMLInputElement).checked
            }}
          />
          ${words.sure}</label
        >
        <button class="button first" ?disabled=${!this.read || this.busy} @click=${this.#change}>
          ${this.#signers.length === 0 ? words.confirm : words.sign}
        </button>
        <button
          class="button"
          @click=${() => {
            this.editing = false
            this.draft = undefined
          }}
        >
          ${words.discard}
        </button>
      </p>
      <p class="quiet" role="status">${this.busy ? customerLevelWords(this.language).waiting : nothing}</p>
    </section>`
  }

  #advice(): TemplateResult {
    const words = customerLevelWords(this.language)
    return html`<span class="quiet">${words.byClick}</span> <a href="/security">${words.makePasskey}</a>`
  }

  #chooseSigner(): TemplateResult {
    const words = customerLevelWords(this.language)
    const [first, ...rest] = this.#signers
    if (rest.length === 0) return html`${words.byPasskey(first!.label)}`
    return html`<label class="field"
      >${words.choose}
      <select
        name="signer"
        @change=${(event: Event) => {
          this.signer = (event.target as HTMLSelectElement).value
        }}
      >
        ${this.#signers.map(({ digest, label }) => html`<option value=${digest}>${label}</option>`)}
      </select></label
    >`
  }

  #preview(change: LicenceChange): Promise<void> {
    return this.guard(async () => {
      this.read = false
      this.draft = { change, said: await ask("customerDraft", "/api/customer/licences/draft", change) }
      // What is agreed to is what is read next.
      await this.updateComplete
      this.querySelector<HTMLElement>(".agree")?.focus()
    })
  }

  readonly #change = (): Promise<void> =>
    this.guard(async () => {
      const { change, said } = this.draft!
      const language = this.language === "en" ? "en" : "zh"
      const passkey = this.signer ?? this.#signers[0]?.digest
      const { receipt } = await (passkey === undefined
        ? ask("customerChange", "/api/customer/licences", { ...change, notice: said.sha256, language })
        : signLicence({ change, said, language, passkey }))
      this.#settled(receipt)
    })

  readonly #revoke = (): Promise<void> =>
    this.guard(async () => {
      this.#settled(await ask("customerRevoke", "/api/customer/revoke", "post"))
    })

  #settled(receipt: RevocationReceipt | null): void {
    this.outcome = receipt
    this.editing = false
    this.draft = undefined
    this.asked = false
    void this.#licences.load()
    // What happened stands above what was pressed.
    void this.updateComplete.then(() => this.querySelector("h1")?.focus())
  }
}
