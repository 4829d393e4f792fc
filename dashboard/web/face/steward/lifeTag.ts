import { html } from "lit"
import type { TemplateResult } from "lit"
import type { LifeState } from "../../../api/steward/LifeState.ts"

/** A state of a product's life, marked where it sells or should. */
export const lifeTag = (state: LifeState, names: Readonly<Record<LifeState, string>>): TemplateResult =>
  html`<span class="tag ${state === "listed" ? "good" : state === "suspended" ? "warn" : ""}">${names[state]}</span>`
