import { html } from "lit"
import type { PageEntry } from "../../shell/PageEntry.ts"
import { AccountsPage } from "./AccountsPage.ts"
import { BackupsPage } from "./BackupsPage.ts"
import { BuyersPage } from "./BuyersPage.ts"
import { CapsPage } from "./CapsPage.ts"
import { MoneyPage } from "./MoneyPage.ts"

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  "accounts-page": AccountsPage,
  "backups-page": BackupsPage,
  "buyers-page": BuyersPage,
  "caps-page": CapsPage,
  "money-page": MoneyPage
}
for (const [name, element] of Object.entries(elements)) {
  if (customElements.get(name) === undefined) customElements.define(name, element)
}

/** The pages of admins, loaded when one of them is first opened. */
export const adminPages: ReadonlyArray<PageEntry> = [
  ["/admin", (params, session) => html`<accounts-page .params=${params} .session=${session}></accounts-page>`],
  ["/admin/buyers", (params, session) => html`<buyers-page .params=${params} .session=${session}></buyers-page>`],
  ["/admin/caps", (params, session) => html`<caps-page .params=${params} .session=${session}></caps-page>`],
  ["/admin/money", (params, session) => html`<money-page .params=${params} .session=${session}></money-page>`],
  ["/admin/backups", (params, session) => html`<backups-page .params=${params} .session=${session}></backups-page>`]
]
