import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Permission } from "../../../api/steward/Permission.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { goTo } from "../../shell/goTo.ts"
import { Loading } from "../../shell/Loading.ts"
import { showProblem } from "../../shell/showProblem.ts"
import { stewardMoreWords } from "./stewardMoreWords.ts"
import { StewardPage } from "./StewardPage.ts"

/** Consent coverage, denials, and what revocations froze. */
export class PermissionPage extends StewardPage {
  readonly #permission = new Loading(this, () => ask("stewardPermission", "/api/steward/permission"))

  get #words(): ReturnType<typeof stewardMoreWords>["permission"] {
    return stewardMoreWords(this.language).permission
  }

  override render(): TemplateResult {
    const own = this.#words
    return html`${this.head(own.title, own.lead)}
    ${this.#permission.show(this.words, (permission) => this.#show(permission))}`
  }

  #show(permission: Permission): TemplateResult {
    const own = this.#words
    const count = (n: number | null): string => (n === null ? own.few : this.whole(n))
    return html`<dl class="strip">
        <div class="figure">
          <dt>${own.licences}</dt>
          <dd>${count(permission.licences)}</dd>
        </div>
        ${permission.states.map(
          ({ state, subjects }) =>
            html`<div class="figure">
              <dt>${own.states[state]}</dt>
              <dd>${count(subjects)}</dd>
            </div>`
        )}
        <div class="figure">
          <dt>${own.epoch}</dt>
          <dd>${this.whole(permission.epoch)}</dd>
        </div>
      </dl>
      ${this.problem === undefined ? nothing : showProblem(this.problem, this.words)}
      <div class="stack">
        ${this.#frozen(permission)}
        <section class="block"><assay-coverage .coverage=${permission.coverage}></assay-coverage></section>
        ${this.#operations(permission)} ${this.#revocations(permission)}
      </div>`
  }

  #operations({ operations }: Permission): TemplateResult {
    const own = this.#words
    if (operations.length === 0) {
      return html`<section class="block">
        <h2>${own.operations}</h2>
        <p>${own.noOperations}</p>
        <p class="quiet">${own.noOperationsFix}</p>
      </section>`
    }
    return html`<section class="block wide" tabindex="0" aria-label=${own.operations}>
      <h2>${own.operations}</h2>
      <table class="tight">
        <thead>
          <tr>
            <th scope="col">${own.at}</th>
            <th scope="col">${own.asset}</th>
            <th scope="col">${own.action}</th>
            <th scope="col">${own.purpose}</th>
            <th scope="col">${own.recipient}</th>
            <th scope="col" class="number">${own.rowsIn}</th>
            <th scope="col" class="number">${own.rowsOut}</th>
            <th scope="col">${own.denied}</th>
          </tr>
        </thead>
        <tbody>
          ${operations.map(
            ({ at, asset, action, purpose, recipient, rowsIn, rowsOut, denied, run }) =>
              html`<tr>
                <td><a href="/steward/runs/${run}">${formatInstant(at, this.language)}</a></td>
                <td><a href="/steward/assets/${encodeURIComponent(asset)}">${asset}</a></td>
                <td><code>${action}</code></td>
                <td><code>${purpose ?? "–"}</code></td>
                <td><code>${recipient}</code></td>
                <td class="number">${this.whole(rowsIn)}</td>
                <td class="number">${this.whole(rowsOut)}</td>
                <td>
                  ${
                    Object.keys(denied).length === 0
                      ? html`<span class="quiet">${own.none}</span>`
                      : Object.entries(denied)
                          .map(([why, n]) => `${own.reasons[why as keyof typeof own.reasons] ?? why} ${this.whole(n)}`)
                          .join(", ")
                  }
                </td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }

  /** Makes what was frozen without whoever said no; a run of everything also settles what they took back. */
  async #make(selection: string): Promise<void> {
    await this.guard(async () => {
      await ask("stewardStartRun", "/api/steward/runs", { selection })
      goTo("/steward/runs")
    })
  }

  #frozen({ frozen, revocations }: Permission): TemplateResult {
    const own = this.#words
    const open = revocations.filter(({ settledAt }) => settledAt === null).length
    const held = revocations
      .filter(({ settledAt }) => settledAt === null)
      .flatMap(({ at, frozen: all }) => all.map((one) => ({ ...one, at })))
      .filter(({ effect }) => effect === "masked" || effect === "stays")
    return html`<section class="block wide" tabindex="0" aria-label=${own.frozen}>
      <h2>${own.frozen}</h2>
      ${
        frozen.length + held.length === 0
          ? html`<p class="quiet">${own.noFrozen}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.product}</th>
                  <th scope="col">${own.effect}</th>
                  <th scope="col">${own.since}</th>
                  <th scope="col">${own.next}</th>
                  <th scope="col">${own.act}</th>
                </tr>
              </thead>
              <tbody>
                ${frozen.map(
                  ({ product, version, effect, since }) =>
                    html`<tr>
                      <td><a href="/steward/review/${encodeURIComponent(product)}">${product} ${version ?? ""}</a></td>
                      <td><span class="tag warn">${own.effects[effect]}</span></td>
                      <td>${formatInstant(since, this.language)}</td>
                      <td class="reason">${own.nexts[effect]}</td>
                      <td>
                        ${
                          effect === "suspended"
                            ? html`<button class="button" @click=${() => void this.#make(`+release.${product}`)}>
                                ${own.make}
                              </button>`
                            : nothing
                        }
                      </td>
                    </tr>`
                )}
                ${held.map(
                  ({ kind, name, effect, until, at }) =>
                    html`<tr>
                      <td>
                        ${name === "*" ? own.allAssets : `${own.kinds[kind as keyof typeof own.kinds] ?? kind} ${name}`}
                      </td>
                      <td><span class="tag">${own.effects[effect as keyof typeof own.effects] ?? effect}</span></td>
                      <td>${formatInstant(at, this.language)}</td>
                      <td class="reason">
                        ${own.nexts[effect as keyof typeof own.nexts]}
                        ${effect !== "stays" ? nothing : until === null ? own.toEnd : own.until(formatDay(until, this.language))}
                      </td>
                      <td></td>
                    </tr>`
                )}
              </tbody>
            </table>`
      }
      ${
        open === 0
          ? nothing
          : html`<p class="apart">
              ${own.unsettled(this.whole(open))}
              <button class="button" @click=${() => void this.#make("")}>${own.settle}</button>
            </p>`
      }
    </section>`
  }

  #revocations({ revocations }: Permission): TemplateResult {
    const own = this.#words
    return html`<section class="block wide" tabindex="0" aria-label=${own.revocations}>
      <h2>${own.revocations}</h2>
      ${
        revocations.length === 0
          ? html`<p class="quiet">${own.noRevocations}</p>`
          : html`<table class="tight">
              <thead>
                <tr>
                  <th scope="col">${own.at}</th>
                  <th scope="col" class="number">${own.epoch}</th>
                  <th scope="col">${own.froze}</th>
                  <th scope="col">${own.settled}</th>
                  <th scope="col">${own.operation}</th>
                </tr>
              </thead>
              <tbody>
                ${revocations.map(
                  ({ operation, at, epoch, settledAt, frozen }) =>
                    html`<tr>
                      <td>${formatInstant(at, this.language)}</td>
                      <td class="number">${this.whole(epoch)}</td>
                      <td>
                        ${frozen.map(
                          ({ kind, name, effect, until }) =>
                            html`<div>
                              ${own.kinds[kind as keyof typeof own.kinds] ?? kind} ${name}:
                              ${own.effects[effect as keyof typeof own.effects] ?? effect}
                              ${until === null ? nothing : own.until(formatDay(until, this.language))}
                            </div>`
                        )}
                      </td>
                      <td>
                        ${settledAt === null ? html`<span class="tag warn">${own.open}</span>` : formatInstant(settledAt, this.language)}
                      </td>
                      <td><code>${operation}</code></td>
                    </tr>`
                )}
              </tbody>
            </table>`
      }
    </section>`
  }
}
