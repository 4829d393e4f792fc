import { html } from "lit"
import type { TemplateResult } from "lit"
import type { Run } from "../../../api/steward/Run.ts"

/** The state of a run as a mark. */
export const runTag = (state: Run["state"], states: Readonly<Record<Run["state"], string>>): TemplateResult =>
  html`<span class="tag ${state === "done" ? "good" : state === "failed" ? "warn" : ""}">${states[state]}</span>`
