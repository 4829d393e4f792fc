import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import { parseKey, Unproven, verifyProof } from "#core/log/verifier/webProofs.ts"
import type { LogState } from "../../../api/auditor/LogState.ts"
import type { Verification } from "../../../api/auditor/Verification.ts"
import { saveFile } from "../../element/saveFile.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { auditorWords } from "./auditorWords.ts"

const mostProofs = 12

/** The head of the log, who stands behind it, and a check of every byte on request. */
export class LogPage extends Page {
  static override properties: PropertyDeclarations = { verified: { state: true }, proofs: { state: true } }
  declare private verified: Verification | undefined
  /** Proofs that this browser checked itself, after what the server said. */
  declare private proofs: { readonly done: number; readonly all: number; readonly bad: number | undefined } | undefined
  readonly #log = new Loading(this, () => ask("auditorLog", "/api/auditor/log"))

  constructor() {
    super()
    this.verified = undefined
    this.proofs = undefined
  }

  get #own(): ReturnType<typeof auditorWords> {
    return auditorWords(this.language)
  }

  readonly #verify = async (): Promise<void> => {
    this.verified = undefined
    this.proofs = undefined
    await this.guard(async () => {
      this.verified = await ask("auditorVerify", "/api/auditor/verify", "post")
      await this.#log.load()
      if (this.verified.sound) await this.#prove(this.verified.size)
    })
  }

  /** The first entry, the newest and some at random: whoever shows this page another log has to guess which. */
  async #prove(size: number): Promise<void> {
    const random = [...crypto.getRandomValues(new Uint32Array(mostProofs - 2))].map((n) => n % size)
    const indexes = [...new Set([0, size - 1, ...random])].filter((index) => index >= 0 && index < size)
    for (const [i, index] of indexes.entries()) {
      this.proofs = { done: i, all: indexes.length, bad: undefined }
      const { proof, key } = await ask("auditorProof", `/api/auditor/entries/${index}/proof`)
      const holds = await verifyProof(proof, await parseKey(key)).then(
        (found) => found.index === index && key === this.#log.value?.key,
        (cause: unknown) => {
          if (cause instanceof Unproven) return false
          throw cause
        }
      )
      if (!holds) {
        this.proofs = { done: i, all: indexes.length, bad: index }
        return
      }
    }
    this.proofs = { done: indexes.length, all: indexes.length, bad: undefined }
  }

  override render(): TemplateResult {
    const { log } = this.#own
    return html`${this.head(
      log.title,
      log.lead,
      html`<button class="button primary" ?disabled=${this.busy} @click=${this.#verify}>
        ${this.busy ? log.verifying : log.verify}
      </button>`
    )}
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
      <div role="status">
        ${this.verified === undefined ? nothing : this.#verdict(this.verified)} ${this.#progress()}
      </div>
      <section class="block"><assay-growth .points=${state.growth}></assay-growth></section>
      <div class="columns end">
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
          <p><code>node assay-verify.mjs log log --key "$(cat assay-log.key)"</code></p>
          <p class="end">
            <button
              class="button"
              @click=${() => saveFile("assay-log.key", new Blob([`${state.key}\n`], { type: "text/plain" }))}
            >
              ${log.saveKey}
            </button>
          </p>
          <p class="end"><a class="button" href="/api/auditor/bundle" download="assay-audit.tar">${log.bundle}</a></p>
          <p class="quiet note">${log.bundleNote}</p>
        </section>
      </div>`
  }

  #progress(): TemplateResult | typeof nothing {
    const { log } = this.#own
    const { proofs } = this
    const whole = (n: number): string => formatNumber(n, this.language, 15)
    if (proofs?.bad !== undefined)
      return html`<p class="said refused"><span class="tag warn">×</span> ${log.unproved(whole(proofs.bad))}</p>`
    if (proofs !== undefined && proofs.done === proofs.all)
      return html`<p class="said">
        <span class="tag good">✓</span>
        ${log.proved(whole(proofs.done), whole(proofs.all), whole(this.verified?.size ?? 0))}
      </p>`
    if (!this.busy) return nothing
    return html`<p class="said">
      ${proofs === undefined ? log.stepRead : log.stepProve(whole(proofs.done), whole(proofs.all))}
      <progress max=${proofs?.all ?? nothing} value=${proofs?.done ?? nothing} aria-label=${log.verifying}></progress>
    </p>`
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
        >${sound && first === undefined ? "✓" : "×"}</span
      >
      ${text} <span class="quiet">${formatInstant(at, this.language)}</span>
    </p>`
  }
}
