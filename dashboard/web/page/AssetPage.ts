import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { AssetDetail } from "../../api/AssetDetail.ts"
import { formatInstant } from "../format/formatInstant.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { ask } from "../shell/ask.ts"
import { Loading } from "../shell/Loading.ts"
import { Page } from "./Page.ts"

/** One asset: contract, checks, materializations, and its part of the graph. */
export class AssetPage extends Page {
  readonly #asset = new Loading(this, () => ask("asset", `/api/assets/${encodeURIComponent(this.params["key"]!)}`))
  /** What is known of its fields comes after: following them to their sources takes a moment. */
  readonly #fields = new Loading(this, () =>
    ask("assetFields", `/api/assets/${encodeURIComponent(this.params["key"]!)}/fields`)
  )
  readonly #graph = new Loading(this, () => ask("assets", "/api/assets"))

  override render(): TemplateResult {
    return this.#asset.show(this.words, (asset) => this.#show(asset))
  }

  #show(asset: AssetDetail): TemplateResult {
    const { words, language } = this
    const { node } = asset
    return html`<p class="crumbs"><a href="/assets">${words.nav.assets}</a> / ${node.group}</p>
      <header class="head">
        <div>
          <h1 tabindex="-1"><span class="mono">${node.key}</span></h1>
          <p>${this.say(asset.description)}</p>
        </div>
        <div class="actions">
          <div class="tags">
            <span class="tag ${node.state === "fresh" ? "good" : "warn"}">${words.state[node.state]}</span>
            <span class="tag">${words.assetKind[node.kind as keyof typeof words.assetKind] ?? node.kind}</span>
            ${node.barrier ? html`<span class="tag">${words.assets.barrier}</span>` : nothing}
          </div>
          ${this.#steward === undefined ? nothing : html`<a class="button" href=${this.#steward}>${words.assets.health}</a>`}
        </div>
      </header>
      ${node.reasons.length === 0 ? nothing : html`<p class="block">${words.assets.because(node.reasons.map((reason) => this.say(reason)).join("; "))}</p>`}
      <section class="block">
        ${this.#graph.show(words, (graph) => html`<assay-lineage .graph=${graph} around=${node.key} opens></assay-lineage>`)}
      </section>
      <div class="columns end">
        <div>
          <section class="block">
            <h2>${words.assets.columns}<small>${asset.columns.length}</small></h2>
            <ul class="names">
              ${asset.columns.map(
                (column) =>
                  html`<li>
                    <code>${column.name}</code><span class="quiet">${column.type.toLowerCase()}</span>${this.#shown(
                      column.name
                    )}
                  </li>`
              )}
            </ul>
          </section>
          ${this.#made(asset)}
        </div>
        <div>
          <section class="block">
            <h2>${words.assets.about}</h2>
            <dl class="facts">
              <dt>${words.assets.rows}</dt>
              <dd>${node.rows === null ? "–" : formatNumber(node.rows, language, 12)}</dd>
              <dt>${words.chart.lastMade}</dt>
              <dd>${node.madeAt === null ? "–" : formatInstant(node.madeAt, language)}</dd>
              <dt>${words.assets.version}</dt>
              <dd><code>${node.version ?? "–"}</code></dd>
              <dt>${words.assets.owners}</dt>
              <dd>${asset.owners.join(", ") || "–"}</dd>
            </dl>
          </section>
          <section class="block">
            <h2>${words.assets.checks}</h2>
            ${
              asset.checks.length === 0
                ? html`<p class="quiet">${words.assets.noChecks}</p>`
                : html`<table>
                    <tbody>
                      ${asset.checks.map(
                        (check) =>
                          html`<tr>
                            <td>
                              ${this.#steward === undefined ? check.name : html`<a href=${this.#steward}>${check.name}</a>`}
                              ${check.blocking ? html`<span class="quiet">${words.assets.blocking}</span>` : nothing}
                            </td>
                            <td class="number">
                              <span class="tag ${check.outcome === "passed" ? "good" : "warn"}"
                                >${words.outcome[check.outcome]}</span
                              >
                            </td>
                          </tr>`
                      )}
                    </tbody>
                  </table>`
            }
          </section>
        </div>
      </div>`
  }

  /** Where a steward sees how this asset went; nothing for others, who may not. */
  get #steward(): string | undefined {
    const key = encodeURIComponent(this.params["key"] ?? "")
    return this.session?.role === "steward" ? `/steward/assets/${key}` : undefined
  }

  /** How clearly the values of a column are shown to this reader, and what they say; nothing for who sees them as they are. */
  #shown(name: string): TemplateResult | typeof nothing {
    const field = this.#fields.value?.find((one) => one.name === name)
    if (field === undefined || field.mask === "plain") return nothing
    return html`<span class="tag" title=${field.tags.join(", ")}>${this.words.assets.mask[field.mask]}</span>`
  }

  #made({ materializations }: AssetDetail): TemplateResult {
    const { words, language } = this
    return html`<section class="block">
      <h2>${words.assets.made}</h2>
      ${
        materializations.length === 0
          ? html`<p class="quiet">${words.assets.neverMade}</p>`
          : html`<div class="wide" tabindex="0" role="region" aria-label=${words.assets.made}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">${words.assets.when}</th>
                    <th scope="col">${words.assets.run}</th>
                    <th scope="col">${words.assets.version}</th>
                    <th scope="col" class="number">${words.assets.rows}</th>
                    <th scope="col" class="number">${words.assets.took}</th>
                  </tr>
                </thead>
                <tbody>
                  ${materializations.map(
                    (made) =>
                      html`<tr>
                        <td>${formatInstant(made.madeAt, language)}</td>
                        <td>
                          ${
                            this.#steward === undefined
                              ? html`<code>${made.run}</code>`
                              : html`<a href="/steward/runs/${encodeURIComponent(made.run)}"
                                  ><code>${made.run}</code></a
                                >`
                          }
                        </td>
                        <td><code>${made.version}</code></td>
                        <td class="number">${made.rows === null ? "–" : formatNumber(made.rows, language, 12)}</td>
                        <td class="number">${words.assets.millis(formatNumber(made.millis, language, 4))}</td>
                      </tr>`
                  )}
                </tbody>
              </table>
            </div>`
      }
    </section>`
  }
}
