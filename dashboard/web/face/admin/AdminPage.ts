import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import { Page } from "../../page/Page.ts"
import { ApiProblem } from "../../shell/ApiProblem.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { adminWords } from "./adminWords.ts"

/** What the pages of admins share: their words, and changes that may be refused. */
export abstract class AdminPage extends Page {
  static override properties: PropertyDeclarations = { problem: { state: true }, busy: { state: true } }
  declare protected problem: ApiProblem | undefined
  declare protected busy: boolean

  constructor() {
    super()
    this.problem = undefined
    this.busy = false
  }

  protected get own(): ReturnType<typeof adminWords> {
    return adminWords(this.language)
  }

  /** Does a change; what the server refuses is shown with its way out. */
  protected async guard(work: () => Promise<void>): Promise<void> {
    this.problem = undefined
    this.busy = true
    try {
      await work()
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      this.problem = cause
    } finally {
      this.busy = false
    }
  }

  protected head(title: string, lead: string): TemplateResult {
    return html`<header class="head">
        <div>
          <h1 tabindex="-1">${title}</h1>
          <p>${lead}</p>
        </div>
      </header>
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}`
  }

  protected field(name: string, label: string, hint: string, isRequired = true): TemplateResult {
    return html`<label class="field"
      ><span>${label}</span>
      <input name=${name} ?required=${isRequired} autocomplete="off" aria-describedby="hint-${name}" />
      <small class="quiet" id="hint-${name}">${hint}</small></label
    >`
  }
}
