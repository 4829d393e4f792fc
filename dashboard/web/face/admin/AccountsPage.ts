import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import { Role } from "../../../api/Role.ts"
import type { Account } from "../../../api/security/Account.ts"
import type { ElevationEntry } from "../../../api/security/ElevationEntry.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { AdminPage } from "./AdminPage.ts"

/** Who may sign in as what, and who was lent a role: each change takes two people. */
export class AccountsPage extends AdminPage {
  static override properties: PropertyDeclarations = { link: { state: true }, asked: { state: true } }
  /** An invitation that was just made: shown once. */
  declare private link: { readonly name: string; readonly link: string } | undefined
  /** The account that is about to be removed. */
  declare private asked: string | undefined
  readonly #accounts = new Loading(this, () => ask("principals", "/api/principals"))
  readonly #elevations = new Loading(this, () => ask("elevations", "/api/elevations"))

  constructor() {
    super()
    this.link = undefined
    this.asked = undefined
  }

  readonly #propose = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const data = new FormData(form)
    void this.guard(async () => {
      const roles = Role.literals.filter((role) => data.getAll("role").includes(role))
      await ask("principalPropose", "/api/principals", { name: String(data.get("name")), roles })
      form.reset()
      await this.#accounts.load()
    })
  }

  #change(name: string, step: "approve" | "remove"): void {
    this.asked = undefined
    void this.guard(async () => {
      const address = `/api/principals/${encodeURIComponent(name)}/${step}`
      await (step === "approve" ? ask("principalApprove", address, "post") : ask("principalRemove", address, "post"))
      await this.#accounts.load()
    })
  }

  #invite(name: string): void {
    void this.guard(async () => {
      this.link = { name, ...(await ask("invite", "/api/invitations", { name })) }
    })
  }

  #elevate(id: string, step: "approve" | "end"): void {
    void this.guard(async () => {
      const address = `/api/elevations/${id}/${step}`
      await (step === "approve" ? ask("elevationApprove", address, "post") : ask("elevationEnd", address, "post"))
      await this.#elevations.load()
    })
  }

  override render(): TemplateResult {
    const { accounts } = this.own
    return html`${this.head(accounts.title, accounts.lead)}
      <div role="status">
        ${
          this.link === undefined
            ? nothing
            : html`<p class="said">${accounts.invited(this.link.name)} <code>${this.link.link}</code></p>`
        }
      </div>
      <div class="columns">
        <div>
          ${this.#accounts.show(this.words, (list) => this.#list(list))}
          ${this.#elevations.show(this.words, (list) => this.#lent(list))}
        </div>
        <form class="block form" @submit=${this.#propose}>
          <h2>${accounts.propose}</h2>
          ${this.field("name", accounts.name, accounts.nameHint)}
          <fieldset class="choices">
            <legend>${accounts.roles}</legend>
            ${Role.literals.map(
              (role) =>
                html`<label><input type="checkbox" name="role" value=${role} /> ${this.words.role[role]}</label>`
            )}
          </fieldset>
          <button class="button first" ?disabled=${this.busy}>${accounts.propose}</button>
        </form>
      </div>`
  }

  #list(list: ReadonlyArray<Account>): TemplateResult {
    const { accounts } = this.own
    if (list.length === 0)
      return html`<section class="state">
        <h2>${accounts.none}</h2>
        <p>${accounts.noneFix}</p>
      </section>`
    return html`<section class="block wide" tabindex="0" role="region" aria-label=${accounts.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">${accounts.name}</th>
            <th scope="col">${accounts.roles}</th>
            <th scope="col">${accounts.state}</th>
            <th scope="col">${accounts.by}</th>
            <th scope="col" class="number">${accounts.passkeys}</th>
            <th scope="col"><span class="hidden-text">${accounts.change}</span></th>
          </tr>
        </thead>
        <tbody>
          ${list.map(
            ({ name, roles, state, addedBy, approvedBy, addedAt, passkeys }) =>
              html`<tr>
                <td>${name}</td>
                <td>${roles.map((role) => this.words.role[role]).join(", ")}</td>
                <td><span class="tag ${state === "active" ? "good" : "warn"}">${accounts.states[state]}</span></td>
                <td>
                  ${addedBy}${approvedBy === null ? "" : ` → ${approvedBy}`}<br /><span class="quiet"
                    >${formatInstant(addedAt, this.language)}</span
                  >
                </td>
                <td class="number">${passkeys}</td>
                <td><span class="actions">${this.#steps(name, state)}</span></td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }

  #steps(name: string, state: Account["state"]): TemplateResult | typeof nothing {
    const { accounts } = this.own
    const button = (label: string, work: () => void): TemplateResult =>
      html`<button class="button" ?disabled=${this.busy} @click=${work}>${label}</button>`
    if (state === "removed") return nothing
    if (this.asked === name) {
      return html`${button(accounts.sure(name), () => this.#change(name, "remove"))}
      ${button(accounts.keep(name), () => void (this.asked = undefined))}`
    }
    return html`${
      state === "proposed"
        ? button(accounts.approve(name), () => this.#change(name, "approve"))
        : button(accounts.invite(name), () => this.#invite(name))
    }
    ${button(accounts.remove(name), () => void (this.asked = name))}`
  }

  #lent(list: ReadonlyArray<ElevationEntry>): TemplateResult {
    const { lent } = this.own
    return this.panel(
      lent.title,
      list.length === 0
        ? html`<p class="quiet">${lent.none}</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">${lent.who}</th>
                <th scope="col">${lent.role}</th>
                <th scope="col">${lent.reason}</th>
                <th scope="col">${lent.until}</th>
                <th scope="col"><span class="hidden-text">${lent.change}</span></th>
              </tr>
            </thead>
            <tbody>
              ${list.map(
                ({ id, name, role, reason, hours, endsAt, state }) =>
                  html`<tr>
                    <td>${name}</td>
                    <td>${this.words.role[role]}</td>
                    <td>${reason}</td>
                    <td>${endsAt === null ? lent.hours(String(hours)) : formatInstant(endsAt, this.language)}</td>
                    <td>
                      ${
                        state === "asked"
                          ? html`<button
                              class="button"
                              ?disabled=${this.busy}
                              @click=${() => this.#elevate(id, "approve")}
                            >
                              ${lent.approve(name)}
                            </button>`
                          : state === "active"
                            ? html`<button
                                class="button"
                                ?disabled=${this.busy}
                                @click=${() => this.#elevate(id, "end")}
                              >
                                ${lent.end(name)}
                              </button>`
                            : html`<span class="quiet">${lent.ended}</span>`
                      }
                    </td>
                  </tr>`
              )}
            </tbody>
          </table>`
    )
  }
}
