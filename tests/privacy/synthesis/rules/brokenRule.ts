import type { SynthesisRule } from "#core/release/SynthesisRule.ts"

type Value = string | number | null
type Row = Readonly<Record<string, Value>>
type Conditions = Extract<SynthesisRule, { forbid: unknown }>["forbid"]

const meets = (row: Row, conditions: Conditions | undefined): boolean =>
  Object.entries(conditions ?? {}).every(([name, condition]) => {
    const value = row[name]!
    if (Array.isArray(condition)) return condition.includes(value)
    if (condition === null || typeof condition !== "object") return condition === value
    const { from, to } = condition as { from?: number; to?: number }
    return typeof value === "number" && (from === undefined || value >= from) && (to === undefined || value <= to)
  })

/** Whether a row breaks a rule, by plain comparison of decoded values: written without a look at how the house does it. */
export function breaks(row: Row, rule: SynthesisRule): boolean {
  if ("forbid" in rule) return meets(row, rule.forbid)
  if ("require" in rule) return meets(row, rule.when) && !meets(row, rule.require)
  if ("allow" in rule) {
    const { columns, combinations } = rule.allow
    return !combinations.some((values) => columns.every((name, i) => row[name] === values[i]))
  }
  if ("determines" in rule) {
    const { from, to, map } = rule.determines
    const key = String(row[from])
    return row[from] !== null && key in map && map[key] !== row[to]
  }
  if ("range" in rule) {
    const { column, lower = -Infinity, upper = Infinity, when } = rule.range
    const value = row[column]!
    return meets(row, when) && value !== null && (value < lower || value > upper)
  }
  const [before, after] = [row[rule.order.before]!, row[rule.order.after]!]
  return before !== null && after !== null && (rule.order.strict === true ? before >= after : before > after)
}
