import { html } from "lit"
import type { PageEntry } from "../../shell/PageEntry.ts"
import { AccountsPage } from "./AccountsPage.ts"
import { BuyersPage } from "./BuyersPage.ts"
import { HousePage } from "./HousePage.ts"

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  "accounts-page": AccountsPage,
  "buyers-page": BuyersPage,
  "house-page": HousePage
}
for (const [name, element] of Object.entries(elements)) {
  if (customElements.get(name) === undefined) customElements.define(name, element)
}

/** The pages of admins, loaded when one of them is first opened. */
export const adminPages: ReadonlyArray<PageEntry> = [
  ["/admin", (params, session) => html`<accounts-page .params=${params} .session=${session}></accounts-page>`],
  ["/admin/buyers", (params, session) => html`<buyers-page .params=${params} .session=${session}></buyers-page>`],
  ["/admin/house", (params, session) => html`<house-page .params=${params} .session=${session}></house-page>`]
]
