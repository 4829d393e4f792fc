import { html, nothing } from "lit"
import type { TemplateResult, PropertyDeclarations } from "lit"
import type { SearchResult } from "../../api/SearchResult.ts"
import { buyerCatalogWords } from "../face/buyer/buyerCatalogWords.ts"
import { formatNumber } from "../format/formatNumber.ts"
import { ask } from "../shell/ask.ts"
import { Loading } from "../shell/Loading.ts"
import { facetBox } from "./facetBox.ts"
import { facetNames } from "./facetNames.ts"
import { Page } from "./Page.ts"
import { productCard } from "./productCard.ts"

const orders = ["relevance", "tradability", "price", "freshness", "newest"] as const
const mostCompared = 4
const pauseMillis = 180

/** What is on sale: found by words, narrowed by facets, sorted, and chosen for comparison. The address says all of it. */
export class CatalogPage extends Page {
  static override properties: PropertyDeclarations = {
    asked: { state: true },
    chosen: { state: true },
    more: { state: true }
  }
  /** As it stands in the address: `q` for words, `sort`, and a facet by its name. */
  declare private asked: URLSearchParams
  declare private chosen: ReadonlyArray<string>
  /** Products of further pages. */
  declare private more: SearchResult["products"]
  #wait: ReturnType<typeof setTimeout> | undefined
  readonly #found = new Loading(this, async () => {
    const found = await ask("search", this.#address(0))
    this.more = []
    return found
  })
  readonly #scenarios = new Loading(this, async () =>
    this.session?.role === "buyer" ? ask("buyerScenarios", "/api/buyer/scenarios") : []
  )

  constructor() {
    super()
    this.asked = new URLSearchParams(location.search)
    this.chosen = this.asked.getAll("p").slice(0, mostCompared)
    this.more = []
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#wait)
  }

  get #own(): ReturnType<typeof buyerCatalogWords> {
    return buyerCatalogWords(this.language)
  }

  #address(offset: number): string {
    const query = new URLSearchParams()
    const text = this.asked.get("q")?.trim().slice(0, 200) ?? ""
    if (text !== "") query.set("text", text)
    const order = orders.find((one) => one === this.asked.get("sort"))
    if (order !== undefined) query.set("order", order)
    for (const name of facetNames) if (this.asked.has(name)) query.set(name, this.asked.get(name)!)
    if (offset > 0) query.set("offset", String(offset))
    return `/api/search${query.size === 0 ? "" : `?${query}`}`
  }

  /** Writes one part of what is asked for into the address, and asks anew. */
  #set(name: string, value: string, pause = 0): void {
    const next = new URLSearchParams(this.asked)
    if (value === "") next.delete(name)
    else next.set(name, value)
    this.#keep(next)
    clearTimeout(this.#wait)
    this.#wait = setTimeout(() => void this.#found.load(), pause)
  }

  #keep(next: URLSearchParams): void {
    this.asked = next
    history.replaceState(null, "", `${location.pathname}${next.size === 0 ? "" : `?${next}`}`)
  }

  #compare(id: string, isOn: boolean): void {
    this.chosen = isOn ? [...this.chosen, id].slice(-mostCompared) : this.chosen.filter((one) => one !== id)
    const next = new URLSearchParams(this.asked)
    next.delete("p")
    for (const one of this.chosen) next.append("p", one)
    this.#keep(next)
  }

  override render(): TemplateResult {
    const { words } = this
    const own = this.#own
    return html`${this.head(
      words.catalog.title,
      words.catalog.lead,
      html`<input
          type="search"
          .value=${this.asked.get("q") ?? ""}
          placeholder=${words.catalog.search}
          aria-label=${words.catalog.search}
          @input=${(event: InputEvent) => this.#set("q", (event.target as HTMLInputElement).value, pauseMillis)}
        />
        <label class="pick"
          >${own.sort}
          <select
            class="small"
            @change=${(event: Event) => this.#set("sort", (event.target as HTMLSelectElement).value)}
          >
            ${orders.map(
              (order) =>
                html`<option value=${order === "relevance" ? "" : order} ?selected=${this.asked.get("sort") === order}>
                  ${own.orders[order]}
                </option>`
            )}
          </select></label
        >`
    )}
    ${this.#ownNeeds()} ${this.#found.show(words, (found) => this.#results(found))} ${this.#tray()}`
  }

  /** What the buyer said they need, and what of the catalogue fits it best. */
  #ownNeeds(): TemplateResult | typeof nothing {
    if (this.session?.role !== "buyer") return nothing
    const own = this.#own
    const scenarios = (this.#scenarios.value ?? []).slice(0, 3)
    return html`<section class="needs" aria-label=${own.needs}>
      ${
        scenarios.length === 0
          ? html`<p>${own.noNeeds} <a href="/buyer/scenario">${own.declare}</a></p>`
          : html`<ul>
              ${scenarios.map(({ name, fits }) => {
                const best = fits.find(({ gate }) => gate)
                return html`<li>
                  <a href="/buyer/scenario"><code>${name}</code></a>
                  ${
                    best === undefined
                      ? html`<span class="quiet">${own.nothingFits}</span>`
                      : html`${own.bestFit}
                          <a href="/products/${best.product}">${this.say(best.title)}</a>
                          <span class="quiet">${own.fit(formatNumber(best.fit, this.language, 3))}</span>`
                  }
                </li>`
              })}
            </ul>`
      }
    </section>`
  }

  #results(found: SearchResult): TemplateResult {
    const { words } = this
    const own = this.#own
    const isNarrowed = this.asked.has("q") || facetNames.some((name) => this.asked.has(name))
    if (found.total === 0 && !isNarrowed)
      return html`<section class="state">
        <h2>${words.catalog.empty}</h2>
        <p class="quiet">${words.catalog.emptyFix}</p>
      </section>`
    const fits = new Map(
      (this.#scenarios.value ?? [])
        .slice(0, 1)
        .flatMap(({ name, fits: all }) => all.map(({ product, fit }) => [product, { name, fit }] as const))
    )
    const cards = [...found.products, ...this.more]
    return html`<div class="shop">
      <aside aria-label=${own.narrow}>
        ${facetNames.map((name) =>
          facetBox(name, found.facets[name] ?? [], this.asked.get(name), own, this.language, (value) =>
            this.#set(name, value)
          )
        )}
        ${isNarrowed ? html`<button class="button" @click=${() => this.#clear()}>${own.clear}</button>` : nothing}
      </aside>
      <div>
        <p class="count" role="status">${words.catalog.found(found.total)}${found.more ? "+" : ""}</p>
        ${
          cards.length === 0
            ? html`<section class="state">
                <h2>${words.catalog.none}</h2>
                <p class="quiet">${words.catalog.noneFix}</p>
              </section>`
            : html`<ul class="cards">
                ${cards.map(
                  (card) =>
                    html`<li>
                      ${productCard(card, this.words, this.language, fits.get(card.id))}
                      ${this.session?.role === "buyer" ? this.#pick(card.id, this.say(card.title)) : nothing}
                    </li>`
                )}
              </ul>`
        }
        ${
          cards.length < found.total && cards.length > 0
            ? html`<p class="end">
                <button class="button" @click=${() => void this.#next(cards.length)}>${own.more}</button>
              </p>`
            : nothing
        }
      </div>
    </div>`
  }

  async #next(offset: number): Promise<void> {
    const { products } = await ask("search", this.#address(offset))
    this.more = [...this.more, ...products]
  }

  #clear(): void {
    const next = new URLSearchParams(this.asked)
    for (const name of ["q", ...facetNames]) next.delete(name)
    this.#keep(next)
    void this.#found.load()
  }

  #pick(id: string, title: string): TemplateResult {
    const own = this.#own
    return html`<label class="pick"
      ><input
        type="checkbox"
        .checked=${this.chosen.includes(id)}
        aria-label=${own.compareOne(title)}
        @change=${(event: Event) => this.#compare(id, (event.target as HTMLInputElement).checked)}
      />
      ${own.compare}</label
    >`
  }

  #tray(): TemplateResult | typeof nothing {
    if (this.chosen.length === 0) return nothing
    const own = this.#own
    const query = new URLSearchParams(this.chosen.map((one) => ["p", one]))
    return html`<section class="tray" aria-label=${own.chosen}>
      <span role="status">${own.chosenCount(this.chosen.length)}</span>
      ${
        this.chosen.length < 2
          ? html`<span class="quiet">${own.chooseMore}</span>`
          : html`<a class="button first" href="/buyer/compare?${query}">${own.compareNow}</a>`
      }
      <button
        class="button"
        @click=${() => {
          for (const id of this.chosen) this.#compare(id, false)
        }}
      >
        ${own.forget}
      </button>
    </section>`
  }
}
