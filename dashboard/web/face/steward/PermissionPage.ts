import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Permission } from "../../../api/steward/Permission.ts"
import { formatDay } from "../../format/formatDay.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
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
      <div class="stack">
        <section class="block"><assay-coverage .coverage=${permission.coverage}></assay-coverage></section>
        ${this.#operations(permission)}
        <div class="pair">${this.#frozen(permission)} ${this.#revocations(permission)}</div>
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

  #frozen({ frozen }: Permission): TemplateResult {
    const own = this.#words
    return html`<section class="block wide" tabindex="0" aria-label=${own.frozen}>
      <h2>${own.frozen}</h2>
      ${
        frozen.length === 0
          ? html`<p class="quiet">${own.noFrozen}</p>`
          : html`<ul class="lines">
              ${frozen.map(
                ({ product, version, effect, since }) =>
                  html`<li>
                    <a href="/products/${product}">${product} ${version ?? ""}</a>
                    <span class="quiet">${own.since} ${formatInstant(since, this.language)}</span>
                    <span class="tag warn">${own.effects[effect]}</span>
                  </li>`
              )}
            </ul>`
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
