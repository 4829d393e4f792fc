import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { AssetHistory } from "../../../api/steward/AssetHistory.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { goTo } from "../../shell/goTo.ts"
import { Loading } from "../../shell/Loading.ts"
import { StewardPage } from "./StewardPage.ts"

/** One asset: why it is stale, its partitions, how its checks went, and where each of its columns comes from. */
export class HistoryPage extends StewardPage {
  static override properties: PropertyDeclarations = { column: { state: true } }
  declare private column: string
  readonly #history = new Loading(this, async () => {
    const history = await ask("stewardAsset", `/api/steward/assets/${encodeURIComponent(this.params["key"]!)}`)
    this.column = history.columns[0] ?? ""
    void this.#lineage.load()
    return history
  })
  readonly #lineage = new Loading(this, async () =>
    this.column === ""
      ? undefined
      : ask(
          "stewardColumn",
          `/api/steward/assets/${encodeURIComponent(this.params["key"]!)}/columns/${encodeURIComponent(this.column)}`
        )
  )

  constructor() {
    super()
    this.column = ""
  }

  override render(): TemplateResult {
    return this.#history.show(this.words, (history) => this.#show(history))
  }

  #show({ health, checks, columns }: AssetHistory): TemplateResult {
    const own = this.own.assets
    const { key, state, reason, freshness } = health
    const why = [reason, freshness?.because ?? null].flatMap((label) => (label === null ? [] : [this.say(label)]))
    return html`<p class="crumbs"><a href="/steward/assets">${own.title}</a> / ${key.split(".")[0]}</p>
      <header class="head">
        <div>
          <h1 tabindex="-1"><span class="mono">${key}</span></h1>
          <p>${why.length === 0 ? this.words.state[state] : why.join("; ")}</p>
        </div>
        <div class="actions">
          <span class="tag ${state === "fresh" ? "good" : "warn"}">${this.words.state[state]}</span>
          <a class="button" href="/assets/${encodeURIComponent(key)}">${own.contract}</a>
          ${
            state === "missing"
              ? nothing
              : html`<a class="button" href="/steward/trace/${encodeURIComponent(key)}">${own.trace}</a>`
          }
          <button class="button" @click=${() => void this.#make(key)}>${own.make}</button>
        </div>
      </header>
      <div class="stack">
        ${health.partitions === null ? nothing : html`<section class="block"><assay-partitions .asset=${health}></assay-partitions></section>`}
        ${this.#checks(checks)}
        <section class="block">
          <h2>
            ${own.columns}
            ${
              columns.length === 0
                ? nothing
                : html`<label class="field inline"
                    >${own.chooseColumn}
                    <select
                      @change=${(event: Event) => {
                        this.column = (event.target as HTMLSelectElement).value
                        void this.#lineage.load()
                      }}
                    >
                      ${columns.map((name) => html`<option value=${name} ?selected=${name === this.column}>${name}</option>`)}
                    </select></label
                  >`
            }
          </h2>
          ${
            columns.length === 0
              ? html`<p class="quiet">${own.noColumns}</p>`
              : this.#lineage.show(this.words, (lineage) => html`<assay-columns .lineage=${lineage}></assay-columns>`)
          }
        </section>
      </div>`
  }

  async #make(key: string): Promise<void> {
    await ask("stewardStartRun", "/api/steward/runs", { selection: key })
    goTo("/steward/runs")
  }

  #checks(checks: AssetHistory["checks"]): TemplateResult {
    const own = this.own.assets
    if (checks.length === 0) {
      return html`<section class="block">
        <h2>${own.history}</h2>
        <p>${own.noHistory}</p>
        <p class="quiet">${own.noHistoryFix}</p>
      </section>`
    }
    return html`<section class="block wide" tabindex="0" aria-label=${own.history}>
      <h2>${own.history}</h2>
      <table class="tight">
        <thead>
          <tr>
            <th scope="col">${own.check}</th>
            <th scope="col">${own.newest}</th>
            <th scope="col">${own.over}</th>
          </tr>
        </thead>
        <tbody>
          ${checks.map(({ name, blocking, results }) => {
            const [newest] = results
            return html`<tr>
              <td><code>${name}</code> ${blocking ? html`<span class="quiet">${own.blocking}</span>` : nothing}</td>
              <td>
                <span class="tag ${newest!.passed ? "good" : "warn"}"
                  >${newest!.passed ? own.passed : own.failed(this.whole(newest!.failing))}</span
                >
              </td>
              <td>
                <span class="ticks">
                  ${results.toReversed().map(({ run, at, passed, failing }) => {
                    const told = `${formatInstant(at, this.language)}: ${passed ? own.passed : own.failed(this.whole(failing))}`
                    return html`<a
                      class=${passed ? "tick" : "tick bad"}
                      href="/steward/runs/${run}"
                      title=${told}
                      aria-label=${told}
                    ></a>`
                  })}
                </span>
              </td>
            </tr>`
          })}
        </tbody>
      </table>
    </section>`
  }
}
