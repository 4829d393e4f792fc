import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Overview } from "../../../api/steward/Overview.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatTiny } from "../../format/formatTiny.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { runTag } from "./runTag.ts"
import { stewardReviewWords } from "./stewardReviewWords.ts"
import { StewardPage } from "./StewardPage.ts"

const mostChecks = 8

/** What needs the steward first, then how everything stands. */
export class OverviewPage extends StewardPage {
  readonly #overview = new Loading(this, () => ask("stewardOverview", "/api/steward/overview"))

  override render(): TemplateResult {
    const { title, lead } = this.own.overview
    return html`${this.head(title, lead)} ${this.#overview.show(this.words, (overview) => this.#show(overview))}`
  }

  #show(overview: Overview): TemplateResult {
    return html`${this.#strip(overview)}
      <div class="columns">
        <div>${this.#needs(overview)} ${this.#products(overview)} ${this.#checks(overview)}</div>
        <div>${this.#runs(overview)} ${this.#changes(overview)} ${this.#service(overview)}</div>
      </div>`
  }

  #strip({ assets, failedChecks, budget, revocations, runs, epoch }: Overview): TemplateResult {
    const { language } = this
    const own = this.own.overview
    const blocking = failedChecks.filter((check) => check.blocking).length
    const last = runs[0]
    const figure = (name: string, address: string, value: unknown, note: unknown): TemplateResult =>
      html`<div class="figure">
        <dt>${name}</dt>
        <dd><a class="plain" href=${address}>${value}</a> <small>${note}</small></dd>
      </div>`
    return html`<dl class="strip">
      ${figure(own.stale, "/steward/assets", this.whole(assets.stale + assets.missing), `/ ${this.whole(assets.all)}`)}
      ${figure(own.failed, "/steward/assets", this.whole(failedChecks.length), own.blocking(this.whole(blocking)))}
      ${figure(
        own.left,
        "/steward/budget",
        html`ε ${formatNumber(budget.left.epsilon, language, 3)}`,
        html`δ ${formatTiny(budget.left.delta)} ·
        ${budget.runsOut === null ? own.lastsLong : own.lasts(formatDay(budget.runsOut, language))}`
      )}
      ${figure(own.revocations, "/steward/permission", this.whole(revocations.length), own.epoch(this.whole(epoch)))}
      ${figure(
        own.running,
        "/steward/runs",
        this.whole(runs.filter(({ state }) => state === "running").length),
        last === undefined ? own.noRun : own.lastRun(formatInstant(last.startedAt, language))
      )}
    </dl>`
  }

  #needs({ stale, late, failedChecks, suspended, review, expiring, service, revocations }: Overview): TemplateResult {
    const unsettled = revocations.filter(({ settled }) => !settled).length
    const own = this.own.overview
    const decisions = stewardReviewWords(this.language).review
    const items: ReadonlyArray<TemplateResult> = [
      ...suspended.map(
        ({ product, since }) =>
          html`<a href="/steward/permission">${product}</a> ${own.suspended} ${formatDay(since, this.language)}
            <p class="quiet">${own.suspendedWhy}</p>`
      ),
      ...review.map(
        ({ product, title, waitsFor, requestedBy }) =>
          html`<a href="/steward/review/${encodeURIComponent(product)}">${this.say(title)}</a> ·
            ${decisions.waits[waitsFor]}
            ${requestedBy === null ? nothing : html`<span class="quiet">${decisions.askedBy(requestedBy)}</span>`}`
      ),
      ...failedChecks
        .filter(({ blocking }) => blocking)
        .map(
          ({ asset, check, failing }) =>
            html`<a href="/steward/assets/${encodeURIComponent(asset)}">${asset}</a> ·
              <code>${check}</code> ${own.blocks(this.whole(failing))}`
        ),
      ...expiring.map(
        ({ product, title, item, until }) =>
          html`<a href="/steward/review/${encodeURIComponent(product)}">${this.say(title)}</a> ·
            ${own.runsOut(this.say(item), formatDay(until, this.language))}`
      ),
      ...(unsettled === 0 ? [] : [html`<a href="/steward/permission">${own.unsettled(this.whole(unsettled))}</a>`]),
      ...(service.failing === 0
        ? []
        : [html`<a href="/steward/service">${own.service}</a> · ${own.failing(this.whole(service.failing))}`]),
      ...late.map(
        ({ asset, why }) =>
          html`<a href="/steward/assets/${encodeURIComponent(asset)}">${asset}</a> ${own.late} ${this.say(why)}`
      ),
      ...stale.map(
        ({ asset, why }) =>
          html`<a href="/steward/assets/${encodeURIComponent(asset)}">${asset}</a> ${own.staleWhy} ${this.say(why)}`
      )
    ]
    return html`<section class="block">
      <h2>${own.needs}<small>${this.whole(items.length)}</small></h2>
      ${
        items.length === 0
          ? html`<p>${own.nothing}</p>
              <p class="quiet">${own.nothingFix}</p>`
          : html`<ol class="promises">
              ${items.slice(0, 12).map((item) => html`<li><div>${item}</div></li>`)}
            </ol>`
      }
    </section>`
  }

  #products({ products }: Overview): TemplateResult {
    const own = this.own.overview
    if (products.length === 0) {
      return html`<section class="block">
        <h2>${own.products}</h2>
        <p class="quiet">${own.noProducts}</p>
        <p><a class="button" href="/steward/design">${own.designOne}</a></p>
      </section>`
    }
    return html`<section class="block wide" tabindex="0" aria-label=${own.products}>
      <h2>${own.products}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">${own.product}</th>
            <th scope="col">${own.version}</th>
            <th scope="col" class="number">${own.index}</th>
            <th scope="col">${own.gates}</th>
          </tr>
        </thead>
        <tbody>
          ${products.map(
            ({ product, title, version, index, gates }) =>
              html`<tr>
                <td><a href="/steward/review/${encodeURIComponent(product)}">${this.say(title)}</a></td>
                <td>${version === null ? own.notListed : html`<a href="/products/${product}">${version}</a>`}</td>
                <td class="number">
                  ${
                    index === null
                      ? "–"
                      : html`<a class="plain" href="/steward/review/${encodeURIComponent(product)}"
                          >${formatNumber(index, this.language, 3)}</a
                        >`
                  }
                </td>
                <td>
                  ${gates.length === 0 ? own.none : gates.map((gate) => html`<span class="tag warn">${gate}</span> `)}
                </td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }

  #checks({ failedChecks }: Overview): TemplateResult | typeof nothing {
    const own = this.own.overview
    const warn = failedChecks.filter(({ blocking }) => !blocking)
    if (warn.length === 0) return nothing
    return html`<section class="block wide" tabindex="0" aria-label=${own.checks}>
      <h2>
        ${own.checks}<small><a href="/steward/assets">${own.allChecks(this.whole(warn.length))}</a></small>
      </h2>
      <table>
        <thead>
          <tr>
            <th scope="col">${own.asset}</th>
            <th scope="col">${own.check}</th>
            <th scope="col" class="number">${own.rows}</th>
          </tr>
        </thead>
        <tbody>
          ${warn.slice(0, mostChecks).map(
            ({ asset, check, failing }) =>
              html`<tr>
                <td><a href="/steward/assets/${encodeURIComponent(asset)}">${asset}</a></td>
                <td><code>${check}</code></td>
                <td class="number">
                  <a class="plain" href="/steward/assets/${encodeURIComponent(asset)}">${this.whole(failing)}</a>
                </td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }

  #runs({ runs }: Overview): TemplateResult {
    const own = this.own.overview
    return html`<section class="block">
      <h2>
        ${own.runs}<small><a href="/steward/runs">${own.allRuns}</a></small>
      </h2>
      ${
        runs.length === 0
          ? html`<p class="quiet">${own.noRun}</p>`
          : html`<ul class="lines">
              ${runs.map(
                ({ id, selection, startedAt, state }) =>
                  html`<li>
                    <a href="/steward/runs/${id}">${selection === "" ? this.own.runs.everything : selection}</a>
                    <span class="quiet">${formatInstant(startedAt, this.language)}</span>
                    ${runTag(state, this.own.runs.states)}
                  </li>`
              )}
            </ul>`
      }
    </section>`
  }

  #service({ service }: Overview): TemplateResult {
    const own = this.own.overview
    const line = (name: string, n: number, warn = false): TemplateResult =>
      html`<li>
        <a href="/steward/service">${name}</a>
        <span class=${warn && n > 0 ? "tag warn" : ""}>${this.whole(n)}</span>
      </li>`
    return html`<section class="block">
      <h2>${own.service}</h2>
      <ul class="lines">
        ${line(own.trials, service.trials)} ${line(own.webhooks, service.webhooks)}
        ${line(own.failingHooks, service.failing, true)}
      </ul>
    </section>`
  }

  #changes({ revocations }: Overview): TemplateResult {
    const own = this.own.overview
    return html`<section class="block">
      <h2>${own.changes}</h2>
      ${
        revocations.length === 0
          ? html`<p class="quiet">${own.noChanges}</p>`
          : html`<ul class="lines">
              ${revocations.map(
                ({ at, epoch, settled }) =>
                  html`<li>
                    <a href="/steward/permission">${own.epoch(this.whole(epoch))}</a>
                    <span class="quiet">${formatInstant(at, this.language)}</span>
                    <span class="tag ${settled ? "good" : "warn"}">${settled ? own.settled : own.open}</span>
                  </li>`
              )}
            </ul>`
      }
    </section>`
  }
}
