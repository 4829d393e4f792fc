import { LitElement, html, nothing } from "lit"
import type { TemplateResult, PropertyDeclarations } from "lit"
import { keyed } from "lit/directives/keyed.js"
import type { Session } from "../../api/Session.ts"
import type { Words } from "../words/Words.ts"
import { wordsFor } from "../words/wordsFor.ts"
import { formatInstant } from "../format/formatInstant.ts"
import { ApiProblem } from "./ApiProblem.ts"
import { ask } from "./ask.ts"
import { departure } from "./departure.ts"
import { followSettings } from "./followSettings.ts"
import { goTo } from "./goTo.ts"
import { menus } from "./menus.ts"
import { pageAt } from "./pageAt.ts"
import { settings } from "./settings.ts"
import { showProblem } from "./showProblem.ts"

const sun = html`<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
  <circle cx="7" cy="7" r="2.6" fill="currentColor" />
  <path
    d="M7 .8v2M7 11.2v2M.8 7h2M11.2 7h2M2.6 2.6 4 4M10 10l1.4 1.4M11.4 2.6 10 4M4 10l-1.4 1.4"
    stroke="currentColor"
    stroke-width="1.2"
  />
</svg>`

const moon = html`<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
  <path
    d="M11.9 8.6A5.3 5.3 0 0 1 5.4 2.1a5.3 5.3 0 1 0 6.5 6.5Z"
    fill="none"
    stroke="currentColor"
    stroke-width="1.3"
  />
</svg>`

/** The frame: who is here, where they are, in which language and light. */
export class AssayApp extends LitElement {
  static override properties: PropertyDeclarations = {
    path: { state: true },
    visit: { state: true },
    session: { state: true },
    problem: { state: true },
    tight: { state: true },
    unfolded: { state: true }
  }
  declare private path: string
  /** Counts arrivals, so that the same address opens afresh. */
  declare private visit: number
  /** Undefined until the server has said. */
  declare private session: Session["session"] | undefined
  declare private problem: ApiProblem | undefined
  /** The menu does not fit beside the name: it unfolds from a button. */
  declare private tight: boolean
  declare private unfolded: boolean
  #measured = ""
  readonly #observer = new ResizeObserver(() => void this.#measure())
  readonly #titles = new MutationObserver(() => this.#nameWindow())

  constructor() {
    super()
    this.path = location.pathname
    this.visit = 0
    this.session = undefined
    this.problem = undefined
    this.tight = false
    this.unfolded = false
    followSettings(this)
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener("popstate", this.#arrive)
    addEventListener("hashchange", this.#arrive)
    document.addEventListener("click", this.#follow)
    addEventListener("keydown", this.#fold)
    void document.fonts.ready.then(() => this.#measure())
    this.addEventListener("signed-in", (event) => this.#welcome((event as CustomEvent<Session["session"]>).detail))
    void this.#ask()
  }

  async #ask(): Promise<void> {
    this.problem = undefined
    try {
      this.session = (await ask("session", "/api/session")).session
      if (this.session === null && !/^\/(sign-in|register)$/.test(this.path)) goTo("/sign-in")
      this.#find()
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      this.problem = cause
    }
  }

  #welcome(session: Session["session"]): void {
    this.session = session
    goTo(session === null ? "/sign-in" : menus[session.role][0]![0])
  }

  readonly #arrive = (event: Event): void => {
    // The application's own steps are not the browser's.
    if (event.isTrusted && departure.isHeld()) return
    this.#find()
    this.visit += 1
    this.unfolded = false
    scrollTo(0, 0)
    void this.#lead(this.visit)
  }

  /** Takes the address; the bare one begins the work of whoever has no catalogue. */
  #find(): void {
    const menu = this.session ? menus[this.session.role] : []
    const isElsewhere = menu.length > 0 && menu.every(([address]) => address !== "/")
    if (location.pathname === "/" && isElsewhere) history.replaceState(null, "", menu[0]![0])
    this.path = location.pathname
  }

  /** Leads whoever reads by keyboard or by ear to the heading of the new page, as soon as it is there. */
  async #lead(visit: number): Promise<void> {
    await this.updateComplete
    const latest = performance.now() + 3000
    while (visit === this.visit && performance.now() < latest) {
      const heading = this.querySelector<HTMLElement>("main h1, main [role=alert] h2")
      if (heading !== null) {
        // Who was quicker than the page stays where they went.
        const main = this.querySelector("main")!
        if (main !== document.activeElement && main.contains(document.activeElement)) return
        heading.tabIndex = -1
        heading.focus({ preventScroll: true })
        return
      }
      await new Promise(requestAnimationFrame)
    }
  }

  protected override firstUpdated(): void {
    this.#observer.observe(this.querySelector(".bar")!)
    this.#titles.observe(this.querySelector("main")!, { childList: true, subtree: true, characterData: true })
  }

  protected override updated(): void {
    void this.#measure()
    this.#nameWindow()
  }

  /** The window is named after the page that it shows. */
  #nameWindow(): void {
    const { brand } = wordsFor(settings.language)
    const heading = this.querySelector("main h1")?.textContent.trim().replaceAll(/\s+/g, " ") ?? ""
    const title = heading === "" ? brand : `${heading} · ${brand}`
    if (document.title !== title) document.title = title
  }

  /** Lays the menu out in a row and sees whether it fits; done anew for each width, language and role. */
  async #measure(): Promise<void> {
    const nav = this.querySelector("nav")
    if (nav === null) return
    const now = `${innerWidth} ${settings.language} ${this.session?.role ?? ""} ${document.fonts.status}`
    if (this.#measured === now) return
    this.#measured = now
    this.tight = false
    await this.updateComplete
    this.tight = nav.scrollWidth > nav.clientWidth
  }

  /** Escape folds the menu in and gives the focus back to its button. */
  readonly #fold = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.unfolded) return
    this.unfolded = false
    this.querySelector<HTMLElement>(".unfold")?.focus()
  }

  /** An anchor would count as an arrival and open the page afresh. */
  readonly #skip = (event: Event): void => {
    event.preventDefault()
    this.querySelector<HTMLElement>("#main")?.focus()
  }

  /** Links inside the application change the page without loading it again, from inside charts too. */
  readonly #follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    const link = event.composedPath().find((part) => part instanceof Element && part.localName === "a")
    if (!(link instanceof Element) || link.hasAttribute("download") || link.hasAttribute("target")) return
    const address = link.getAttribute("href")
    if (address === null || !address.startsWith("/") || address.startsWith("/api/")) return
    event.preventDefault()
    goTo(address)
  }

  override render(): TemplateResult {
    const words = wordsFor(settings.language)
    return html`<a class="button skip" href="#main" @click=${this.#skip}>${words.skip}</a>
      ${this.#bar(words)}
      <p class="print-head">
        ${words.brand} · ${formatInstant(new Date().toISOString(), settings.language)} · ${location.origin}${this.path}
      </p>
      <main id="main" tabindex="-1">
        ${
          this.problem !== undefined
            ? showProblem(this.problem, words, () => void this.#ask())
            : this.session === undefined
              ? html`<div aria-busy="true"><div class="skeleton"></div></div>`
              : keyed(
                  this.visit,
                  pageAt(this.path, this.session, () => this.requestUpdate())
                )
        }
      </main>
      <footer class="foot">
        ${words.foot} ${this.session ? html`<a href="/security">${words.security}</a>` : nothing}
      </footer>`
  }

  #bar(words: Words): TemplateResult {
    const { language, theme } = settings
    const session = this.session ?? null
    const menu = session === null ? [] : menus[session.role]
    const under = (address: string): boolean =>
      address === "/"
        ? /^\/($|products|quotes)/.test(this.path)
        : this.path === address || this.path.startsWith(`${address}/`)
    // Of two that fit, the narrower one is open.
    const [open] = menu
      .map(([address]) => address)
      .filter(under)
      .sort((a, b) => b.length - a.length)
    const here = (address: string): boolean => address === open
    const current = menu.find(([address]) => address === open)
    return html`<header class="bar ${this.tight ? "tight" : ""}">
      <a class="brand" href="/"
        ><span class="seal" aria-hidden="true">鉴</span>${words.name}<small>${words.otherName}</small></a
      >
      ${
        this.tight
          ? html`<button
              class="unfold"
              aria-expanded=${this.unfolded}
              aria-controls="menu"
              @click=${() => {
                this.unfolded = !this.unfolded
              }}
            >
              <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
                <path d="M1 3h12M1 7h12M1 11h12" stroke="currentColor" stroke-width="1.4" />
              </svg>
              ${words.menu}${current === undefined ? nothing : html`<span class="here"> · ${words.nav[current[1]]}</span>`}
            </button>`
          : nothing
      }
      <nav id="menu" aria-label=${words.menu} ?hidden=${this.tight && !this.unfolded}>
        ${menu.map(
          ([address, name]) =>
            html`<a href=${address} aria-current=${here(address) ? "page" : "false"}>${words.nav[name]}</a>`
        )}
      </nav>
      <div class="side">
        ${session === null ? nothing : html`<a class="who" href="/security">${words.role[session.role]} · ${session.name}</a>`}
        <button
          lang=${language === "en" ? "zh-CN" : "en"}
          @click=${() => settings.setLanguage(language === "en" ? "zh-CN" : "en")}
        >
          ${words.toggleLanguage}
        </button>
        <button
          aria-label=${theme === "dark" ? words.toLight : words.toDark}
          title=${theme === "dark" ? words.toLight : words.toDark}
          @click=${() => settings.setTheme(theme === "dark" ? "light" : "dark")}
        >
          ${theme === "dark" ? sun : moon}
        </button>
        ${session === null ? nothing : html`<button @click=${this.#signOut}>${words.signOut}</button>`}
      </div>
    </header>`
  }

  readonly #signOut = async (): Promise<void> => {
    try {
      await ask("signOut", "/api/sign-out", "post")
      this.session = null
      goTo("/sign-in")
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      this.problem = cause
    }
  }
}
