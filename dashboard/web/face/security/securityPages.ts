import { html } from "lit"
import type { PageEntry } from "../../shell/PageEntry.ts"
import { RegisterPage } from "./RegisterPage.ts"
import { SecurityPage } from "./SecurityPage.ts"

const elements: ReadonlyArray<readonly [name: string, element: CustomElementConstructor]> = [
  ["register-page", RegisterPage],
  ["security-page", SecurityPage]
]

for (const [name, element] of elements) if (customElements.get(name) === undefined) customElements.define(name, element)

/** The pages on signing in, for everybody. */
export const securityPages: ReadonlyArray<PageEntry> = [
  ["/register", (params, session) => html`<register-page .params=${params} .session=${session}></register-page>`],
  ["/security", (params, session) => html`<security-page .params=${params} .session=${session}></security-page>`]
]
