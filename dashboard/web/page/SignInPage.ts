import { html, nothing } from "lit"
import type { TemplateResult, PropertyDeclarations } from "lit"
import type { Session } from "../../api/Session.ts"
import { ask } from "../shell/ask.ts"
import { companySignIn } from "../shell/companySignIn.ts"
import { passkeys } from "../shell/passkeys.ts"
import { showProblem } from "../shell/showProblem.ts"
import { Page } from "./Page.ts"

/** Takes the token from the address, where only the browser sees it, and spends it. Without one it says how to get one. */
export class SignInPage extends Page {
  static override properties: PropertyDeclarations = { company: { state: true } }
  /** What the company's sign-in is called; null where there is none. */
  declare private company: string | null

  constructor() {
    super()
    this.company = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const token = location.hash.slice(1)
    const answer = new URLSearchParams(location.search)
    // Out of the address bar and the history before anything else happens.
    if (token !== "" || answer.has("state")) history.replaceState(null, "", location.pathname)
    if (token !== "") void this.#spend(token)
    else if (answer.has("state")) void this.#sign(() => companySignIn.finish(answer))
    void ask("openIdOffer", "/api/openid").then(
      ({ label }) => (this.company = label),
      // Without an answer there is no button; the page says by itself what is wrong once it is used.
      () => undefined
    )
  }

  readonly #viaCompany = (): Promise<void> =>
    this.#sign(async () => {
      location.assign(await companySignIn.begin())
      return new Promise<never>(() => undefined)
    })

  readonly #passkey = (): void => void this.#sign(passkeys.signIn)

  readonly #spend = (token: string): Promise<void> =>
    this.#sign(async () => (await ask("signIn", "/api/sign-in", { token })).session)

  async #sign(work: () => Promise<Session["session"]>): Promise<void> {
    await this.guard(async () => {
      const session = await work()
      this.dispatchEvent(new CustomEvent("signed-in", { detail: session, bubbles: true }))
    })
  }

  override render(): TemplateResult {
    const { words, session } = this
    if (this.problem !== undefined) {
      const { code } = this.problem.problem
      return html`${showProblem(this.problem, words)}
      ${/passkey|openid/.test(code) ? html`<section class="state">${this.#buttons()}</section>` : nothing}
      ${this.#how()}`
    }
    if (this.busy) return html`<p class="state" aria-busy="true">${words.signIn.busy}</p>`
    return html`<section class="state">
      <h1 tabindex="-1">${words.signIn.title}</h1>
      <p>${session === null ? words.signIn.lead : words.signIn.already(words.role[session.role])}</p>
      ${this.#buttons()} ${this.#how()}
    </section>`
  }

  #buttons(): TemplateResult {
    const { words, company } = this
    return html`<div class="actions">
      <button class="button first" @click=${this.#passkey}>${words.signIn.passkey}</button>
      ${
        company === null
          ? nothing
          : html`<button class="button" @click=${this.#viaCompany}>${words.signIn.company(company)}</button>`
      }
    </div>`
  }

  #how(): TemplateResult {
    const { words } = this
    return html`<div class="block end">
      <h2>${words.signIn.how}</h2>
      <table>
        <tbody>
          ${(["buyer", "steward", "executive", "customer", "admin", "auditor"] as const).map(
            (role) =>
              html`<tr>
                <td>${words.role[role]}</td>
                <td><code>npm run assay -- sign-in ${role}</code></td>
              </tr>`
          )}
        </tbody>
      </table>
      <p class="quiet end">${words.signIn.note}</p>
    </div>`
  }
}
