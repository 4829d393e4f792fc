import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import type { KeyRule } from "#core/release/KeyRule.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { PlannedKey } from "./AggregatePlan.ts"
import { columnFamily } from "./columnFamily.ts"
import type { KeySource } from "./KeySource.ts"
import type { PublicDomain } from "./PublicDomain.ts"
import { rangeDomain } from "./rangeDomain.ts"
import type { TableFacts } from "./TableFacts.ts"
import { totalFunction } from "./totalFunction.ts"

const MOST_PUBLIC_CELLS = 1_000_000

/** Checks the `by` and `keys` of a release: each key total, allowed, and with a rule that says who chooses its values. */
export const planKeys = Effect.fnUntraced(function* (
  spec: ReleaseSpec,
  table: TableFacts
): Effect.fn.Return<ReadonlyArray<PlannedKey>, BadInput | Refused> {
  const rules = new Map(Object.entries(spec.keys ?? {}))
  const keys: Array<PlannedKey> = []
  for (const entry of spec.by) {
    const [name, expression] = typeof entry === "string" ? [entry, entry] : (Object.entries(entry)[0] ?? ["", ""])
    if (typeof entry !== "string" && Object.keys(entry).length !== 1)
      return yield* badKey(table, name, "names more than one key")
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) return yield* badKey(table, name, "is not a lower-case name")
    if (keys.some((key) => key.name === name)) return yield* badKey(table, name, "is there twice")
    const source = yield* planSource(table, name, expression)
    const rule = rules.get(name)
    rules.delete(name)
    if (rule === undefined || rule === "public") return yield* withoutRule(table, name, rule)
    if (rule === "dp") keys.push({ name, ...(yield* selectable(table, name, source)) })
    else keys.push({ name, ...(yield* publicKey(table, name, source, rule)) })
  }
  const [stray] = rules.keys()
  if (stray !== undefined) return yield* badKey(table, stray, "has a rule but is not in `by`")
  const cells = keys.reduce((product, key) => product * (key.domain?.values.length ?? 1), 1)
  if (cells > MOST_PUBLIC_CELLS) {
    return yield* new Refused({
      code: "release.too_many_cells",
      message: `The public keys make ${cells} cells; every one of them would be published.`,
      fix: `Use shorter lists or larger steps, at most ${MOST_PUBLIC_CELLS} cells together.`,
      where: { asset: table.asset, field: "release.keys" }
    })
  }
  return keys
})

const badKey = (table: TableFacts, name: string, what: string): BadInput =>
  new BadInput({
    code: "release.key",
    message: `The key ${name} ${what}.`,
    fix: "Name each key once in `by`, as a column or as `{ name: expression }`, and give it one rule in `keys`.",
    where: { asset: table.asset, field: `release.by.${name}` }
  })

const withoutRule = (table: TableFacts, name: string, rule: "public" | undefined): Refused =>
  new Refused({
    code: "release.key_values",
    message:
      rule === "public"
        ? `The key ${name} is called public, but no list or range of its values is given; values must not be read from the data.`
        : `Nothing says where the values of the key ${name} come from.`,
    fix: `Write keys: { ${name}: dp }, a list such as [A, B], or { from: ..., to: ..., step: ... }.`,
    where: { asset: table.asset, field: `release.keys.${name}` }
  })

const allowed = Object.keys(totalFunction).join(", ")

const planSource = Effect.fnUntraced(function* (
  table: TableFacts,
  name: string,
  expression: string
): Effect.fn.Return<KeySource, BadInput | Refused> {
  const call =
    /^\s*([a-z_]+)\s*\(\s*(?:'([a-z]+)'\s*,\s*)?([A-Za-z_][A-Za-z0-9_]*)\s*(?:,\s*([1-9]\d{0,14})\s*)?\)\s*$/.exec(
      expression
    )
  const columnName = call === null ? expression.trim() : call[3]!
  const column = table.columns.find((candidate) => candidate.name === columnName)
  const where = { asset: table.asset, field: `release.by.${name}` }
  const notTotal = (message: string): Refused =>
    new Refused({
      code: "release.expression",
      message,
      fix: `Use a column, or one of the total functions ${allowed} on one column.`,
      where
    })
  if (call === null && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(columnName)) {
    return yield* notTotal(
      `The expression of the key ${name} is not on the list of functions that can never fail on a row.`
    )
  }
  if (column === undefined) {
    return yield* new BadInput({
      code: "release.column",
      message: `${table.asset} has no column ${columnName}.`,
      fix: "Name a column that `assay show` lists for this asset.",
      where
    })
  }
  if (columnName === "subject_id" || columnName.startsWith("_")) {
    return yield* new Refused({
      code: "release.identifier",
      message: `The column ${columnName} identifies subjects or records and cannot be a key.`,
      fix: "Group by something that many subjects share.",
      where
    })
  }
  const family = columnFamily(column.type)
  if (call === null) {
    const types = {
      text: "VARCHAR",
      integer: "BIGINT",
      boolean: "BOOLEAN",
      day: "DATE",
      instant: "DATE",
      float: "DOUBLE",
      decimal: "DOUBLE"
    } as const
    if (family === "other") return yield* notTotal(`The column ${columnName} has a type that cannot be a key.`)
    return { column: columnName, columnType: column.type, type: types[family] }
  }
  const found = totalFunction[call[1]!]
  const argument = call[2] ?? call[4] ?? ""
  const fits =
    found !== undefined &&
    (found.takes as ReadonlyArray<string>).includes(family) &&
    (found.word === undefined ? call[2] === undefined : found.word.includes(call[2] ?? "")) &&
    (found.width === true) === (call[4] !== undefined)
  if (!fits)
    return yield* notTotal(
      `The expression of the key ${name} is not on the list of functions that can never fail on a row.`
    )
  return { column: columnName, columnType: column.type, type: found.gives, call: { name: call[1]!, argument } }
})

const selectable = Effect.fnUntraced(function* (
  table: TableFacts,
  name: string,
  source: KeySource
): Effect.fn.Return<{ source: KeySource }, Refused> {
  const family = columnFamily(source.columnType)
  if (source.call !== undefined || !["float", "decimal", "instant"].includes(family)) return { source }
  return yield* new Refused({
    code: "release.key_type",
    message: `The key ${name} has a type with practically endless values, none of which many subjects share.`,
    fix:
      family === "instant"
        ? `Write { ${name}: "date_trunc('month', ${source.column})" }.`
        : "Give it a range with a step.",
    where: { asset: table.asset, field: `release.keys.${name}` }
  })
})

const publicKey = Effect.fnUntraced(function* (
  table: TableFacts,
  name: string,
  source: KeySource,
  rule: Exclude<KeyRule, "dp" | "public">
): Effect.fn.Return<{ source: KeySource; domain: PublicDomain }, BadInput | Refused> {
  const wrong = (what: string): BadInput =>
    new BadInput({
      code: "release.key_values",
      message: `The values of the key ${name} do not fit: ${what}.`,
      fix: "Correct the list or range in `keys`.",
      where: { asset: table.asset, field: `release.keys.${name}` }
    })
  if ("from" in rule) {
    const domain = rangeDomain(rule)
    if (typeof domain === "string") return yield* wrong(domain)
    const numeric = source.type === "BIGINT" || source.type === "DOUBLE"
    if (domain.kind === "numbers" ? !numeric : source.type !== "DATE")
      return yield* wrong(`the column is of type ${source.columnType}`)
    return { source, domain }
  }
  const { source: listable } = yield* selectable(table, name, source)
  const values = [...new Set(rule)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  if (values.length !== rule.length) return yield* wrong("a value is listed twice")
  const kind = { VARCHAR: "string", DATE: "string", BIGINT: "number", DOUBLE: "number", BOOLEAN: "boolean" }[
    source.type
  ]
  if (!values.every((value) => typeof value === kind))
    return yield* wrong(`a column of type ${source.columnType} takes ${kind}s`)
  return { source: listable, domain: { kind: "list", values } }
})
