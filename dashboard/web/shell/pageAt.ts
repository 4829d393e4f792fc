import { html } from "lit"
import type { TemplateResult } from "lit"
import type { Session } from "../../api/Session.ts"
import { matchPath } from "./matchPath.ts"

type Params = Readonly<Record<string, string>>
type Show = (params: Params, session: Session["session"]) => TemplateResult

const pages: ReadonlyArray<readonly [pattern: string, Show]> = [
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

/** The page at an address. */
export function pageAt(path: string, session: Session["session"]): TemplateResult {
  for (const [pattern, show] of pages) {
    const params = matchPath(pattern, path)
    if (params !== undefined) return show(params, session)
  }
  return html`<missing-page></missing-page>`
}
