import { html } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { buyerProductWords } from "./buyerProductWords.ts"

/** Where a product comes from: the released table, the assets that it is made from, and the streams of the sources. */
export class ProductLineagePart extends Page {
  static override properties: PropertyDeclarations = { product: { type: String } }
  declare product: string
  readonly #lineage = new Loading(this, () =>
    ask("productLineage", `/api/products/${encodeURIComponent(this.product)}/lineage`)
  )

  constructor() {
    super()
    this.product = ""
  }

  override render(): TemplateResult {
    const own = buyerProductWords(this.language).lineage
    return html`<section class="block">
      <h2>${own.title}</h2>
      <p>${own.lead}</p>
      ${this.#lineage.show(this.words, (lineage) => {
        const groups = (name: string): number => lineage.nodes.filter(({ group }) => group === name).length
        return html`<p class="quiet">${own.counts(lineage.nodes.length, groups("raw"))}</p>
          <assay-lineage .graph=${lineage}></assay-lineage>`
      })}
    </section>`
  }
}
