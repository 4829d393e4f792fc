import { html } from "lit"
import type { TemplateResult } from "lit"
import type { AssetGraph } from "../../api/AssetGraph.ts"
import { ask } from "../shell/ask.ts"
import { Loading } from "../shell/Loading.ts"
import { Page } from "./Page.ts"

/** How everything is made from everything, and what is out of date. */
export class AssetsPage extends Page {
  readonly #graph = new Loading(this, () => ask("assets", "/api/assets"))

  override render(): TemplateResult {
    const { words } = this
    return html`${this.head(words.assets.title, words.assets.lead)}
    ${this.#graph.show(words, (graph) =>
      graph.nodes.length === 0
        ? html`<section class="state">
            <h2>${words.assets.empty}</h2>
            <p class="quiet">${words.assets.emptyFix}</p>
          </section>`
        : this.#show(graph)
    )}`
  }

  #show(graph: AssetGraph): TemplateResult {
    const { words } = this
    const counted = (state: "fresh" | "stale" | "missing"): number =>
      graph.nodes.filter((node) => node.state === state).length
    const isSteward = this.session?.role === "steward"
    const figure = (name: string, n: number): TemplateResult =>
      html`<div class="figure">
        <dt>${name}</dt>
        <dd>${isSteward ? html`<a class="plain" href="/steward/assets">${n}</a>` : n}</dd>
      </div>`
    return html`<dl class="strip">
        ${figure(words.assets.all, graph.nodes.length)} ${figure(words.state.fresh, counted("fresh"))}
        ${figure(words.state.stale, counted("stale"))} ${figure(words.state.missing, counted("missing"))}
      </dl>
      <section class="block">
        <assay-lineage .graph=${graph} ?opens=${this.session?.role === "steward"}></assay-lineage>
      </section>`
  }
}
