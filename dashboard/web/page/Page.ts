import { html, LitElement, nothing } from "lit"
import type { PropertyDeclarations, PropertyValues, TemplateResult } from "lit"
import type { Label } from "../../api/Label.ts"
import type { Session } from "../../api/Session.ts"
import type { Language } from "../format/Language.ts"
import { ApiProblem } from "../shell/ApiProblem.ts"
import { followSettings } from "../shell/followSettings.ts"
import { keepFocus } from "../shell/keepFocus.ts"
import { settings } from "../shell/settings.ts"
import type { Words } from "../words/Words.ts"
import { wordsFor } from "../words/wordsFor.ts"

/** What all pages share: the address's parameters, who is signed in, the reader's language, changes that may be refused. Drawn in the document itself, under the page's styles. */
export abstract class Page extends LitElement {
  static override properties: PropertyDeclarations = {
    params: { attribute: false },
    session: { attribute: false },
    problem: { state: true },
    busy: { state: true }
  }
  declare params: Readonly<Record<string, string>>
  declare session: Session["session"]
  declare protected problem: ApiProblem | undefined
  declare protected busy: boolean

  constructor() {
    super()
    this.params = {}
    this.session = null
    this.problem = undefined
    this.busy = false
    followSettings(this)
    keepFocus(this)
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  /** What stands in the way is brought into sight: it is said at the head of a page that may be long. */
  protected override updated(changed: PropertyValues): void {
    if (changed.has("problem")) this.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" })
  }

  protected get language(): Language {
    return settings.language
  }

  protected get words(): Words {
    return wordsFor(settings.language)
  }

  protected say(label: Label): string {
    return this.language === "en" ? label.en : label.zh
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

  /** The head of a page: what it is, what it is for, and at its end what can be done. */
  protected head(title: string, lead: string, tools?: TemplateResult): TemplateResult {
    return html`<header class="head">
      <div>
        <h1 tabindex="-1">${title}</h1>
        <p>${lead}</p>
      </div>
      ${tools === undefined ? nothing : html`<div class="actions">${tools}</div>`}
    </header>`
  }

  /** A number with its name, in a strip of such. */
  protected figure(name: string, value: unknown, note: unknown = ""): TemplateResult {
    return html`<div class="figure">
      <dt>${name}</dt>
      <dd>${value} <small>${note}</small></dd>
    </div>`
  }

  /** A part of a page: its table may be wider than the screen. */
  protected panel(title: string, body: TemplateResult): TemplateResult {
    return html`<section class="block wide" tabindex="0" role="region" aria-label=${title}>
      <h2>${title}</h2>
      ${body}
    </section>`
  }
}
