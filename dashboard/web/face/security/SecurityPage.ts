import { html, nothing } from "lit"
import type { TemplateResult, PropertyDeclarations } from "lit"
import type { Passkey } from "../../../api/security/Passkey.ts"
import type { SessionEntry } from "../../../api/security/SessionEntry.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { passkeys } from "../../shell/passkeys.ts"
import { securityWords } from "./securityWords.ts"
import { showPasskeyProblem } from "./showPasskeyProblem.ts"

/** The caller's passkeys and open sessions, to add and to end. */
export class SecurityPage extends Page {
  static override properties: PropertyDeclarations = { asked: { state: true }, confirmed: { state: true } }
  /** The passkey that is about to be removed. */
  declare private asked: string | undefined
  declare private confirmed: boolean
  readonly #passkeys = new Loading(this, () => ask("passkeys", "/api/passkeys"))
  readonly #sessions = new Loading(this, () => ask("sessions", "/api/sessions"))

  constructor() {
    super()
    this.asked = undefined
    this.confirmed = false
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    await this.guard(async () => {
      await work()
      this.asked = undefined
      await Promise.all([this.#passkeys.load(), this.#sessions.load()])
    })
  }

  readonly #add = (event: SubmitEvent): void => {
    event.preventDefault()
    const label = new FormData(event.currentTarget as HTMLFormElement).get("label")
    void this.#try(() => passkeys.register(String(label).trim() || securityWords(this.language).suggestion))
  }

  readonly #confirm = (): void =>
    void this.#try(async () => {
      await passkeys.verify()
      this.confirmed = true
    })

  override render(): TemplateResult {
    const { words, language } = this
    const own = securityWords(language)
    return html`${this.head(own.title, own.lead)}
    ${this.problem === undefined ? nothing : showPasskeyProblem(this.problem, words, language)}
    ${this.#passkeys.show(words, (all) => this.#keys(all))} ${this.#sessions.show(words, (all) => this.#open(all))}`
  }

  #keys(all: ReadonlyArray<Passkey>): TemplateResult {
    const own = securityWords(this.language)
    return this.panel(
      own.passkeys,
      html`${
          all.length === 0
            ? html`<p>${own.none}</p>`
            : html`<table>
                <thead>
                  <tr>
                    <th scope="col">${own.name}</th>
                    <th scope="col">${own.where}</th>
                    <th scope="col">${own.added}</th>
                    <th scope="col">${own.used}</th>
                    <th scope="col"><span class="hidden-text">${own.remove}</span></th>
                  </tr>
                </thead>
                <tbody>
                  ${all.map((one) => this.#key(one))}
                </tbody>
              </table>`
        }
        <form class="form row end" @submit=${this.#add}>
          <label class="field">${own.label} <input name="label" maxlength="60" value=${own.suggestion} /></label>
          <button class="button first">${own.add}</button>
          ${
            all.length === 0
              ? nothing
              : html`<button type="button" class="button" @click=${this.#confirm}>${own.confirm}</button>`
          }
        </form>
        ${this.confirmed ? html`<p role="status">${own.confirmed}</p>` : nothing}`
    )
  }

  #key({ id, label, synced, createdAt, usedAt }: Passkey): TemplateResult {
    const { language } = this
    const own = securityWords(language)
    const remove = (): void => {
      if (this.asked === id) void this.#try(() => ask("passkeyRemove", `/api/passkeys/${id}/remove`, "post"))
      else this.asked = id
    }
    return html`<tr>
      <td>${label}</td>
      <td>${synced ? own.synced : own.here}</td>
      <td>${formatInstant(createdAt, language)}</td>
      <td>${usedAt === null ? own.never : formatInstant(usedAt, language)}</td>
      <td><button class="button" @click=${remove}>${this.asked === id ? own.sure : own.remove}</button></td>
    </tr>`
  }

  #open(all: ReadonlyArray<SessionEntry>): TemplateResult {
    const { words, language } = this
    const own = securityWords(language)
    return html`<section class="block wide apart" tabindex="0" role="region" aria-label=${own.sessions}>
      <h2>${own.sessions}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">${own.role}</th>
            <th scope="col">${own.by}</th>
            <th scope="col">${own.signedIn}</th>
            <th scope="col">${own.ends}</th>
            <th scope="col"><span class="hidden-text">${own.end}</span></th>
          </tr>
        </thead>
        <tbody>
          ${all.map(
            (one) =>
              html`<tr>
                <td>${words.role[one.role]}</td>
                <td>${own.method[one.method]}</td>
                <td>${formatInstant(one.signedInAt, language)}</td>
                <td>${formatInstant(one.endsAt, language)}</td>
                <td>
                  ${
                    one.current
                      ? own.current
                      : html`<button
                          class="button"
                          @click=${() => void this.#try(() => ask("sessionEnd", `/api/sessions/${one.id}/end`, "post"))}
                        >
                          ${own.end}
                        </button>`
                  }
                </td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }
}
