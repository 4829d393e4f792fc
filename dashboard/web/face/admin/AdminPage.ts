import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import { Page } from "../../page/Page.ts"
import { showProblem } from "../../shell/showProblem.ts"
import type { Words } from "../../words/Words.ts"
import { adminHouseWords } from "./adminHouseWords.ts"
import { adminProblemWords } from "./adminProblemWords.ts"
import { adminWords } from "./adminWords.ts"

/** What the pages of admins share: their words, what was refused under the head, and the fields of their forms. */
export abstract class AdminPage extends Page {
  /** What is refused here is told in the words of these pages: the server speaks of verbs of the terminal. */
  protected override get words(): Words {
    const words = super.words
    return { ...words, problems: { ...words.problems, ...adminProblemWords(this.language) } }
  }

  protected get house(): ReturnType<typeof adminHouseWords> {
    return adminHouseWords(this.language)
  }

  protected get own(): ReturnType<typeof adminWords> {
    return adminWords(this.language)
  }

  /** What stands in the way is said under the head. */
  protected override head(title: string, lead: string): TemplateResult {
    return html`${super.head(title, lead)}
    ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}`
  }

  /** The texts of a form's fields by their names. */
  protected texts(event: SubmitEvent): { readonly form: HTMLFormElement; readonly text: (name: string) => string } {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const data = new FormData(form)
    return { form, text: (name) => String(data.get(name) ?? "").trim() }
  }

  protected field(name: string, label: string, hint: string, isRequired = true, list?: string): TemplateResult {
    return html`<label class="field"
      ><span>${label}</span>
      <input
        name=${name}
        ?required=${isRequired}
        autocomplete="off"
        list=${list ?? nothing}
        aria-describedby="hint-${name}"
      />
      <small class="quiet" id="hint-${name}">${hint}</small></label
    >`
  }
}
