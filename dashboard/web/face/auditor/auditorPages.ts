import { html } from "lit"
import type { PageEntry } from "../../shell/PageEntry.ts"
import { AccessPage } from "./AccessPage.ts"
import { AssayCoverage } from "./AssayCoverage.ts"
import { AssayGrowth } from "./AssayGrowth.ts"
import { EntriesPage } from "./EntriesPage.ts"
import { LogPage } from "./LogPage.ts"
import { PoliciesPage } from "./PoliciesPage.ts"
import { ReleasesPage } from "./ReleasesPage.ts"

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  "assay-growth": AssayGrowth,
  "assay-coverage": AssayCoverage,
  "log-page": LogPage,
  "entries-page": EntriesPage,
  "releases-page": ReleasesPage,
  "access-page": AccessPage,
  "policies-page": PoliciesPage
}
for (const [name, element] of Object.entries(elements)) {
  if (customElements.get(name) === undefined) customElements.define(name, element)
}

/** The pages of auditors, loaded when one of them is first opened. */
export const auditorPages: ReadonlyArray<PageEntry> = [
  ["/auditor", (params, session) => html`<log-page .params=${params} .session=${session}></log-page>`],
  ["/auditor/entries", (params, session) => html`<entries-page .params=${params} .session=${session}></entries-page>`],
  [
    "/auditor/releases",
    (params, session) => html`<releases-page .params=${params} .session=${session}></releases-page>`
  ],
  ["/auditor/access", (params, session) => html`<access-page .params=${params} .session=${session}></access-page>`],
  [
    "/auditor/policies",
    (params, session) => html`<policies-page .params=${params} .session=${session}></policies-page>`
  ]
]
