import { html } from "lit"
import type { PageEntry } from "../../shell/PageEntry.ts"
import { EmbeddedLineage } from "./EmbeddedLineage.ts"
import { EmbeddedPrice } from "./EmbeddedPrice.ts"
import { EmbedsPage } from "./EmbedsPage.ts"

const elements: ReadonlyArray<readonly [name: string, element: CustomElementConstructor]> = [
  ["embedded-lineage", EmbeddedLineage],
  ["embedded-price", EmbeddedPrice],
  ["embeds-page", EmbedsPage]
]

for (const [name, element] of elements) if (customElements.get(name) === undefined) customElements.define(name, element)

/** The page on tokens for pages of others, for stewards and admins. */
export const embedPages: ReadonlyArray<PageEntry> = [
  ["/embeds", (params, session) => html`<embeds-page .params=${params} .session=${session}></embeds-page>`]
]
