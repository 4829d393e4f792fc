import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { KeyRule } from "#core/release/KeyRule.ts"
import type { Measure } from "#core/release/Measure.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { Editing } from "./designForm.ts"

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value

const nameOf = (by: ReleaseSpec["by"][number]): string => (typeof by === "string" ? by : (Object.keys(by)[0] ?? ""))

type RuleKind = "dp" | "list" | "range"

const kindOf = (rule: KeyRule | undefined): RuleKind =>
  Array.isArray(rule) ? "list" : typeof rule === "object" ? "range" : "dp"

/** The keys and measures of an aggregate, a row each. */
export function measureRows({ words, drafts, draft, set }: Editing, release: ReleaseSpec): TemplateResult {
  const { fields, sections, rules } = words
  const columns = drafts.assets.find(({ key }) => key === draft.from)?.columns ?? []
  const used = new Set(release.by.map(nameOf))
  const free = columns.filter(({ name }) => !used.has(name) && name !== "subject_id").map(({ name }) => name)
  const key = (by: ReleaseSpec["by"][number], i: number): TemplateResult => {
    const name = nameOf(by)
    const rule = release.keys?.[name]
    const kind = kindOf(rule)
    return html`<li>
      <code>${name}</code>
      <select
        class="small"
        aria-label=${`${name}: ${fields.rule}`}
        @change=${(event: Event) => {
          const next = valueOf(event) as RuleKind
          set(
            ["release", "keys", name],
            next === "dp" ? "dp" : next === "list" ? ["A", "B"] : { from: 0, to: 10, step: 1 }
          )
        }}
      >
        ${(["dp", "list", "range"] as const).map((one) => html`<option value=${one} .selected=${one === kind}>${rules[one]}</option>`)}
      </select>
      <button
        class="chip"
        aria-label=${fields.remove(name)}
        @click=${() => {
          set(["release", "keys", name], undefined)
          set(["release", "by", i], undefined)
        }}
      >
        ×
      </button>
      ${
        kind === "dp"
          ? nothing
          : html`<input
              class="full"
              type="text"
              aria-label=${`${name}: ${words.listHint}`}
              .value=${kind === "list" ? (rule as ReadonlyArray<unknown>).join(", ") : rangeText(rule as Range)}
              @change=${(event: Event) => set(["release", "keys", name], ruleOf(kind, valueOf(event)))}
            />`
      }
    </li>`
  }
  return html`<h3>${sections.keys}</h3>
    <ul class="rows">
      ${release.by.map(key)}
    </ul>
    ${
      free.length === 0
        ? nothing
        : html`<select
            class="small"
            aria-label=${fields.add}
            @change=${(event: Event) => {
              const name = valueOf(event)
              if (name === "") return
              set(["release", "by"], [...release.by, name])
              set(["release", "keys", name], "dp")
              ;(event.target as HTMLSelectElement).value = ""
            }}
          >
            <option value="">${fields.add}</option>
            ${free.map((name) => html`<option value=${name}>${name}</option>`)}
          </select>`
    }
    <h3>${sections.measures}</h3>
    <ul class="rows">
      ${release.measures.map((measure, i) => measureRow({ words, set }, measure, i, release.measures.length))}
    </ul>
    <select
      class="small"
      aria-label=${fields.addMeasure}
      @change=${(event: Event) => {
        const added = newMeasure(valueOf(event), release.measures)
        if (added !== undefined) set(["release", "measures"], [...release.measures, added])
        ;(event.target as HTMLSelectElement).value = ""
      }}
    >
      <option value="">${fields.addMeasure}</option>
      <option value="rows">${words.kinds.rows}</option>
      <option value="subjects">${words.kinds.subjects}</option>
      ${columns
        .filter(({ type }) => /INT|DOUBLE|DECIMAL/.test(type))
        .flatMap(({ name }) => [
          html`<option value=${`sum ${name}`}>${words.kinds.sum} ${name}</option>`,
          html`<option value=${`mean ${name}`}>${words.kinds.mean} ${name}</option>`
        ])}
    </select>`
}

function measureRow(
  { words, set }: Pick<Editing, "words" | "set">,
  measure: Measure,
  i: number,
  all: number
): TemplateResult {
  const { fields, kinds } = words
  const kind =
    "count" in measure
      ? kinds[measure.count]
      : "sum" in measure
        ? `${kinds.sum} ${measure.sum}`
        : "mean" in measure
          ? `${kinds.mean} ${measure.mean}`
          : kinds.other
  const bound = (label: string, field: "lower" | "upper"): TemplateResult | typeof nothing =>
    "count" in measure
      ? nothing
      : html`<label class="field"
          >${label}
          <input
            type="text"
            inputmode="decimal"
            .value=${String(measure[field] ?? "")}
            @change=${(event: Event) => {
              const typed = valueOf(event).trim()
              set(["release", "measures", i, field], typed === "" ? undefined : typed === "dp" ? "dp" : Number(typed))
            }}
          />
        </label>`
  return html`<li>
    <code>${measure.name}</code><span class="quiet">${kind}</span>
    ${
      all === 1
        ? html`<span></span>`
        : html`<button
            class="chip"
            aria-label=${fields.remove(measure.name)}
            @click=${() => set(["release", "measures", i], undefined)}
          >
            ×
          </button>`
    }
    ${"count" in measure ? nothing : html`<div class="two full">${bound(fields.lower, "lower")} ${bound(fields.upper, "upper")}</div>`}
  </li>`
}

type Range = Exclude<KeyRule, string | ReadonlyArray<unknown>>

const rangeText = ({ from, to, step }: Range): string => [from, to, ...(step === undefined ? [] : [step])].join(", ")

function ruleOf(kind: RuleKind, text: string): KeyRule {
  const parts = text
    .split(/[,，、]/)
    .map((one) => one.trim())
    .filter((one) => one !== "")
  if (kind === "list") return parts
  const value = (part: string | undefined): string | number =>
    part !== undefined && part !== "" && Number.isFinite(Number(part)) ? Number(part) : (part ?? "")
  const [from, to, step] = parts
  return {
    from: value(from),
    to: value(to),
    ...(step === undefined ? {} : { step: value(step) as Exclude<Range["step"], undefined> })
  }
}

function newMeasure(asked: string, known: ReadonlyArray<Measure>): Measure | undefined {
  if (asked === "") return undefined
  const [kind, column] = asked.split(" ")
  const base = column === undefined ? (kind === "rows" ? "rows" : "customers") : `${column}_${kind}`
  const wanted = base.replaceAll(/[^a-z0-9_]/g, "_").replace(/^[^a-z]+/, "m")
  const taken = new Set(known.map(({ name }) => name))
  let name = wanted
  for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`
  if (kind === "rows" || kind === "subjects") return { name, count: kind }
  return kind === "mean"
    ? { name, mean: column!, lower: 0, upper: 1000 }
    : { name, sum: column!, lower: 0, upper: 1000 }
}
