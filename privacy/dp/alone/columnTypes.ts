import { measuredColumn } from "#core/release/measuredColumn.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"

/**
 * The types that a query needs of a file without types, read from the query alone: what the file holds must not decide
 * whether a query is accepted. Values that do not fit are null and stay out.
 */
export function columnTypes(spec: ReleaseSpec, header: ReadonlyArray<string>): Readonly<Record<string, string>> {
  const types: Record<string, string> = Object.fromEntries(header.map((name) => [name, "VARCHAR"]))
  const set = (name: string, type: string): void => {
    if (name in types) types[name] = type
  }
  for (const entry of spec.by) {
    const [name, expression] = typeof entry === "string" ? [entry, entry] : (Object.entries(entry)[0] ?? ["", ""])
    const column = lastArgument(expression.trim()) ?? expression.trim()
    const rule = spec.keys?.[name]
    if (/^\s*(date_trunc|year|quarter|month|isodow|hour)\b/.test(expression)) set(column, "TIMESTAMP")
    else if (/^\s*bucket\b/.test(expression)) set(column, "BIGINT")
    else if (rule === undefined || typeof rule === "string") continue
    else if ("from" in rule) {
      const whole = [rule.from, rule.to, rule.step ?? 1].every(Number.isInteger)
      set(column, typeof rule.from === "string" ? "DATE" : whole ? "BIGINT" : "DOUBLE")
    } else if (typeof rule[0] === "number") set(column, rule.every(Number.isInteger) ? "BIGINT" : "DOUBLE")
    else if (typeof rule[0] === "boolean") set(column, "BOOLEAN")
  }
  for (const measure of spec.measures) {
    if ("count" in measure) continue
    set(measuredColumn(measure), measure.step === undefined ? "BIGINT" : "DOUBLE")
  }
  return types
}

/** The column that a call such as `date_trunc('month', placed)` or `bucket(amount, 100)` ends with; undefined where there is no call. */
function lastArgument(expression: string): string | undefined {
  if (!expression.endsWith(")")) return undefined
  const inside = expression
    .slice(0, -1)
    .trimEnd()
    .replace(/,\s*\d+$/, "")
    .trimEnd()
  // Read from its end: looking for the word from each place would take the square of its length.
  let from = inside.length
  while (from > 0 && /\w/.test(inside[from - 1]!)) from--
  return inside.slice(from).replace(/^\d+/, "") || undefined
}
