import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { RunDetail } from "../../../api/steward/RunDetail.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { ask } from "../../shell/ask.ts"
import { goTo } from "../../shell/goTo.ts"
import { listen } from "../../shell/listen.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { runTag } from "./runTag.ts"
import { StewardPage } from "./StewardPage.ts"

/** One run as bars and as events, live while it goes. */
export class RunPage extends StewardPage {
  static override properties: PropertyDeclarations = { live: { state: true }, stopping: { state: true } }
  declare private live: boolean
  /** Somebody was asked whether it should be stopped. */
  declare private stopping: boolean
  readonly #run = new Loading(this, () =>
    ask("stewardRun", `/api/steward/runs/${encodeURIComponent(this.params["id"]!)}`)
  )
  #stop: (() => void) | undefined
  #due: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.live = false
    this.stopping = false
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
          ${
            detail.canStop && !this.stopping
              ? html`<button class="button" @click=${() => void (this.stopping = true)}>${own.stop}</button>`
              : nothing
          }
        </div>
      </header>
      ${detail.canStop && this.stopping ? this.#sure() : nothing}
      ${run.state === "failed" && detail.failures.length === 0 ? html`<p class="said refused">${own.stopped}</p>` : nothing}
      ${detail.failures.length === 0 ? nothing : this.#failures(detail)} ${this.#released(detail)}
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      <div class="stack">
        <section class="block"><assay-gantt .run=${detail}></assay-gantt></section>
        ${this.#events(detail)}
      </div>`
  }

  async #resume(): Promise<void> {
    await this.guard(async () => {
      await ask("stewardResumeRun", `/api/steward/runs/${encodeURIComponent(this.params["id"]!)}/resume`, "post")
      goTo("/steward/runs")
    })
  }

  async #halt(): Promise<void> {
    this.stopping = false
    await this.guard(async () => {
      await ask("stewardStopRun", `/api/steward/runs/${encodeURIComponent(this.params["id"]!)}/stop`, "post")
    })
  }

  #sure(): TemplateResult {
    const own = this.own.runs
    return html`<div class="said" role="group" aria-label=${own.stop}>
      <p>${own.stopMeans}</p>
      <p class="actions">
        <button class="button first" @click=${() => void this.#halt()}>${own.stopSure}</button>
        <button class="button" @click=${() => void (this.stopping = false)}>${own.goOn}</button>
      </p>
    </div>`
  }

  #failures({ failures }: RunDetail): TemplateResult {
    const own = this.own.runs
    return html`<section class="block" aria-label=${own.why}>
      <h2>${own.why}<small>${this.whole(failures.length)}</small></h2>
      <ol class="promises">
        ${failures.map(({ asset, code, message, fix }) => {
          // The server speaks English and knows the particulars; a reader of another language is told by the code.
          const told = this.language === "en" ? undefined : this.words.problems[code]
          return html`<li>
            <div>
              <a href=${placeOf(asset)}>${asset}</a>
              <p>${told?.message ?? message}</p>
              <p class="quiet">${told?.fix ?? fix}</p>
            </div>
          </li>`
        })}
      </ol>
    </section>`
  }

  /** A product's new version waits for its decision. */
  #released({ run, spans }: RunDetail): TemplateResult | typeof nothing {
    const own = this.own.runs
    const made = spans.filter(({ asset, state }) => state === "made" && asset.startsWith("release."))
    if (run.state !== "done" || made.length === 0) return nothing
    return html`<p class="said">
      ${own.released}
      ${made.map(({ asset }, i) => {
        const product = asset.slice("release.".length)
        return html`${i === 0 ? "" : ", "}<a href="/steward/review/${encodeURIComponent(product)}">${product}</a>`
      })}
    </p>`
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

/** Where what failed can be looked into: raw tables by the lines of their files, others as assets. */
function placeOf(asset: string): string {
  const raw = /^raw\.(.+?)__(.+)$/.exec(asset)
  return raw === null
    ? `/steward/assets/${encodeURIComponent(asset)}`
    : `/steward/sources/${encodeURIComponent(raw[1]!)}/${encodeURIComponent(raw[2]!)}`
}
