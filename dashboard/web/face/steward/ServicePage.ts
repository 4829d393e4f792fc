import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { Service } from "../../../api/steward/Service.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { stewardServiceWords } from "./stewardServiceWords.ts"
import { StewardPage } from "./StewardPage.ts"

type Trial = Service["trials"][number]
type Hook = Service["webhooks"][number]

/** Trials and webhooks of all buyers: how they go, and what a steward can do about it. */
export class ServicePage extends StewardPage {
  static override properties: PropertyDeclarations = {
    told: { state: true },
    said: { state: true },
    sure: { state: true }
  }
  /** What the last step answered; it takes the place of what was loaded. */
  declare private told: Service | undefined
  declare private said: string
  /** What somebody was asked about before it is done. */
  declare private sure: string
  readonly #service = new Loading(this, () => ask("stewardService", "/api/steward/service"))

  constructor() {
    super()
    this.told = undefined
    this.said = ""
    this.sure = ""
  }

  get #words(): ReturnType<typeof stewardServiceWords> {
    return stewardServiceWords(this.language)
  }

  override render(): TemplateResult {
    const own = this.#words
    return html`${this.head(own.title, own.lead)}
    ${this.said === "" ? nothing : html`<p class="said" role="status">${this.said}</p>`}
    ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
    ${this.#service.show(this.words, (loaded) => {
      const { trials, webhooks } = this.told ?? loaded
      return html`<div class="stack">${this.#webhooks(webhooks)} ${this.#trials(trials)}</div>`
    })}`
  }

  async #try(work: () => Promise<Service>, say: (service: Service) => string): Promise<void> {
    this.said = ""
    this.sure = ""
    await this.guard(async () => {
      this.told = await work()
      this.said = say(this.told)
    })
  }

  /** A step that is asked for twice. */
  #twice(id: string, name: string, means: string, yes: string, work: () => Promise<Service>): TemplateResult {
    const own = this.#words
    if (this.sure !== id) {
      return html`<button class="button" ?disabled=${this.busy} @click=${() => void (this.sure = id)}>${name}</button>`
    }
    return html`<div class="sure" role="group" aria-label=${name}>
      <p>${means}</p>
      <p class="actions">
        <button class="button first" @click=${() => void this.#try(work, () => own.done)}>${yes}</button>
        <button class="button" @click=${() => void (this.sure = "")}>${own.keep}</button>
      </p>
    </div>`
  }

  #trials(trials: ReadonlyArray<Trial>): TemplateResult {
    const own = this.#words
    return html`<section class="block wide" tabindex="0" aria-label=${own.trials}>
      <h2>${own.trials}<small>${this.whole(trials.length)}</small></h2>
      ${
        trials.length === 0
          ? html`<p>${own.noTrials}</p>
              <p class="quiet">${own.noTrialsFix}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.buyer}</th>
                  <th scope="col">${own.product}</th>
                  <th scope="col">${own.state}</th>
                  <th scope="col">${own.until}</th>
                  <th scope="col" class="number">${own.calls}</th>
                  <th scope="col" class="number">${own.spend}</th>
                  <th scope="col">${own.act}</th>
                </tr>
              </thead>
              <tbody>
                ${trials.map((trial) => this.#trial(trial))}
              </tbody>
            </table>`
      }
    </section>`
  }

  #trial({ id, buyer, product, version, state, endsAt, calls, spend }: Trial): TemplateResult {
    const own = this.#words
    const address = `/api/steward/trials/${encodeURIComponent(id)}/end`
    return html`<tr>
      <td>${buyer}</td>
      <td><a href="/steward/review/${encodeURIComponent(product)}">${product} ${version}</a></td>
      <td><span class="tag ${state === "open" ? "good" : ""}">${own.states[state]}</span></td>
      <td>${formatDay(endsAt, this.language)}</td>
      <td class="number">${own.of(this.whole(calls.used), this.whole(calls.cap))}</td>
      <td class="number">${own.of(formatMoney(spend.used, this.language), formatMoney(spend.cap, this.language))}</td>
      <td class="wrap">
        ${state === "open" ? this.#twice(id, own.end, own.endMeans, own.endSure, () => ask("stewardEndTrial", address, "post")) : nothing}
      </td>
    </tr>`
  }

  #webhooks(webhooks: ReadonlyArray<Hook>): TemplateResult {
    const own = this.#words
    return html`<section class="block wide" tabindex="0" aria-label=${own.webhooks}>
      <h2>${own.webhooks}<small>${this.whole(webhooks.length)}</small></h2>
      ${
        webhooks.length === 0
          ? html`<p>${own.noWebhooks}</p>
              <p class="quiet">${own.noWebhooksFix}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.buyer}</th>
                  <th scope="col">${own.host}</th>
                  <th scope="col">${own.kinds}</th>
                  <th scope="col">${own.state}</th>
                  <th scope="col" class="number">${own.delivered}</th>
                  <th scope="col" class="number">${own.waiting}</th>
                  <th scope="col" class="number">${own.givenUp}</th>
                  <th scope="col">${own.tries}</th>
                  <th scope="col">${own.act}</th>
                </tr>
              </thead>
              <tbody>
                ${webhooks.map((hook) => this.#hook(hook))}
              </tbody>
            </table>`
      }
    </section>`
  }

  #hook(hook: Hook): TemplateResult {
    const own = this.#words
    const { id, buyer, host, kinds, state, delivered, waiting, nextAt, givenUp, attempts } = hook
    const address = `/api/steward/webhooks/${encodeURIComponent(id)}`
    const test = (): void =>
      void this.#try(
        () => ask("stewardTestWebhook", `${address}/test`, "post"),
        (service) => own.tested(host, this.#how(service.webhooks.find((one) => one.id === id)?.attempts[0]))
      )
    return html`<tr>
      <td>${buyer}</td>
      <td><code>${host}</code></td>
      <td>${kinds.length === 0 ? own.allKinds : kinds.join(", ")}</td>
      <td>
        <span class="tag ${state === "fails" ? "warn" : state === "delivers" ? "good" : ""}"
          >${own.hookStates[state]}</span
        >
      </td>
      <td class="number">${this.whole(delivered)}</td>
      <td class="number">
        ${this.whole(waiting)}
        ${nextAt === null ? nothing : html`<span class="quiet">${own.next(formatInstant(nextAt, this.language))}</span>`}
      </td>
      <td class="number">${givenUp === 0 ? "0" : html`<span class="tag warn">${this.whole(givenUp)}</span>`}</td>
      <td>
        ${
          attempts.length === 0
            ? "–"
            : html`<details>
                <summary>${this.#how(attempts[0])}</summary>
                <ul class="plain-list">
                  ${attempts.map((one) => html`<li>${formatInstant(one.at, this.language)} · ${this.#how(one)}</li>`)}
                </ul>
              </details>`
        }
      </td>
      <td class="wrap">
        <div class="actions">
          <button class="button" ?disabled=${this.busy} @click=${test}>${own.test}</button>
          ${this.#twice(id, own.remove, own.removeMeans, own.removeSure, () => ask("stewardRemoveWebhook", `${address}/remove`, "post"))}
        </div>
      </td>
    </tr>`
  }

  #how(attempt: Hook["attempts"][number] | undefined): string {
    const own = this.#words
    if (attempt === undefined) return own.silence
    const { status, outcome, isTest } = attempt
    const how = isTest && outcome !== "delivered" ? own.failedTest : own.outcomes[outcome]
    return `${how}, ${status === null ? own.silence : own.answered(String(status))}`
  }
}
