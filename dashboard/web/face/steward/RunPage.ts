import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { RunDetail } from "../../../api/steward/RunDetail.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { ApiProblem } from "../../shell/ApiProblem.ts"
import { ask } from "../../shell/ask.ts"
import { goTo } from "../../shell/goTo.ts"
import { listen } from "../../shell/listen.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { runTag } from "./runTag.ts"
import { StewardPage } from "./StewardPage.ts"

/** One run as bars and as events, live while it goes. */
export class RunPage extends StewardPage {
  static override properties: PropertyDeclarations = { problem: { state: true }, live: { state: true } }
  declare private problem: ApiProblem | undefined
  declare private live: boolean
  readonly #run = new Loading(this, () =>
    ask("stewardRun", `/api/steward/runs/${encodeURIComponent(this.params["id"]!)}`)
  )
  #stop: (() => void) | undefined
  #due: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.problem = undefined
    this.live = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = listen(
      "runs",
      ({ run }) => {
        if (run !== this.params["id"]) return
        clearTimeout(this.#due)
        this.#due = setTimeout(() => void this.#run.load(), 150)
      },
      (live) => void (this.live = live)
    )
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
    clearTimeout(this.#due)
  }

  override render(): TemplateResult {
    return this.#run.show(this.words, (detail) => this.#show(detail))
  }

  #show(detail: RunDetail): TemplateResult {
    const own = this.own.runs
    const { run } = detail
    const end = run.finishedAt === null ? Date.now() : Date.parse(run.finishedAt)
    const seconds = own.seconds(formatNumber((end - Date.parse(run.startedAt)) / 1000, this.language, 3))
    return html`<p class="crumbs"><a href="/steward/runs">${own.back}</a> / <span class="mono">${run.id}</span></p>
      <header class="head">
        <div>
          <h1 tabindex="-1">${run.selection === "" ? own.everything : run.selection}</h1>
          <p>
            ${formatInstant(run.startedAt, this.language)} · ${seconds}
            ${
              run.resumes === null
                ? nothing
                : html`· ${own.resumes} <a href="/steward/runs/${run.resumes}">${run.resumes}</a>`
            }
          </p>
        </div>
        <div class="actions">
          ${this.live && run.state === "running" ? html`<span class="tag good">${own.live}</span>` : nothing}
          ${runTag(run.state, own.states)}
          ${
            detail.canResume
              ? html`<button class="button first" @click=${() => void this.#resume()}>${own.resume}</button>`
              : nothing
          }
        </div>
      </header>
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      <div class="stack">
        <section class="block"><assay-gantt .run=${detail}></assay-gantt></section>
        ${this.#events(detail)}
      </div>`
  }

  async #resume(): Promise<void> {
    this.problem = undefined
    try {
      await ask("stewardResumeRun", `/api/steward/runs/${encodeURIComponent(this.params["id"]!)}/resume`, "post")
      goTo("/steward/runs")
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      this.problem = cause
    }
  }

  #events({ events }: RunDetail): TemplateResult {
    const own = this.own.runs
    return html`<section class="block wide" tabindex="0" aria-label=${own.events}>
      <h2>${own.events}<small>${this.whole(events.length)}</small></h2>
      <table class="tight">
        <thead>
          <tr>
            <th scope="col">${own.at}</th>
            <th scope="col">${own.event}</th>
            <th scope="col">${own.asset}</th>
            <th scope="col">${own.says}</th>
          </tr>
        </thead>
        <tbody>
          ${events.toReversed().map(
            ({ at, type, asset, text }) =>
              html`<tr>
                <td class="mono">${at.slice(11, 23)}</td>
                <td>
                  <span class=${type === "failed" ? "tag warn" : ""}
                    >${own.types[type as keyof typeof own.types] ?? type}</span
                  >
                </td>
                <td>
                  ${asset === null ? "" : html`<a href="/steward/assets/${encodeURIComponent(asset)}">${asset}</a>`}
                </td>
                <td class="reason">${/^\d+$/.test(text) ? this.whole(Number(text)) : text}</td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }
}
