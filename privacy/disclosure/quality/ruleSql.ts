import type { SynthesisRule } from "#core/release/SynthesisRule.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { SharedColumn } from "../table/openTables.ts"

type Conditions = Extract<SynthesisRule, { forbid: unknown }>["forbid"]
type Value = string | number | boolean | null

/** A rule as SQL over one row. */
export interface RuleSql {
  readonly kind: string
  readonly columns: ReadonlyArray<string>
  /** never null: true where the row breaks the rule */
  readonly broken: string
  /** what the rule cannot mean on these columns, as the rest of a sentence */
  readonly wrong?: string
}

/**
 * The condition under which a row breaks a declared rule. A missing value breaks no range and no order; a text where a number or a day
 * is due breaks a range.
 * @param bind  takes a value and gives the name of its parameter
 */
export function ruleSql(
  rule: SynthesisRule,
  columns: ReadonlyArray<SharedColumn>,
  bind: (value: string | number) => string
): RuleSql {
  const used = new Set<string>()
  let wrong: string | undefined
  const cell = (name: string): string => {
    used.add(name)
    if (!columns.some((own) => own.name === name))
      wrong ??= `speaks of the column ${name}, which the files do not share.`
    return quoteIdentifier(name)
  }
  /** Numbers, and days as seconds since 1970, as the opened tables hold them. */
  const number = (name: string): string => {
    const own = cell(name)
    if (columns.some((column) => column.name === name && column.kind === "number")) return own
    return `coalesce(try_cast(${own} as double), epoch(try_cast(${own} as timestamp)))`
  }
  const bound = (name: string, value: string | number): string => {
    const day = typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value)
    const plain = day ? Date.parse(`${value.slice(0, 10)}T00:00:00Z`) / 1000 : Number(value)
    if (!Number.isFinite(plain) || value === "") wrong ??= `has a bound on ${name} that is neither a number nor a day.`
    return bind(Number.isFinite(plain) ? plain : 0)
  }
  const is = (name: string, value: Value): string => {
    if (value === null) return `${cell(name)} is null`
    const text = String(value)
    const numeric = text !== "" && Number.isFinite(Number(text))
    const day = /^\d{4}-\d\d-\d\d$/.test(text)
    const near = numeric || day ? [`${number(name)} = ${bound(name, text)}`] : []
    const same = columns.some((own) => own.name === name && own.kind !== "number")
      ? [`${cell(name)} = ${bind(text)}`]
      : []
    cell(name)
    return `coalesce(${[...near, ...same].join(" or ") || "false"}, false)`
  }
  const within = (name: string, from?: string | number, to?: string | number): string => {
    const parts = [
      ...(from === undefined ? [] : [`${number(name)} >= ${bound(name, from)}`]),
      ...(to === undefined ? [] : [`${number(name)} <= ${bound(name, to)}`])
    ]
    return `coalesce(${[`${number(name)} is not null`, ...parts].join(" and ")}, false)`
  }
  const meets = (conditions: Conditions | undefined): string => {
    const parts = Object.entries(conditions ?? {}).map(([name, condition]) => {
      if (condition !== null && typeof condition === "object" && !Array.isArray(condition)) {
        const { from, to } = condition as { readonly from?: string | number; readonly to?: string | number }
        return within(name, from, to)
      }
      const values = (Array.isArray(condition) ? condition : [condition]) as ReadonlyArray<Value>
      return `(${values.map((value) => is(name, value)).join(" or ") || "false"})`
    })
    return parts.length === 0 ? "true" : `(${parts.join(" and ")})`
  }
  const broken = (): readonly [kind: string, sql: string] => {
    if ("forbid" in rule) return ["forbid", meets(rule.forbid)]
    if ("require" in rule) return ["require", `${meets(rule.when)} and not ${meets(rule.require)}`]
    if ("allow" in rule) {
      const { columns: names, combinations } = rule.allow
      const rows = combinations.map((row) => `(${names.map((name, i) => is(name, row[i] ?? null)).join(" and ")})`)
      names.forEach(cell)
      return ["allow", `not (${rows.join(" or ") || "false"})`]
    }
    if ("determines" in rule) {
      const { from, to, map } = rule.determines
      const pairs = Object.entries(map).map(([key, value]) => `(${is(from, key)} and not ${is(to, value)})`)
      return ["determines", pairs.join(" or ") || "false"]
    }
    if ("range" in rule) {
      const { column, lower, upper, when } = rule.range
      return ["range", `${meets(when)} and ${cell(column)} is not null and not ${within(column, lower, upper)}`]
    }
    const { before, after, strict } = rule.order
    return ["order", `coalesce(${number(before)} ${strict === true ? ">=" : ">"} ${number(after)}, false)`]
  }
  const [kind, sql] = broken()
  return { kind, columns: [...used], broken: sql, ...(wrong === undefined ? {} : { wrong }) }
}
