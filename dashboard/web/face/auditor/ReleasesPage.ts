import { html } from "lit"
import type { TemplateResult } from "lit"
import type { ReleaseEntry } from "../../../api/auditor/ReleaseEntry.ts"
import { formatInstant } from "../../format/formatInstant.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import { formatTiny } from "../../format/formatTiny.ts"
import { Page } from "../../page/Page.ts"
import { ask } from "../../shell/ask.ts"
import { Loading } from "../../shell/Loading.ts"
import { auditorWords } from "./auditorWords.ts"

/** Every release with its certificate, and how far the assets behind them are checked. */
export class ReleasesPage extends Page {
  readonly #releases = new Loading(this, () => ask("auditorReleases", "/api/auditor/releases"))
  readonly #checks = new Loading(this, () => ask("auditorChecks", "/api/auditor/checks"))

  override render(): TemplateResult {
    const own = auditorWords(this.language).releases
    return html`${this.head(own.title, own.lead)} ${this.#releases.show(this.words, (releases) => this.#show(releases))}
      <section class="block apart">
        ${this.#checks.show(this.words, (groups) => html`<assay-coverage .groups=${groups}></assay-coverage>`)}
      </section>`
  }

  #show(releases: ReadonlyArray<ReleaseEntry>): TemplateResult {
    const own = auditorWords(this.language).releases
    if (releases.length === 0)
      return html`<section class="state">
        <h2>${own.none}</h2>
        <p>${own.noneFix}</p>
      </section>`
    return html`<section class="block wide" tabindex="0" role="region" aria-label=${own.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">${own.product}</th>
            <th scope="col">${own.version}</th>
            <th scope="col">${own.kind}</th>
            <th scope="col" class="number">ρ</th>
            <th scope="col" class="number">ε</th>
            <th scope="col" class="number">δ</th>
            <th scope="col">${own.issued}</th>
            <th scope="col">${own.hash}</th>
            <th scope="col">${own.certificate}</th>
          </tr>
        </thead>
        <tbody>
          ${releases.map(
            (one) =>
              html`<tr>
                <td>${this.say(one.title)}</td>
                <td>${one.version}</td>
                <td>${this.words.kind[one.kind]}</td>
                <td class="number">
                  ${
                    one.rho === 0
                      ? "–"
                      : html`<a href="/auditor/entries?type=budget">${formatNumber(one.rho, this.language, 4)}</a>`
                  }
                </td>
                <td class="number">${one.epsilon === 0 ? "–" : formatNumber(one.epsilon, this.language, 4)}</td>
                <td class="number">${one.delta === 0 ? "–" : formatTiny(one.delta)}</td>
                <td>${formatInstant(one.issuedAt, this.language)}</td>
                <td><code title=${one.artefact}>${one.artefact.slice(0, 12)}…</code></td>
                <td>
                  <a
                    class="button"
                    download="${one.product}-${one.version}.json"
                    href="/api/auditor/releases/${one.id}/certificate"
                    aria-label=${own.save(`${this.say(one.title)} ${one.version}`)}
                    >JSON</a
                  >
                </td>
              </tr>`
          )}
        </tbody>
      </table>
    </section>`
  }
}
