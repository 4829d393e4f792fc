import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import { Page } from "../../page/Page.ts"
import { passkeys } from "../../shell/passkeys.ts"
import { showPasskeyProblem } from "./showPasskeyProblem.ts"
import { securityWords } from "./securityWords.ts"

/** Makes a passkey for who was invited. The token stays where only the browser sees it, and leaves the address at once. */
export class RegisterPage extends Page {
  #token = ""

  override connectedCallback(): void {
    super.connectedCallback()
    if (location.hash.length <= 1) return
    this.#token = location.hash.slice(1)
    history.replaceState(null, "", location.pathname)
  }

  readonly #register = async (): Promise<void> => {
    await this.guard(async () => {
      const session = await passkeys.register(securityWords(this.language).suggestion, this.#token)
      this.dispatchEvent(new CustomEvent("signed-in", { detail: session, bubbles: true }))
    })
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
