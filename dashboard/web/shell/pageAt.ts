import { html } from "lit"
import type { TemplateResult } from "lit"
import { until } from "lit/directives/until.js"
import type { Session } from "../../api/Session.ts"
import { matchPath } from "./matchPath.ts"
import type { PageEntry } from "./PageEntry.ts"

const security = async () => (await import("../face/security/securityPages.ts")).securityPages

/** A face's pages come when one is first opened: nobody waits for another's. */
const faces: Readonly<Record<string, () => Promise<ReadonlyArray<PageEntry>>>> = {
  admin: async () => (await import("../face/admin/adminPages.ts")).adminPages,
  auditor: async () => (await import("../face/auditor/auditorPages.ts")).auditorPages,
  buyer: async () => (await import("../face/buyer/buyerPages.ts")).buyerPages,
  customer: async () => (await import("../face/customer/customerPages.ts")).customerPages,
  embeds: async () => (await import("../face/embed/embedPages.ts")).embedPages,
  executive: async () => (await import("../face/executive/executivePages.ts")).executivePages,
  register: security,
  security,
  steward: async () => (await import("../face/steward/stewardPages.ts")).stewardPages
}

const pages: ReadonlyArray<PageEntry> = [
  ["/sign-in", (params, session) => html`<sign-in-page .params=${params} .session=${session}></sign-in-page>`],
  ["/", (params, session) => html`<catalog-page .params=${params} .session=${session}></catalog-page>`],
  ["/products/:id", (params, session) => html`<product-page .params=${params} .session=${session}></product-page>`],
  ["/quotes/:id", (params, session) => html`<quote-page .params=${params} .session=${session}></quote-page>`],
  ["/orders", (params, session) => html`<orders-page .params=${params} .session=${session}></orders-page>`],
  ["/assets", (params, session) => html`<assets-page .params=${params} .session=${session}></assets-page>`],
  ["/assets/:key", (params, session) => html`<asset-page .params=${params} .session=${session}></asset-page>`],
  ["/value", (params, session) => html`<value-page .params=${params} .session=${session}></value-page>`],
  ["/budget", (params, session) => html`<budget-page .params=${params} .session=${session}></budget-page>`]
]

const opened = new Map<string, Promise<ReadonlyArray<PageEntry>>>()

function facePages(face: string): Promise<ReadonlyArray<PageEntry>> | undefined {
  const load = Object.hasOwn(faces, face) ? faces[face] : undefined
  if (load !== undefined && !opened.has(face)) opened.set(face, load())
  return opened.get(face)
}

function find(entries: ReadonlyArray<PageEntry>, path: string, session: Session["session"]): TemplateResult {
  for (const [pattern, show] of entries) {
    const params = matchPath(pattern, path)
    if (params !== undefined) return show(params, session)
  }
  return html`<missing-page></missing-page>`
}

/** The page at an address: one that all faces share, or one under the name of a face. */
export function pageAt(path: string, session: Session["session"]): TemplateResult {
  const entries = facePages(path.split("/")[1] ?? "")
  if (entries === undefined) return find(pages, path, session)
  return html`${until(
    entries.then((found) => find(found, path, session)),
    html`<div aria-busy="true"><div class="skeleton"></div></div>`
  )}`
}
