import { html, nothing } from "lit"
import type { TemplateResult, PropertyDeclarations } from "lit"
import { Page } from "../../page/Page.ts"
import { ApiProblem } from "../../shell/ApiProblem.ts"
import { passkeys } from "../../shell/passkeys.ts"
import { showPasskeyProblem } from "./showPasskeyProblem.ts"
import { securityWords } from "./securityWords.ts"

/** Makes a passkey for who was invited. The token stays where only the browser sees it, and leaves the address at once. */
export class RegisterPage extends Page {
  static override properties: PropertyDeclarations = { problem: { state: true }, busy: { state: true } }
  declare private problem: ApiProblem | undefined
  declare private busy: boolean
  #token = ""

  constructor() {
    super()
    this.problem = undefined
    this.busy = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (location.hash.length <= 1) return
    this.#token = location.hash.slice(1)
    history.replaceState(null, "", location.pathname)
  }

  readonly #register = async (): Promise<void> => {
    this.busy = true
    this.problem = undefined
    try {
      const session = await passkeys.register(securityWords(this.language).suggestion, this.#token)
      this.dispatchEvent(new CustomEvent("signed-in", { detail: session, bubbles: true }))
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      this.problem = cause
    } finally {
      this.busy = false
    }
  }

  override render(): TemplateResult {
    const own = securityWords(this.language)
    return html`<section class="state">
        <h1 tabindex="-1">${own.register}</h1>
        ${
          this.#token === ""
            ? html`<p>${own.registerMissing}</p>`
            : html`<p>${own.registerLead}</p>
                <button class="button first" ?disabled=${this.busy} @click=${this.#register}>
                  ${this.busy ? own.registering : own.register}
                </button>`
        }
      </section>
      ${this.problem === undefined ? nothing : showPasskeyProblem(this.problem, this.words, this.language)}`
  }
}
