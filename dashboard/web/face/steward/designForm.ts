import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { Drafts } from "../../../api/steward/Drafts.ts"
import type { Draft } from "./Draft.ts"
import { measureRows } from "./measureRows.ts"
import type { stewardDesignWords } from "./stewardDesignWords.ts"

type Words = ReturnType<typeof stewardDesignWords>

/** How the form changes the draft. */
export interface Editing {
  readonly words: Words
  readonly drafts: Drafts
  readonly draft: Draft
  set(path: ReadonlyArray<string | number>, value: unknown): void
}

const list = (text: string): ReadonlyArray<string> =>
  text
    .split(/[,，、]/)
    .map((one) => one.trim())
    .filter((one) => one !== "")

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value

/** The form of the designer: what a steward may change of a product file. */
export function designForm(editing: Editing): TemplateResult {
  const { words, draft, drafts, set } = editing
  const { fields, sections } = words
  const text = (
    label: string,
    path: ReadonlyArray<string>,
    value: string | undefined,
    optional = false
  ): TemplateResult =>
    html`<label class="field"
      >${label}
      <input
        type="text"
        data-path=${path.join(".")}
        autocomplete="off"
        .value=${value ?? ""}
        @input=${(event: Event) => set(path, valueOf(event) === "" && optional ? undefined : valueOf(event))}
      />
    </label>`
  const words_ = (
    label: string,
    path: ReadonlyArray<string>,
    value: ReadonlyArray<string> | undefined
  ): TemplateResult =>
    html`<label class="field"
      >${label}
      <input
        type="text"
        data-path=${path.join(".")}
        autocomplete="off"
        .value=${(value ?? []).join(", ")}
        @change=${(event: Event) => set(path, list(valueOf(event)))}
      />
    </label>`
  const number = (
    label: string,
    path: ReadonlyArray<string>,
    value: number | undefined,
    step: string,
    optional = true
  ): TemplateResult =>
    html`<label class="field"
      >${label}
      <input
        type="number"
        data-path=${path.join(".")}
        step=${step}
        min="0"
        .value=${value === undefined ? "" : String(value)}
        @input=${(event: Event) => {
          const typed = valueOf(event)
          if (typed === "" ? optional : Number.isFinite(Number(typed)))
            set(path, typed === "" ? undefined : Number(typed))
        }}
      />
    </label>`
  const choice = (label: string, path: ReadonlyArray<string>, value: string | undefined, all: ReadonlyArray<string>) =>
    html`<label class="field"
      >${label}
      <select data-path=${path.join(".")} @change=${(event: Event) => set(path, valueOf(event))}>
        ${all.map((one) => html`<option value=${one} .selected=${one === value}>${one}</option>`)}
      </select>
    </label>`
  const { scenario, release, price, terms } = draft
  return html`<section class="block form">
      <h2>${sections.scenario}</h2>
      ${choice(fields.purpose, ["scenario", "purpose"], scenario.purpose, drafts.purposes)}
      ${words_(fields.required, ["scenario", "required"], scenario.required)}
      ${words_(fields.optional, ["scenario", "optional"], scenario.optional)}
      <div class="two">
        ${text(fields.history, ["scenario", "history"], scenario.history, true)}
        ${text(fields.freshness, ["scenario", "freshness"], scenario.freshness, true)}
      </div>
    </section>
    <section class="block form">
      <h2>${sections.release}</h2>
      ${
        release.kind === "dp_aggregate"
          ? html`${
                draft.sql === undefined
                  ? choice(
                      fields.from,
                      ["from"],
                      draft.from,
                      drafts.assets.map(({ key }) => key)
                    )
                  : nothing
              }
              ${measureRows(editing, release)}
              <h3>${sections.bounds}</h3>
              <div class="two">
                ${number(fields.groups, ["release", "bounds", "groups_per_subject"], release.bounds?.groups_per_subject, "1")}
                ${number(fields.rows, ["release", "bounds", "rows_per_group"], release.bounds?.rows_per_group, "1")}
              </div>
              ${number(fields.subjects, ["release", "population", "subjects"], release.population?.subjects, "1")}`
          : html`<p class="quiet">${release.kind === "synthetic" ? words.synthetic : words.consented}</p>`
      }
      ${release.kind === "consented" ? nothing : lossFields(editing, release)}
    </section>
    <section class="block form">
      <h2>${sections.price}</h2>
      <div class="two">
        ${text(fields.base, ["price", "base"], price.base)} ${text(fields.floor, ["price", "floor"], price.floor, true)}
        ${text(fields.halfLife, ["price", "half_life"], price.half_life, true)}
        ${text(fields.grace, ["price", "grace"], price.grace, true)}
        ${number(fields.archival, ["price", "archival"], price.archival, "0.05")}
        ${number(fields.beta, ["price", "beta"], price.beta, "0.05")}
        ${number(fields.r0, ["price", "r0"], price.r0, "0.01")}
      </div>
    </section>
    <details class="block form">
      <summary>${sections.terms} · ${sections.governance}</summary>
      ${text(fields.product, ["product"], draft.product)} ${text(fields.titleZh, ["title", "zh"], draft.title.zh)}
      ${text(fields.titleEn, ["title", "en"], draft.title.en)}
      ${words_(fields.purposes, ["terms", "purposes"], terms.purposes)}
      ${words_(fields.territory, ["terms", "territory"], terms.territory)}
      ${text(fields.retention, ["terms", "retention"], terms.retention)}
      <label class="field inline"
        ><input
          type="checkbox"
          .checked=${terms.onward}
          @change=${(event: Event) => set(["terms", "onward"], (event.target as HTMLInputElement).checked)}
        />${fields.onward}</label
      >
      <div class="two">
        ${text(fields.owner, ["owner"], draft.owner)} ${text(fields.steward, ["steward"], draft.steward, true)}
        ${text(fields.classification, ["classification"], draft.classification, true)}
        ${text(fields.right, ["source_of_right"], draft.source_of_right, true)}
      </div>
    </details>`
}

const [leastEpsilon, mostEpsilon] = [0.05, 10]

function lossFields(
  { words, set }: Editing,
  { epsilon, delta }: { readonly epsilon: number; readonly delta: number }
): TemplateResult {
  const { fields } = words
  const place = Math.log(Math.min(mostEpsilon, Math.max(leastEpsilon, epsilon)) / leastEpsilon)
  const end = Math.log(mostEpsilon / leastEpsilon)
  return html`<label class="field"
      >${fields.epsilon}
      <input
        type="range"
        min="0"
        max="1"
        step="0.005"
        .value=${String(place / end)}
        aria-valuetext=${String(epsilon)}
        @input=${(event: Event) =>
          set(["release", "epsilon"], Number((leastEpsilon * Math.exp(Number(valueOf(event)) * end)).toPrecision(2)))}
      />
    </label>
    <div class="two">
      <label class="field"
        >${fields.epsilon}
        <input
          type="number"
          data-path="release.epsilon"
          step="0.05"
          min="0.001"
          max="20"
          .value=${String(epsilon)}
          @input=${(event: Event) => {
            const typed = Number(valueOf(event))
            if (typed >= 0.001 && typed <= 20) set(["release", "epsilon"], typed)
          }}
        />
      </label>
      <label class="field"
        >${fields.delta}
        <select
          data-path="release.delta"
          @change=${(event: Event) => set(["release", "delta"], Number(valueOf(event)))}
        >
          ${[...new Set([1e-5, 1e-6, 1e-7, 1e-9, delta])]
            .sort((a, b) => b - a)
            .map((one) => html`<option value=${one} .selected=${one === delta}>${one.toExponential()}</option>`)}
        </select>
      </label>
    </div>`
}
