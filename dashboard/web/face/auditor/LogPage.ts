import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { LogState } from "../../../api/auditor/LogState.ts"
import type { Verification } from "../../../api/auditor/Verification.ts"
import { saveFile } from "../../element/saveFile.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { Page } from "../../page/Page.ts"
import { ApiProblem } from "../../shell/ApiProblem.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { auditorWords } from "./auditorWords.ts"

/** The head of the log, who stands behind it, and a check of every byte on request. */
export class LogPage extends Page {
  static override properties: PropertyDeclarations = {
    verified: { state: true },
    busy: { state: true },
    problem: { state: true }
  }
  declare private verified: Verification | undefined
  declare private busy: boolean
  declare private problem: ApiProblem | undefined
  readonly #log = new Loading(this, () => ask("auditorLog", "/api/auditor/log"))

  constructor() {
    super()
    this.verified = undefined
    this.busy = false
    this.problem = undefined
  }

  get #own(): ReturnType<typeof auditorWords> {
    return auditorWords(this.language)
  }

  readonly #verify = async (): Promise<void> => {
    this.busy = true
    this.problem = undefined
    try {
      this.verified = await ask("auditorVerify", "/api/auditor/verify", "post")
      await this.#log.load()
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      this.problem = cause
    } finally {
      this.busy = false
    }
  }

  override render(): TemplateResult {
    const { log } = this.#own
    return html`<header class="head">
        <div>
          <h1 tabindex="-1">${log.title}</h1>
          <p>${log.lead}</p>
        </div>
        <div class="actions">
          <button class="button primary" ?disabled=${this.busy} @click=${this.#verify}>
            ${this.busy ? log.verifying : log.verify}
          </button>
        </div>
      </header>
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      ${this.#log.show(this.words, (state) => this.#show(state))}`
  }

  #show(state: LogState): TemplateResult {
    const { log } = this.#own
    const figure = (name: string, value: TemplateResult | string): TemplateResult =>
      html`<div class="figure">
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`
    const { witnesses } = state
    return html`<dl class="strip">
        ${figure(log.size, formatNumber(state.size, this.language, 15))}
        ${figure(
          log.witnesses,
          html`<small class="tag ${witnesses.state === "cosigned" ? "good" : witnesses.state === "split" ? "warn" : ""}"
            >${log.states[witnesses.state]}</small
          >`
        )}
        ${figure(log.witnessed, witnesses.state === "none" ? "–" : formatNumber(witnesses.size, this.language, 15))}
      </dl>
      <div role="status">${this.verified === undefined ? nothing : this.#verdict(this.verified)}</div>
      <section class="block apart"><assay-growth .points=${state.growth}></assay-growth></section>
      <div class="columns">
        <section class="block">
          <h2>${log.kinds}</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">${log.kind}</th>
                <th scope="col" class="number">${log.size}</th>
              </tr>
            </thead>
            <tbody>
              ${state.kinds.map(
                ({ type, entries }) =>
                  html`<tr>
                    <td><a href="/auditor/entries?type=${type}">${this.#own.types[type] ?? type}</a></td>
                    <td class="number">${formatNumber(entries, this.language, 15)}</td>
                  </tr>`
              )}
            </tbody>
          </table>
        </section>
        <section class="block">
          <h2>${log.head}</h2>
          <dl class="facts">
            <dt>${log.root}</dt>
            <dd><code>${state.root}</code></dd>
            <dt>${log.key}</dt>
            <dd><code>${state.key}</code></dd>
            <dt>${log.names}</dt>
            <dd>${witnesses.names.length === 0 ? log.nobody : witnesses.names.join(", ")}</dd>
            ${
              witnesses.away.length === 0
                ? nothing
                : html`<dt>${log.away}</dt>
                    <dd>${witnesses.away.join(", ")}</dd>`
            }
          </dl>
          <p class="quiet end">${log.offline}</p>
          <p><code>npm run assay -- log verify</code></p>
          <p class="end">
            <button
              class="button"
              @click=${() => saveFile("assay-log.key", new Blob([`${state.key}\n`], { type: "text/plain" }))}
            >
              ${log.saveKey}
            </button>
          </p>
        </section>
      </div>`
  }

  #verdict({ sound, at, millis, size, firstBad, file, compared, differences }: Verification): TemplateResult {
    const { log } = this.#own
    const [first] = differences
    const text = !sound
      ? log.broken(String(firstBad ?? "?"), file ?? "checkpoint")
      : first !== undefined
        ? log.differs(this.#own.types[first.type] ?? first.type, first.operation)
        : log.sound(
            formatNumber(size, this.language, 15),
            formatNumber(compared, this.language, 15),
            formatNumber(millis, this.language, 15)
          )
    return html`<p class="said">
      <span class="tag ${sound && first === undefined ? "good" : "warn"}"
        >${sound && first === undefined ? "✓" : "✕"}</span
      >
      ${text} <span class="quiet">${formatInstant(at, this.language)}</span>
    </p>`
  }
}
