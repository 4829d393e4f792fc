import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { Backups } from "../../../api/admin/Backups.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { AdminPage } from "./AdminPage.ts"

type Job = NonNullable<Backups["job"]>

const steps = ["copying", "restoring", "checking"] as const
const pollMillis = 1000

/** Backups, begun and watched from here, and the drills that show that they can be restored. */
export class BackupsPage extends AdminPage {
  static override properties: PropertyDeclarations = { now: { state: true } }
  declare private now: number
  #timer: number | undefined
  readonly #backups = new Loading(this, async () => {
    const state = await ask("adminBackups", "/api/admin/backups")
    this.now = Date.now()
    this.#watch(state.job)
    return state
  })

  constructor() {
    super()
    this.now = 0
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  /** While one is under way its state is asked for again. */
  #watch(job: Job | null): void {
    clearTimeout(this.#timer)
    if (job === null || job.endedAt !== null || !this.isConnected) return
    this.#timer = window.setTimeout(() => void this.#backups.load(), pollMillis)
  }

  #begin(drill: boolean): void {
    void this.guard(async () => {
      await ask("adminBackup", "/api/admin/backups", { drill })
      await this.#backups.load()
    })
  }

  override render(): TemplateResult {
    const { backups } = this.house
    const isRunning = this.#backups.value?.job?.endedAt === null
    return html`${this.head(backups.title, backups.lead)}
      <p class="actions">
        <button class="button first" ?disabled=${this.busy || isRunning} @click=${() => this.#begin(true)}>
          ${backups.begin}
        </button>
        <button class="button" ?disabled=${this.busy || isRunning} @click=${() => this.#begin(false)}>
          ${backups.plain}
        </button>
      </p>
      <div class="end">${this.#backups.show(this.words, (state) => this.#show(state))}</div>`
  }

  #show(state: Backups): TemplateResult {
    const { backups } = this.house
    const { language } = this
    const [newest] = state.backups
    const [drill] = state.drills
    const megabytes = (bytes: number): string => formatNumber(bytes / 1e6, language, 3)
    return html`<div class="stack">
      <div role="status">${state.job === null ? nothing : this.#job(state.job)}</div>
      <dl class="strip flush">
        ${this.figure(
          backups.last,
          newest === undefined ? backups.never : formatInstant(newest.createdAt, language),
          newest === undefined ? "" : `${megabytes(newest.bytes)} MB`
        )}
        ${this.figure(
          backups.lastDrill,
          drill === undefined ? backups.never : drill.sound ? backups.sound : backups.unsound,
          drill === undefined ? "" : formatInstant(drill.at, language)
        )}
        ${this.figure(backups.count, formatNumber(state.backups.length, language, 9))}
      </dl>
      <p class="quiet">${backups.note(state.folder)} ${backups.elsewhere}</p>
      ${this.panel(
        backups.drills,
        state.drills.length === 0
          ? html`<p class="quiet">${backups.noDrills}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${backups.at}</th>
                  <th scope="col">${backups.outcome}</th>
                  <th scope="col" class="number">${backups.files}</th>
                  <th scope="col" class="number">${backups.bytes}</th>
                  <th scope="col" class="number">${backups.entries}</th>
                  <th scope="col" class="number">${backups.artefacts}</th>
                  <th scope="col" class="number">${backups.tables}</th>
                  <th scope="col" class="number">${backups.seconds}</th>
                </tr>
              </thead>
              <tbody>
                ${state.drills.map(
                  (one) =>
                    html`<tr>
                      <td>${formatInstant(one.at, language)}</td>
                      <td>
                        <span class="tag ${one.sound ? "good" : "warn"}"
                          >${one.sound ? backups.sound : backups.unsound}</span
                        >
                        ${one.problems.join(" ")}
                      </td>
                      <td class="number">${formatNumber(one.files, language, 15)}</td>
                      <td class="number">${megabytes(one.bytes)}</td>
                      <td class="number">${formatNumber(one.log.size, language, 15)}</td>
                      <td class="number">${formatNumber(one.artefacts, language, 15)}</td>
                      <td class="number">${formatNumber(one.tables, language, 15)}</td>
                      <td class="number">${formatNumber(one.seconds, language, 3)}</td>
                    </tr>`
                )}
              </tbody>
            </table>`
      )}
      ${this.panel(
        backups.list,
        html`${
            state.backups.length === 0
              ? html`<p class="quiet">${backups.noBackups}</p>`
              : html`<table class="tight">
                  <thead>
                    <tr>
                      <th scope="col">${backups.at}</th>
                      <th scope="col">${backups.name}</th>
                      <th scope="col" class="number">${backups.files}</th>
                      <th scope="col" class="number">${backups.bytes}</th>
                      <th scope="col">${backups.keys}</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${state.backups.map(
                      ({ name, createdAt, files, bytes, withKey }) =>
                        html`<tr>
                          <td>${formatInstant(createdAt, language)}</td>
                          <td><code>${name}</code></td>
                          <td class="number">${formatNumber(files, language, 15)}</td>
                          <td class="number">${megabytes(bytes)}</td>
                          <td>${withKey ? backups.with : backups.without}</td>
                        </tr>`
                    )}
                  </tbody>
                </table>`
          }
          <p class="quiet end">${backups.restore}</p>
          <p><code>npm run assay -- restore BACKUP --home FOLDER --keys KEYS</code></p>`
      )}
    </div>`
  }

  #job({ step, begunAt, endedAt, withDrill, problem }: Job): TemplateResult {
    const { backups } = this.house
    const seconds = String(
      Math.max(0, Math.round(((endedAt === null ? this.now : Date.parse(endedAt)) - Date.parse(begunAt)) / 1000))
    )
    const told = problem === null ? undefined : (this.words.problems[problem.code] ?? problem)
    const all = withDrill ? steps : steps.slice(0, 1)
    const place = step === "done" ? all.length : all.findIndex((one) => one === step)
    return html`<p class="said ${step === "failed" ? "refused" : ""}">
      ${backups.steps[step]}
      <span class="quiet">${endedAt === null ? backups.running(seconds) : backups.took(seconds)}</span>
      ${told === undefined ? nothing : html`<br />${told.message} ${told.fix}`}
      ${
        step === "failed"
          ? nothing
          : html`<progress
              max=${all.length}
              value=${Math.max(0, place) + (endedAt === null ? 0.5 : 0)}
              aria-label=${backups.steps[step]}
            ></progress>`
      }
    </p>`
  }
}
