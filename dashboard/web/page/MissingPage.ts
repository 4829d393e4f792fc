import { html } from "lit"
import type { TemplateResult } from "lit"
import { Page } from "./Page.ts"

/** An address that leads nowhere. */
export class MissingPage extends Page {
  override render(): TemplateResult {
    const { words } = this
    return html`<section class="state">
      <h1 tabindex="-1">${words.problem.unknown}</h1>
      <p>${words.problem.noPage}</p>
      <a class="button" href="/">${words.problem.home}</a>
    </section>`
  }
}
