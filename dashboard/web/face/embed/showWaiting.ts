import { html } from "lit"
import type { TemplateResult } from "lit"
import { settings } from "../../shell/settings.ts"
import type { Told } from "./askHouse.ts"
import { embedWords } from "./embedWords.ts"

/** What stands in the place of a chart until the house has answered, and where it does not. */
export function showWaiting(told: Told<unknown> | undefined): TemplateResult {
  const words = embedWords(settings.language)
  if (told === undefined || told.is === "told")
    return html`<div aria-busy="true" aria-label=${words.loading} role="status"><div class="wait"></div></div>`
  const { message, fix } = words.problems[told.code as keyof typeof words.problems] ?? words.problems.network
  return html`<div class="said" role="alert">
    <p class="name">${words.failed}</p>
    <p>${message}</p>
    <p class="quiet">${fix}</p>
  </div>`
}
