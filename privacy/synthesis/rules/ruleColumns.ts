import type { SynthesisRule } from "#core/release/SynthesisRule.ts"

/** The columns that rules speak of. */
export function ruleColumns(rules: ReadonlyArray<SynthesisRule>): ReadonlySet<string> {
  return new Set(
    rules.flatMap((rule): ReadonlyArray<string> => {
      if ("forbid" in rule) return Object.keys(rule.forbid)
      if ("require" in rule) return [...Object.keys(rule.when ?? {}), ...Object.keys(rule.require)]
      if ("allow" in rule) return rule.allow.columns
      if ("determines" in rule) return [rule.determines.from, rule.determines.to]
      if ("range" in rule) return [rule.range.column, ...Object.keys(rule.range.when ?? {})]
      return [rule.order.before, rule.order.after]
    })
  )
}
