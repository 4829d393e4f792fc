import { html } from "lit"
import type { PageEntry } from "../../shell/PageEntry.ts"
import { AssayBusiness } from "./AssayBusiness.ts"
import { AssayPortfolio } from "./AssayPortfolio.ts"
import { AssayStanding } from "./AssayStanding.ts"
import { PortfolioPage } from "./PortfolioPage.ts"
import { RevenuePage } from "./RevenuePage.ts"
import { RiskPage } from "./RiskPage.ts"
import { ValuePage } from "./ValuePage.ts"

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  "assay-business": AssayBusiness,
  "assay-portfolio": AssayPortfolio,
  "assay-standing": AssayStanding,
  "portfolio-page": PortfolioPage,
  "revenue-page": RevenuePage,
  "risk-page": RiskPage,
  "value-page": ValuePage
}
for (const [name, element] of Object.entries(elements)) {
  if (customElements.get(name) === undefined) customElements.define(name, element)
}

/** The pages of executives, the value overview first, loaded when one of them is first opened. */
export const executivePages: ReadonlyArray<PageEntry> = [
  ["/value", (params, session) => html`<value-page .params=${params} .session=${session}></value-page>`],
  ["/executive", (params, session) => html`<portfolio-page .params=${params} .session=${session}></portfolio-page>`],
  [
    "/executive/revenue",
    (params, session) => html`<revenue-page .params=${params} .session=${session}></revenue-page>`
  ],
  ["/executive/risk", (params, session) => html`<risk-page .params=${params} .session=${session}></risk-page>`]
]
