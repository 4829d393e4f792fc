import { html } from "lit"
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from "lit"
import type { Words } from "../words/Words.ts"
import { ApiProblem } from "./ApiProblem.ts"
import { showProblem } from "./showProblem.ts"

type State<A> =
  | { readonly tag: "loading" }
  | { readonly tag: "ready"; readonly value: A }
  | { readonly tag: "failed"; readonly problem: ApiProblem }

/** Something a page asks the server for, in one of its states; each has a face that says what to do next. */
export class Loading<A> implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #load: () => Promise<A>
  #state: State<A> = { tag: "loading" }
  #turn = 0

  constructor(host: ReactiveControllerHost, load: () => Promise<A>) {
    this.#host = host
    this.#load = load
    host.addController(this)
  }

  hostConnected(): void {
    void this.load()
  }

  get value(): A | undefined {
    return this.#state.tag === "ready" ? this.#state.value : undefined
  }

  /** Asks again; what is shown stays until the answer is here. */
  readonly load = async (): Promise<void> => {
    const turn = ++this.#turn
    if (this.#state.tag === "failed") this.#set({ tag: "loading" })
    let next: State<A>
    try {
      next = { tag: "ready", value: await this.#load() }
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      next = { tag: "failed", problem: cause }
    }
    if (turn === this.#turn) this.#set(next)
  }

  show(words: Words, ready: (value: A) => TemplateResult): TemplateResult {
    if (this.#state.tag === "ready") return ready(this.#state.value)
    if (this.#state.tag === "failed") return showProblem(this.#state.problem, words, this.load)
    return html`<div aria-busy="true" aria-label=${words.loading}>
      <div class="skeleton"></div>
      <div class="skeleton"></div>
      <div class="skeleton"></div>
    </div>`
  }

  #set(state: State<A>): void {
    this.#state = state
    this.#host.requestUpdate()
  }
}
