import { html } from "lit"
import type { PageEntry } from "../../shell/PageEntry.ts"
import { AssayFit } from "./AssayFit.ts"
import { BuyerBills } from "./BuyerBills.ts"
import { BuyerInbox } from "./BuyerInbox.ts"
import { ComparePage } from "./ComparePage.ts"
import { MyDataPage } from "./MyDataPage.ts"
import { ScenarioPage } from "./ScenarioPage.ts"

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  "assay-fit": AssayFit,
  "buyer-bills": BuyerBills,
  "buyer-inbox": BuyerInbox,
  "compare-page": ComparePage,
  "my-data-page": MyDataPage,
  "scenario-page": ScenarioPage
}
for (const [name, element] of Object.entries(elements)) {
  if (customElements.get(name) === undefined) customElements.define(name, element)
}

/** The pages of buyers beside the catalog, loaded when one of them is first opened. */
export const buyerPages: ReadonlyArray<PageEntry> = [
  ["/buyer", (params, session) => html`<my-data-page .params=${params} .session=${session}></my-data-page>`],
  ["/buyer/scenario", (params, session) => html`<scenario-page .params=${params} .session=${session}></scenario-page>`],
  ["/buyer/compare", (params, session) => html`<compare-page .params=${params} .session=${session}></compare-page>`]
]
