import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Risk } from "../../../api/executive/Risk.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatMoney } from "../../format/formatMoney.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatShare } from "../../format/formatShare.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { executiveRiskWords } from "./executiveRiskWords.ts"
import { executiveWords } from "./executiveWords.ts"

type Product = Risk["products"][number]

const mostReasons = 3

/** What could stop sales: budget, gates, age, attacks, consent, and backups nobody has tried. */
export class RiskPage extends Page {
  readonly #risk = new Loading(this, () => ask("executiveRisk", "/api/executive/risk"))

  get #own(): ReturnType<typeof executiveRiskWords> {
    return executiveRiskWords(this.language)
  }

  override render(): TemplateResult {
    const own = this.#own
    return html`${this.head(own.title, own.lead)} ${this.#risk.show(this.words, (risk) => this.#show(risk))}`
  }

  #show(risk: Risk): TemplateResult {
    const own = this.#own
    const { language } = this
    const { budget, drill, checks, products } = risk
    const blocked = products.filter(
      ({ state, gates, missing }) => state !== "listed" || gates.length + missing.length > 0
    )
    const beaten = products.reduce((sum, { priceAttack }) => sum + priceAttack.beaten, 0)
    const offers = products.reduce((sum, { priceAttack }) => sum + priceAttack.offers, 0)
    const weak = products.filter(({ privacyAttack: one }) => one !== null && one.score < one.least).length
    const count = (n: number): string => formatNumber(n, language, 9)
    return html`<div class="stack">
      <dl class="strip flush">
        ${this.figure(
          own.budget,
          html`<a class="plain" href="/budget">${formatShare(budget.leftShare, language)}</a>`,
          budget.runsOut === null ? "" : own.runsOut(formatDay(budget.runsOut, language))
        )}
        ${this.figure(own.forSale, count(products.filter(({ state }) => state === "listed").length), own.of(count(products.length)))}
        ${this.figure(own.attacks, count(beaten + weak), own.ofOffers(count(offers)))}
        ${this.figure(
          own.checks,
          html`<a class="plain" href="/assets">${count(checks.covered)}</a>`,
          `${own.of(count(checks.assets))} · ${own.failing(count(checks.failing))}`
        )}
        ${this.figure(
          own.drill,
          drill === null ? own.never : drill.sound ? own.sound : own.unsound,
          drill === null ? "" : formatInstant(drill.at, language)
        )}
      </dl>
      ${
        products.length === 0
          ? html`<section class="state">
              <h2>${own.empty}</h2>
              <p class="quiet">${own.emptyFix}</p>
            </section>`
          : html`${this.#blocked(blocked)} ${this.#age(products)} ${this.#attacks(products)}
              <div class="columns">
                <section class="block"><assay-standing .products=${products}></assay-standing></section>
                <div>${this.#consent(risk)} ${this.#checks(risk)}</div>
              </div>`
      }
    </div>`
  }

  #blocked(blocked: ReadonlyArray<Product>): TemplateResult {
    const own = this.#own
    const { states } = executiveWords(this.language).portfolio
    const why = ({ gates, missing }: Product): TemplateResult => {
      const told = gates.map(
        ({ id, name, state, next }) =>
          html`<li>${id} ${this.say(name)}: ${own.evidence[state]}. <span class="quiet">${this.say(next)}</span></li>`
      )
      const reasons = missing
        .filter(({ en }) => !gates.some(({ id }) => en.includes(id)))
        .map((one) => html`<li>${this.say(one)}</li>`)
      const all = [...told, ...reasons]
      return html`<ul class="plain-list">
        ${all.slice(0, mostReasons)}
        ${all.length > mostReasons ? html`<li class="quiet">${own.more(String(all.length - mostReasons))}</li>` : nothing}
      </ul>`
    }
    return this.panel(
      own.blocked,
      blocked.length === 0
        ? html`<p class="quiet">${own.noBlocked}</p>`
        : html`<table class="tight">
            <thead>
              <tr>
                <th scope="col">${own.product}</th>
                <th scope="col">${own.state}</th>
                <th scope="col">${own.why}</th>
                <th scope="col" class="number">${own.waiting}</th>
              </tr>
            </thead>
            <tbody>
              ${blocked.map(
                (one) =>
                  html`<tr>
                    <td><a href="/products/${one.id}">${this.say(one.title)}</a></td>
                    <td><span class="tag warn">${states[one.state as keyof typeof states] ?? one.state}</span></td>
                    <td class="reason">${why(one)}</td>
                    <td class="number">
                      ${formatMoney({ minor: one.list, currency: one.currency }, this.language, "short")}
                    </td>
                  </tr>`
              )}
            </tbody>
          </table>`
    )
  }

  #age(products: ReadonlyArray<Product>): TemplateResult {
    const own = this.#own
    const { language } = this
    const loss = ({ list, later }: Product): number => list - later.list
    const money = (minor: number, currency: string): string => formatMoney({ minor, currency }, language, "short")
    return this.panel(
      own.age,
      html`<table class="tight">
          <thead>
            <tr>
              <th scope="col">${own.product}</th>
              <th scope="col" class="number">${own.now}</th>
              <th scope="col" class="number">${own.later}</th>
              <th scope="col" class="number">${own.list}</th>
              <th scope="col" class="number">${own.atRisk}</th>
              <th scope="col">${own.next}</th>
            </tr>
          </thead>
          <tbody>
            ${products
              .toSorted((a, b) => loss(b) - loss(a))
              .map(
                (one) =>
                  html`<tr>
                    <td><a href="/products/${one.id}">${this.say(one.title)}</a></td>
                    <td class="number">${formatNumber(one.timeliness, language, 3)}</td>
                    <td class="number">${formatNumber(one.later.timeliness, language, 3)}</td>
                    <td class="number">${money(one.list, one.currency)}</td>
                    <td class="number">${money(loss(one), one.currency)}</td>
                    <td>${one.nextUpdate === null ? "–" : formatDay(one.nextUpdate, language)}</td>
                  </tr>`
              )}
          </tbody>
        </table>
        <p class="quiet end">${own.ageNote}</p>`
    )
  }

  #attacks(products: ReadonlyArray<Product>): TemplateResult {
    const own = this.#own
    const { language } = this
    const price = ({ priceAttack: { offers, beaten, margin } }: Product): TemplateResult =>
      html`<span class="tag ${beaten === 0 ? "good" : "warn"}"
          >${beaten === 0 ? own.unbeaten(String(offers)) : own.beaten(String(beaten))}</span
        >
        <span class="quiet"
          >${
            margin === null
              ? own.noWay
              : margin < 0
                ? own.cheaper(formatShare(-margin, language))
                : own.margin(formatShare(margin, language))
          }</span
        >`
    return this.panel(
      own.attackTitle,
      html`<table class="tight">
          <thead>
            <tr>
              <th scope="col">${own.product}</th>
              <th scope="col">${own.price}</th>
              <th scope="col">${own.privacy}</th>
              <th scope="col">${own.rests}</th>
            </tr>
          </thead>
          <tbody>
            ${products.map((one) => {
              const found = one.privacyAttack
              return html`<tr>
                <td><a href="/products/${one.id}">${this.say(one.title)}</a></td>
                <td>${price(one)}</td>
                <td>
                  ${
                    found === null
                      ? html`<span class="tag warn">${own.noAttack}</span>`
                      : html`<span class="tag ${found.score >= found.least ? "good" : "warn"}"
                          >${own.score(formatNumber(found.score, language, 3), formatNumber(found.least, language, 3))}</span
                        >`
                  }
                </td>
                <td class="reason">
                  ${found === null ? "–" : this.say(found.note)}
                  ${found?.isDemo === true ? html`<span class="tag">${own.demo}</span>` : nothing}
                </td>
              </tr>`
            })}
          </tbody>
        </table>
        <p class="quiet end">${own.attackNote}</p>`
    )
  }

  #consent({ consent }: Risk): TemplateResult {
    const own = this.#own
    const percent = (share: number): string => formatShare(share, this.language)
    return html`<section class="block">
      <h2>${own.coverage}</h2>
      ${
        consent.length === 0
          ? html`<p class="quiet">${own.noConsent}</p>`
          : html`<table class="tight">
                <thead>
                  <tr>
                    <th scope="col">${own.purpose}</th>
                    <th scope="col" class="number">${own.share}</th>
                  </tr>
                </thead>
                <tbody>
                  ${consent.map(
                    ({ purpose, least, most }) =>
                      html`<tr>
                        <td><code>${purpose}</code></td>
                        <td class="number">
                          ${
                            least === null || most === null
                              ? own.few
                              : least === most
                                ? percent(least)
                                : `${percent(least)} – ${percent(most)}`
                          }
                        </td>
                      </tr>`
                  )}
                </tbody>
              </table>
              <p class="quiet end">${own.coverageNote}</p>`
      }
    </section>`
  }

  #checks({ checks }: Risk): TemplateResult {
    const own = this.#own
    return html`<section class="block">
      <h2>${own.checksTitle}</h2>
      <p>${own.failing(String(checks.failing))}. ${own.checksNote(String(checks.blocking))}</p>
      <p class="end"><a href="/assets">${own.openAssets}</a></p>
    </section>`
  }
}
