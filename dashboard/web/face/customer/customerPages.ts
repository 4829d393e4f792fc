import { html } from "lit"
import type { PageEntry } from "../../shell/PageEntry.ts"
import { AssayBenefits } from "./AssayBenefits.ts"
import { AssayLicences } from "./AssayLicences.ts"
import { AssayUses } from "./AssayUses.ts"
import { BenefitsPage } from "./BenefitsPage.ts"
import { ErasePage } from "./ErasePage.ts"
import { LicencesPage } from "./LicencesPage.ts"
import { ReceiptsPage } from "./ReceiptsPage.ts"
import { UsesPage } from "./UsesPage.ts"

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  "assay-uses": AssayUses,
  "assay-licences": AssayLicences,
  "assay-benefits": AssayBenefits,
  "uses-page": UsesPage,
  "licences-page": LicencesPage,
  "benefits-page": BenefitsPage,
  "receipts-page": ReceiptsPage,
  "erase-page": ErasePage
}
for (const [name, element] of Object.entries(elements)) {
  if (customElements.get(name) === undefined) customElements.define(name, element)
}

/** The pages of customers, loaded when one of them is first opened. */
export const customerPages: ReadonlyArray<PageEntry> = [
  ["/customer", (params, session) => html`<uses-page .params=${params} .session=${session}></uses-page>`],
  [
    "/customer/licences",
    (params, session) => html`<licences-page .params=${params} .session=${session}></licences-page>`
  ],
  [
    "/customer/benefits",
    (params, session) => html`<benefits-page .params=${params} .session=${session}></benefits-page>`
  ],
  [
    "/customer/receipts",
    (params, session) => html`<receipts-page .params=${params} .session=${session}></receipts-page>`
  ],
  ["/customer/erase", (params, session) => html`<erase-page .params=${params} .session=${session}></erase-page>`]
]
