import { html } from "lit"
import type { PageEntry } from "../../shell/PageEntry.ts"
import { AssayPortfolio } from "./AssayPortfolio.ts"
import { PortfolioPage } from "./PortfolioPage.ts"
import { RiskPage } from "./RiskPage.ts"

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  "assay-portfolio": AssayPortfolio,
  "portfolio-page": PortfolioPage,
  "risk-page": RiskPage
}
for (const [name, element] of Object.entries(elements)) {
  if (customElements.get(name) === undefined) customElements.define(name, element)
}

/** The pages of executives beside the value overview, loaded when one of them is first opened. */
export const executivePages: ReadonlyArray<PageEntry> = [
  ["/executive", (params, session) => html`<portfolio-page .params=${params} .session=${session}></portfolio-page>`],
  ["/executive/risk", (params, session) => html`<risk-page .params=${params} .session=${session}></risk-page>`]
]
