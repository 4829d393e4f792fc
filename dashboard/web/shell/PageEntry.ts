import type { TemplateResult } from "lit"
import type { Session } from "../../api/Session.ts"

/** Draws a page from the parameters of its address. */
export type Show = (params: Readonly<Record<string, string>>, session: Session["session"]) => TemplateResult

/** A page by the pattern of its address. */
export type PageEntry = readonly [pattern: string, show: Show]
