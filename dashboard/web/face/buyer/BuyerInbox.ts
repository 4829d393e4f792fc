import { html, nothing } from "lit"
import type { PropertyDeclarations, TemplateResult } from "lit"
import type { BuyerNotice } from "../../../api/buyer/BuyerNotice.ts"
import { saveFile } from "../../element/saveFile.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { buyerDataWords } from "./buyerDataWords.ts"
import { buyerWords } from "./buyerWords.ts"

/** What happened to what a buyer bought, what to do about it, and the declaration that a recall asks for. */
export class BuyerInbox extends Page {
  static override properties: PropertyDeclarations = { asked: { state: true }, said: { state: true } }
  /** The recall that is about to be declared. */
  declare private asked: string | undefined
  declare private said: boolean
  readonly #inbox = new Loading(this, () => ask("buyerInbox", "/api/buyer/inbox"))

  constructor() {
    super()
    this.asked = undefined
    this.said = false
  }

  #read(id: string): void {
    void this.guard(async () => {
      await ask("buyerNoticeRead", `/api/buyer/inbox/${id}/read`, "post")
      await this.#inbox.load()
    })
  }

  /** Declaring again changes nothing and gives the same receipt. */
  #attest(recall: string): void {
    this.asked = undefined
    void this.guard(async () => {
      const receipt = await ask("buyerRecallAttest", `/api/buyer/recalls/${recall}/attest`, "post")
      saveFile(`${recall}-receipt.json`, new Blob([JSON.stringify(receipt, null, 2)], { type: "application/json" }))
      this.said = true
      await this.#inbox.load()
    })
  }

  override render(): TemplateResult {
    const own = buyerDataWords(this.language).inbox
    return html`${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      <div role="status">${this.said ? html`<p class="said">${own.declared}</p>` : nothing}</div>
      ${this.#inbox.show(this.words, (notices) => this.#notices(notices))}`
  }

  #notices(notices: ReadonlyArray<BuyerNotice>): TemplateResult {
    const words = buyerWords(this.language).mine
    if (notices.length === 0) return html`<p class="quiet">${words.noNotices}</p>`
    const own = buyerDataWords(this.language).inbox
    const unread = notices.filter(({ readAt }) => readAt === null).length
    return html`${unread === 0 ? nothing : html`<p class="quiet">${own.unread(formatNumber(unread, this.language))}</p>`}
      <ul class="notices">
        ${notices.map(
          (notice) =>
            html`<li class=${notice.readAt === null ? "unread" : ""}>
              <p>
                <span class="tag ${notice.kind === "resumption" ? "good" : "warn"}">${words.kinds[notice.kind]}</span>
                <time datetime=${notice.at}>${formatInstant(notice.at, this.language)}</time>
                <a href="/products/${notice.product}">${notice.product}</a> ${notice.version ?? ""}
              </p>
              <p>${this.say(notice.text)}</p>
              <p class="quiet">${own.todo[notice.kind]} ${this.#facts(notice)}</p>
              <p class="actions">
                ${notice.recall === null ? nothing : this.#declare(notice.recall)}
                ${
                  notice.readAt === null
                    ? html`<button class="button" @click=${() => this.#read(notice.id)}>${words.mark}</button>`
                    : html`<span class="quiet">${words.wasRead}</span>`
                }
              </p>
            </li>`
        )}
      </ul>`
  }

  #facts({ facts, recall }: BuyerNotice): TemplateResult {
    const own = buyerDataWords(this.language).inbox
    const { endsOn, successor, before, after, currency, contract } = facts
    const money = (minor: number): string => formatMoney({ minor, currency: String(currency) }, this.language)
    return html`${typeof endsOn === "string" ? own.endsOn(formatDay(endsOn, this.language)) : nothing}
    ${typeof successor === "string" ? html`${own.successor}: <a href="/products/${successor}">${successor}</a>` : nothing}
    ${typeof before === "number" && typeof after === "number" ? own.price(money(before), money(after)) : nothing}
    ${typeof contract === "string" ? own.contract(contract) : nothing}
    ${recall === null ? nothing : own.order(recall.order)}`
  }

  #declare({ id, attestedAt }: NonNullable<BuyerNotice["recall"]>): TemplateResult {
    const own = buyerDataWords(this.language).inbox
    if (attestedAt !== null)
      return html`<span class="tag good">${own.attested(formatInstant(attestedAt, this.language))}</span>
        <button class="button" @click=${() => this.#attest(id)}>${own.receipt}</button>`
    const say = (asked: string | undefined) => () => {
      this.asked = asked
    }
    return this.asked === id
      ? html`<button class="button first" @click=${() => this.#attest(id)}>${own.sure}</button>
          <button class="button" @click=${say(undefined)}>${own.cancel}</button>`
      : html`<button class="button first" @click=${say(id)}>${own.declare}</button>`
  }
}
