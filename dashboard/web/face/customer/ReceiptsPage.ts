import { html } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import { verifyReceipt } from "#core/log/verifier/inBrowser.ts"
import { Unproven } from "#core/log/verifier/webProofs.ts"
import type { CustomerReceipts } from "../../../api/customer/CustomerReceipts.ts"
import { saveFile } from "../../element/saveFile.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { CustomerPage } from "./CustomerPage.ts"
import { customerLevelWords } from "./customerLevelWords.ts"
import { customerWords } from "./customerWords.ts"
import { frozenList } from "./frozenList.ts"

/** What a customer has in hand: grants to download, revocations with their proofs, and who was told to delete. */
export class ReceiptsPage extends CustomerPage {
  static override properties: PropertyDeclarations = { checked: { state: true } }
  /** Whether the receipt of a revocation holds, by its operation. */
  declare private checked: ReadonlyMap<string, boolean>
  readonly #receipts = new Loading(this, async () => {
    const receipts = await ask("customerReceipts", "/api/customer/receipts")
    void this.#check(receipts)
    return receipts
  })

  constructor() {
    super()
    this.checked = new Map()
  }

  async #check({ revocations, salt, key }: CustomerReceipts): Promise<void> {
    const held = new Map<string, boolean>()
    for (const one of revocations) {
      try {
        await verifyReceipt({ ...one, salt }, key)
        held.set(one.operation, true)
      } catch (cause) {
        if (cause instanceof Unproven) held.set(one.operation, false)
        else if (!(cause instanceof DOMException)) throw cause
      }
    }
    this.checked = held
  }

  override render(): TemplateResult {
    const words = customerWords(this.language).receipts
    return html`${this.head(words.title, words.lead)}
    ${this.#receipts.show(
      this.words,
      (receipts) => html`${this.#grants(receipts)} ${this.#revocations(receipts)} ${this.#recalls(receipts)}`
    )}`
  }

  #instant(seconds: number): string {
    return formatInstant(new Date(seconds * 1000).toISOString(), this.language)
  }

  #day(seconds: number): string {
    return formatDay(new Date(seconds * 1000).toISOString(), this.language)
  }

  #grants({ grants }: CustomerReceipts): TemplateResult {
    const words = customerWords(this.language)
    const link = (digest: string, format: string, text: string): TemplateResult =>
      html`<a class="button" download="${format}.json" href="/api/customer/grants/${digest}?format=${format}"
        >${text}</a
      >`
    return this.panel(
      words.receipts.grants,
      grants.length === 0
        ? html`<p class="quiet">${words.receipts.noGrants}</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col" class="number">${words.receipts.number}</th>
                <th scope="col">${words.receipts.given}</th>
                <th scope="col">${words.receipts.valid}</th>
                <th scope="col">${words.receipts.proven}</th>
                <th scope="col">${words.receipts.state}</th>
                <th scope="col">${words.receipts.files}</th>
              </tr>
            </thead>
            <tbody>
              ${grants.toReversed().map(
                ({ digest, seq, state, evidence, from, until, acceptedAt }) =>
                  html`<tr>
                    <td class="number">${seq}</td>
                    <td>${this.#instant(acceptedAt)}<br /><code class="quiet">${digest.slice(0, 16)}…</code></td>
                    <td>${this.#day(from)} – ${this.#day(until - 1)}</td>
                    <td>E${evidence} · ${customerLevelWords(this.language).each[evidence - 1]?.name}</td>
                    <td>
                      <span class="tag ${state === "ACTIVE" ? "good" : "warn"}">${words.licences.states[state]}</span>
                    </td>
                    <td>
                      <span class="actions"
                        >${link(digest, "odrl", words.receipts.odrl)} ${link(digest, "receipt", words.receipts.iso)}
                        ${link(digest, "token", words.receipts.token)}</span
                      >
                    </td>
                  </tr>`
              )}
            </tbody>
          </table>`
    )
  }

  #revocations({ revocations, salt, key }: CustomerReceipts): TemplateResult {
    const words = customerWords(this.language).receipts
    const save = (one: CustomerReceipts["revocations"][number]): void => {
      const { document, index, proof } = one
      const content = JSON.stringify({ document, index, proof, salt, key }, null, 1)
      saveFile(`revocation-${index}.json`, new Blob([content], { type: "application/json" }))
    }
    return html`<section class="block apart">
      <h2>${words.revocations}</h2>
      ${
        revocations.length === 0
          ? html`<p class="quiet">${words.noRevocations}</p>`
          : revocations.toReversed().map(
              (one) =>
                html`<article class="entry">
                  <dl class="facts">
                    <dt>${words.when}</dt>
                    <dd>${this.#instant(one.at)}</dd>
                    <dt>${words.entry}</dt>
                    <dd>${one.index}</dd>
                    <dt>${words.epoch}</dt>
                    <dd>${one.epoch} <small class="quiet">${words.epochNote}</small></dd>
                    <dt>${words.settled}</dt>
                    <dd>${one.settledAt === null ? words.waiting : this.#instant(one.settledAt)}</dd>
                    <dt>${words.checked}</dt>
                    <dd>${this.#verdict(one.operation)}</dd>
                  </dl>
                  ${frozenList(one.frozen, this.language)}
                  <p class="end"><button class="button" @click=${() => save(one)}>${words.proof}</button></p>
                </article>`
            )
      }
    </section>`
  }

  #verdict(operation: string): TemplateResult {
    const words = customerWords(this.language).receipts
    const holds = this.checked.get(operation)
    if (holds === undefined) return html`<span class="quiet">${words.unchecked}</span>`
    return html`<span class="tag ${holds ? "good" : "warn"}">${holds ? `✓ ${words.holds}` : words.broken}</span>`
  }

  #recalls({ recalls }: CustomerReceipts): TemplateResult {
    const words = customerWords(this.language).receipts
    return html`<section class="block apart wide" tabindex="0" role="region" aria-label=${words.recalls}>
      <h2>${words.recalls}</h2>
      ${
        recalls.length === 0
          ? html`<p class="quiet">${words.noRecalls}</p>`
          : html`<table>
              <thead>
                <tr>
                  <th scope="col">${words.product}</th>
                  <th scope="col">${words.buyer}</th>
                  <th scope="col">${words.told}</th>
                  <th scope="col">${words.deleted}</th>
                </tr>
              </thead>
              <tbody>
                ${recalls.map(
                  ({ title, version, buyer, at, attestedAt }) =>
                    html`<tr>
                      <td>${this.say(title)} ${version}</td>
                      <td>${buyer}</td>
                      <td>${formatInstant(at, this.language)}</td>
                      <td>
                        ${
                          attestedAt === null
                            ? html`<span class="tag warn">${words.open}</span>`
                            : formatInstant(attestedAt, this.language)
                        }
                      </td>
                    </tr>`
                )}
              </tbody>
            </table>`
      }
    </section>`
  }
}
