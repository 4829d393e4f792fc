import type { Draft } from "./Draft.ts"

/** Changes of one field that follow each other this fast are one step. */
const typingMillis = 1000
/** Changes that belong together come in one breath. */
const breathMillis = 50
const mostSteps = 100

/** The states of a draft while it is edited: back, forward, and whether it stands as it was saved. */
export class DraftHistory {
  #saved: Draft | undefined
  #past: ReadonlyArray<Draft> = []
  #future: ReadonlyArray<Draft> = []
  #path = ""
  #at = Number.NEGATIVE_INFINITY

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  isSaved(draft: Draft | undefined): boolean {
    return draft === this.#saved
  }

  /** The draft stands as it is in the house. */
  save(draft: Draft | undefined): void {
    this.#saved = draft
  }

  /** Keeps what a change takes the place of. */
  note(before: Draft | undefined, path: string, now: number): void {
    const since = now - this.#at
    const isOne = since < breathMillis || (path === this.#path && since < typingMillis)
    this.#path = path
    this.#at = now
    this.#future = []
    if (before === undefined || (isOne && this.#past.length > 0)) return
    this.#past = [...this.#past, before].slice(-mostSteps)
  }

  /** @returns the state before; undefined where there is none */
  undo(now: Draft): Draft | undefined {
    const before = this.#past.at(-1)
    if (before === undefined) return undefined
    this.#past = this.#past.slice(0, -1)
    this.#future = [...this.#future, now]
    this.#path = ""
    return before
  }

  /** @returns the state that was undone last; undefined where there is none */
  redo(now: Draft): Draft | undefined {
    const after = this.#future.at(-1)
    if (after === undefined) return undefined
    this.#future = this.#future.slice(0, -1)
    this.#past = [...this.#past, now]
    this.#path = ""
    return after
  }
}
