import type { SynthesisRule } from "#core/release/SynthesisRule.ts"

type Cut = { readonly value: string | number; readonly above: boolean }
type Conditions = Extract<SynthesisRule, { forbid: unknown }>["forbid"]

/**
 * The thresholds that rules set for each column: a bin must lie wholly on one side of them.
 * @returns per column; `above` where the threshold itself belongs to the lower side
 */
export function ruleCuts(rules: ReadonlyArray<SynthesisRule>): (column: string) => ReadonlyArray<Cut> {
  const found = new Map<string, Array<Cut>>()
  const add = (column: string, lower?: string | number | undefined, upper?: string | number | undefined): void => {
    const own = found.get(column) ?? []
    found.set(column, own)
    if (lower !== undefined) own.push({ value: lower, above: false })
    if (upper !== undefined) own.push({ value: upper, above: true })
  }
  const scalar = (column: string, value: string | number | boolean | null): void => {
    if (typeof value === "number" || typeof value === "string") add(column, value, value)
  }
  const conditions = (all: Conditions | undefined): void => {
    for (const [column, condition] of Object.entries(all ?? {})) {
      if (Array.isArray(condition)) for (const value of condition) scalar(column, value)
      else if (typeof condition !== "object" || condition === null) scalar(column, condition)
      else if ("from" in condition || "to" in condition) add(column, condition.from, condition.to)
    }
  }
  for (const rule of rules) {
    if ("forbid" in rule) conditions(rule.forbid)
    else if ("require" in rule) {
      conditions(rule.when)
      conditions(rule.require)
    } else if ("range" in rule) {
      add(rule.range.column, rule.range.lower, rule.range.upper)
      conditions(rule.range.when)
    } else if ("allow" in rule) {
      for (const row of rule.allow.combinations) row.forEach((value, i) => scalar(rule.allow.columns[i] ?? "", value))
    } else if ("determines" in rule) {
      for (const [from, to] of Object.entries(rule.determines.map)) {
        scalar(rule.determines.from, from)
        scalar(rule.determines.to, to)
      }
    }
  }
  return (column) => found.get(column) ?? []
}
