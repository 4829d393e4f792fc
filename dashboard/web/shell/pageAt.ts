import { html } from "lit"
import type { TemplateResult } from "lit"
import type { Session } from "../../api/Session.ts"
import { wordsFor } from "../words/wordsFor.ts"
import { ApiProblem } from "./ApiProblem.ts"
import { matchPath } from "./matchPath.ts"
import type { PageEntry } from "./PageEntry.ts"
import { settings } from "./settings.ts"
import { showProblem } from "./showProblem.ts"

const security = async () => (await import("../face/security/securityPages.ts")).securityPages

const executive = async () => (await import("../face/executive/executivePages.ts")).executivePages

/** A face's pages come when one is first opened: nobody waits for another's. */
const faces: Readonly<Record<string, () => Promise<ReadonlyArray<PageEntry>>>> = {
  admin: async () => (await import("../face/admin/adminPages.ts")).adminPages,
  auditor: async () => (await import("../face/auditor/auditorPages.ts")).auditorPages,
  buyer: async () => (await import("../face/buyer/buyerPages.ts")).buyerPages,
  customer: async () => (await import("../face/customer/customerPages.ts")).customerPages,
  embeds: async () => (await import("../face/embed/embedPages.ts")).embedPages,
  executive,
  register: security,
  security,
  value: executive,
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
  ["/budget", (params, session) => html`<budget-page .params=${params} .session=${session}></budget-page>`]
]

const opened = new Map<string, ReadonlyArray<PageEntry>>()
const failed = new Set<string>()
const waiting = new Map<string, Promise<void>>()

function find(entries: ReadonlyArray<PageEntry>, path: string, session: Session["session"]): TemplateResult {
  for (const [pattern, show] of entries) {
    const params = matchPath(pattern, path)
    if (params !== undefined) return show(params, session)
  }
  return html`<missing-page></missing-page>`
}

async function come(face: string, load: () => Promise<ReadonlyArray<PageEntry>>): Promise<void> {
  try {
    opened.set(face, await load())
  } catch {
    // The server was not there, or has newer pages by now.
    failed.add(face)
  }
  waiting.delete(face)
}

/**
 * The page at an address: one that all faces share, or one under the name of a face.
 *
 * @param again called once the pages of the face have come, to ask for the page again
 */
export function pageAt(path: string, session: Session["session"], again: () => void): TemplateResult {
  const face = path.split("/")[1] ?? ""
  const load = Object.hasOwn(faces, face) ? faces[face] : undefined
  if (load === undefined) return find(pages, path, session)
  const entries = opened.get(face)
  if (entries !== undefined) return find(entries, path, session)
  if (failed.has(face)) {
    const retry = (): void => {
      failed.delete(face)
      again()
    }
    return showProblem(new ApiProblem(0, { code: "network", message: "", fix: "" }), wordsFor(settings.language), retry)
  }
  if (!waiting.has(face)) waiting.set(face, come(face, load))
  void waiting.get(face)!.then(again)
  return html`<div aria-busy="true"><div class="skeleton"></div></div>`
}
