import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { ChargeDetail } from "../../../api/steward/ChargeDetail.ts"
import { saveFile } from "../../element/saveFile.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import { formatTiny } from "../../format/formatTiny.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { stewardChargeWords } from "./stewardChargeWords.ts"
import { stewardMoreWords } from "./stewardMoreWords.ts"
import { StewardPage } from "./StewardPage.ts"

/** What every kind of certificate may say; what a kind does not say is left out. */
interface Certificate {
  readonly mechanism?: string
  readonly issuedAt?: string
  readonly hash?: string
  readonly unit?: { readonly neighbours?: string }
  readonly loss?: { readonly epsilon?: number; readonly delta?: number }
  readonly measures?: ReadonlyArray<{
    readonly name: string
    readonly rho?: number
    readonly halfWidth95?: number
    readonly expectedError?: number
  }>
  readonly signature?: { readonly algorithm?: string; readonly publicKey?: string }
}

/** One charge of the budget down to the certificate. */
export class ChargePage extends StewardPage {
  readonly #charge = new Loading(this, () =>
    ask("stewardCharge", `/api/steward/charges/${encodeURIComponent(this.params["charge"]!)}`)
  )

  override render(): TemplateResult {
    const own = stewardChargeWords(this.language)
    return html`<p class="crumbs">
        <a href="/steward/budget">${stewardMoreWords(this.language).budget.title}</a> /
        <span class="mono">${this.params["charge"]}</span>
      </p>
      ${this.head(own.title, own.lead)} ${this.#charge.show(this.words, (charge) => this.#show(charge))}`
  }

  #show(charge: ChargeDetail): TemplateResult {
    const own = stewardChargeWords(this.language)
    const fact = (name: string, value: unknown): TemplateResult =>
      html`<dt>${name}</dt>
        <dd>${value}</dd>`
    const told = charge.certificate as Certificate | null
    return html`<dl class="strip">
        ${this.figure(own.rho, formatNumber(charge.rho, this.language, 4), `δ ${formatTiny(charge.delta)}`)}
        ${
          told?.loss?.epsilon === undefined
            ? nothing
            : this.figure(
                "ε",
                formatNumber(told.loss.epsilon, this.language, 3),
                `δ ${formatTiny(told.loss.delta ?? 0)}`
              )
        }
        ${this.figure(own.share, formatShare(charge.share, this.language))}
        ${this.figure(own.period, charge.period, charge.month === null ? "" : `${own.month} ${charge.month}`)}
      </dl>
      <div class="stack">
        <section class="block">
          <dl class="facts">
            ${
              charge.product === null
                ? nothing
                : fact(
                    own.product,
                    html`<a href="/steward/review/${encodeURIComponent(charge.product)}">${charge.product}</a>`
                  )
            }
            ${
              charge.version === null
                ? nothing
                : fact(
                    own.version,
                    html`<a href="/steward/assets/${encodeURIComponent(`release.${charge.product}`)}"
                      >${charge.version}</a
                    >`
                  )
            }
            ${fact(own.purpose, html`<code>${charge.kind === "census" ? this.words.chargePurpose.census : charge.purpose}</code>`)}
            ${fact(own.recipient, charge.buyer === "public" ? own.everyone : charge.buyer)}
            ${fact(own.when, formatInstant(charge.reservedAt, this.language))}
            ${fact(own.published, charge.committedAt === null ? own.notYet : formatInstant(charge.committedAt, this.language))}
            ${fact(own.epoch, html`<a href="/steward/permission">${this.whole(charge.epoch)}</a>`)}
            ${fact(own.plan, html`<code>${charge.plan}</code>`)}
          </dl>
        </section>
        ${this.#certificate(charge, told)}
      </div>`
  }

  #certificate({ id, kind }: ChargeDetail, told: Certificate | null): TemplateResult {
    const own = stewardChargeWords(this.language)
    if (told === null) {
      return html`<section class="block">
        <h2>${own.certificate}</h2>
        <p class="quiet">${kind === "census" ? own.census : own.missing}</p>
      </section>`
    }
    const text = JSON.stringify(told, null, 2)
    const fact = (name: string, value: unknown): TemplateResult | typeof nothing =>
      value === undefined
        ? nothing
        : html`<dt>${name}</dt>
            <dd>${value}</dd>`
    const number = (value: number | undefined): string =>
      value === undefined ? "–" : formatNumber(value, this.language, 4)
    return html`<section class="block wide" tabindex="0" aria-label=${own.certificate}>
      <h2>
        ${own.certificate}
        <small>
          <button class="link" @click=${() => saveFile(`${id}.json`, new Blob([text], { type: "application/json" }))}>
            ${own.save}
          </button>
        </small>
      </h2>
      <dl class="facts">
        ${fact(own.mechanism, told.mechanism)} ${fact(own.guarantee, told.unit?.neighbours)}
        ${fact(own.issued, told.issuedAt === undefined ? undefined : formatInstant(told.issuedAt, this.language))}
        ${fact(own.signed, told.signature?.algorithm === undefined ? undefined : html`${told.signature.algorithm} <code>${(told.signature.publicKey ?? "").replaceAll(/-----[A-Z ]+-----/g, "").trim()}</code>`)}
        ${fact(own.hash, told.hash === undefined ? undefined : html`<code>${told.hash}</code>`)}
      </dl>
      ${
        told.measures === undefined || told.measures.length === 0
          ? nothing
          : html`<h3>${own.measures}</h3>
              <table class="tight">
                <thead>
                  <tr>
                    <th scope="col">${own.measure}</th>
                    <th scope="col" class="number">${own.rho}</th>
                    <th scope="col" class="number">${own.error}</th>
                    <th scope="col" class="number">${own.half}</th>
                  </tr>
                </thead>
                <tbody>
                  ${told.measures.map(
                    ({ name, rho, expectedError, halfWidth95 }) =>
                      html`<tr>
                        <td><code>${name}</code></td>
                        <td class="number">${number(rho)}</td>
                        <td class="number">${number(expectedError)}</td>
                        <td class="number">${number(halfWidth95)}</td>
                      </tr>`
                  )}
                </tbody>
              </table>`
      }
      <details>
        <summary>${own.certificate} (JSON)</summary>
        <pre class="file" tabindex="0">${text}</pre>
      </details>
    </section>`
  }
}
