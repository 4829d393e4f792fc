import { LitElement, html, nothing } from "lit"
import type { TemplateResult, PropertyDeclarations } from "lit"
import { keyed } from "lit/directives/keyed.js"
import type { Session } from "../../api/Session.ts"
import type { Words } from "../words/Words.ts"
import { wordsFor } from "../words/wordsFor.ts"
import { ApiProblem } from "./ApiProblem.ts"
import { ask } from "./ask.ts"
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
    problem: { state: true }
  }
  declare private path: string
  /** Counts arrivals, so that the same address opens afresh. */
  declare private visit: number
  /** Undefined until the server has said. */
  declare private session: Session["session"] | undefined
  declare private problem: ApiProblem | undefined

  constructor() {
    super()
    this.path = location.pathname
    this.visit = 0
    this.session = undefined
    this.problem = undefined
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
    this.addEventListener("signed-in", (event) => this.#welcome((event as CustomEvent<Session["session"]>).detail))
    void this.#ask()
  }

  async #ask(): Promise<void> {
    this.problem = undefined
    try {
      this.session = (await ask("session", "/api/session")).session
      if (this.session === null && !/^\/(sign-in|register)$/.test(this.path)) goTo("/sign-in")
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      this.problem = cause
    }
  }

  #welcome(session: Session["session"]): void {
    this.session = session
    goTo(session === null ? "/sign-in" : menus[session.role][0]![0])
  }

  readonly #arrive = (): void => {
    this.path = location.pathname
    this.visit += 1
    scrollTo(0, 0)
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true }))
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
    document.title = words.brand
    return html`<a class="button skip" href="#main">${words.skip}</a>
      ${this.#bar(words)}
      <main id="main">
        ${
          this.problem !== undefined
            ? showProblem(this.problem, words, () => void this.#ask())
            : this.session === undefined
              ? html`<div aria-busy="true"><div class="skeleton"></div></div>`
              : keyed(this.visit, pageAt(this.path, this.session))
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
    return html`<header class="bar">
      <a class="brand" href="/"
        ><span class="seal" aria-hidden="true">鉴</span>${words.name}<small>${words.otherName}</small></a
      >
      <nav aria-label=${words.menu}>
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
