import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { Run } from "../../../api/steward/Run.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { ask } from "../../shell/ask.ts"
import { listen } from "../../shell/listen.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { runTag } from "./runTag.ts"
import { StewardPage } from "./StewardPage.ts"

/** The latest runs, and a way to begin one. */
export class RunsPage extends StewardPage {
  static override properties: PropertyDeclarations = { asked: { state: true }, live: { state: true } }
  declare private asked: boolean
  declare private live: boolean
  readonly #runs = new Loading(this, () => ask("stewardRuns", "/api/steward/runs"))
  #stop: (() => void) | undefined
  #due: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.asked = false
    this.live = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = listen(
      "runs",
      // Many events come at once; the list is asked for again when they pause.
      () => {
        clearTimeout(this.#due)
        this.#due = setTimeout(() => void this.#runs.load(), 250)
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
    const own = this.own.runs
    return html`${this.head(own.title, own.lead, this.live ? html`<span class="tag good">${own.live}</span>` : html``)}
      <form class="form row block" @submit=${this.#start}>
        <label class="field grow"
          >${own.selection}
          <input name="selection" type="text" placeholder=${own.selectionHint} maxlength="400" autocomplete="off" />
        </label>
        <button class="button first">${own.start}</button>
      </form>
      ${this.asked ? html`<p class="said" role="status">${own.started}</p>` : nothing}
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      ${this.#runs.show(this.words, (runs) =>
        runs.length === 0
          ? html`<section class="state">
              <h2>${own.empty}</h2>
              <p class="quiet">${own.emptyFix}</p>
            </section>`
          : this.#table(runs)
      )}`
  }

  readonly #start = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const selection = String(new FormData(event.target as HTMLFormElement).get("selection") ?? "").trim()
    await this.guard(async () => {
      await ask("stewardStartRun", "/api/steward/runs", { selection })
      this.asked = true
      await this.#runs.load()
    })
  }

  #table(runs: ReadonlyArray<Run>): TemplateResult {
    const own = this.own.runs
    return html`<section class="block apart wide" tabindex="0" aria-label=${own.title}>
      <table class="tight">
        <thead>
          <tr>
            <th scope="col">${own.what}</th>
            <th scope="col">${own.state}</th>
            <th scope="col">${own.startedAt}</th>
            <th scope="col" class="number">${own.took}</th>
            <th scope="col" class="number">${own.made}</th>
            <th scope="col" class="number">${own.unchanged}</th>
            <th scope="col" class="number">${own.failed}</th>
            <th scope="col">${own.run}</th>
          </tr>
        </thead>
        <tbody>
          ${runs.map((run) => this.#row(run))}
        </tbody>
      </table>
    </section>`
  }

  #row(run: Run): TemplateResult {
    const own = this.own.runs
    const seconds = run.finishedAt === null ? null : (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000
    return html`<tr>
      <td>
        <a href="/steward/runs/${run.id}">${run.selection === "" ? own.everything : run.selection}</a>
        ${run.kind === "check" ? html`<span class="quiet">${own.checks}</span>` : nothing}
        ${
          run.resumes === null
            ? nothing
            : html`<span class="quiet"
                >${own.resumes} <a href="/steward/runs/${run.resumes}">${run.resumes.slice(0, 12)}…</a></span
              >`
        }
      </td>
      <td>${runTag(run.state, own.states)}</td>
      <td>${formatInstant(run.startedAt, this.language)}</td>
      <td class="number">${seconds === null ? "–" : own.seconds(formatNumber(seconds, this.language, 3))}</td>
      <td class="number">${this.whole(run.made)} <span class="quiet">${own.of(this.whole(run.planned))}</span></td>
      <td class="number">${this.whole(run.skipped)}</td>
      <td class="number">${run.failed === 0 ? "0" : html`<span class="tag warn">${this.whole(run.failed)}</span>`}</td>
      <td><code>${run.id}</code></td>
    </tr>`
  }
}
