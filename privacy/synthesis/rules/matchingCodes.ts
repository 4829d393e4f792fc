import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { SynthesisRule } from "#core/release/SynthesisRule.ts"
import type { CodedColumn } from "../encode/CodedColumn.ts"
import { gridOf } from "../encode/gridOf.ts"

export type Conditions = Extract<SynthesisRule, { forbid: unknown }>["forbid"]
export type Condition = Conditions[string]
type Value = string | number | boolean | null

/** Per code of a column: whether its values meet a condition. A bin that a range cuts through meets it not. */
export const matchingCodes = Effect.fnUntraced(function* (
  column: CodedColumn,
  condition: Condition
): Effect.fn.Return<Uint8Array, BadInput> {
  const codes = new Uint8Array(column.size)
  if (condition !== null && typeof condition === "object" && !Array.isArray(condition)) {
    return yield* within(column, condition as { from?: string | number; to?: string | number }, codes)
  }
  for (const value of (Array.isArray(condition) ? condition : [condition]) as ReadonlyArray<Value>) {
    const code = yield* codeOf(column, value)
    codes[code] = 1
  }
  return codes
})

const codeOf = Effect.fnUntraced(function* (column: CodedColumn, value: Value): Effect.fn.Return<number, BadInput> {
  if (value === null) {
    if (column.missing !== undefined) return column.missing
    return yield* stray(
      column,
      "speaks of missing values, which the domain does not have",
      "Write null: true in the domain."
    )
  }
  if (column.kind === "labels") {
    const code = column.labels.indexOf(String(value))
    if (code >= 0) return code
    return yield* stray(column, "speaks of a value that the domain does not list", "Use the values of the domain.")
  }
  const at = gridOf(column.format, column.step, value)
  const code = column.edges.findIndex((edge, i) => at !== undefined && at >= edge && at < (column.edges[i + 1] ?? edge))
  if (code >= 0) return code
  return yield* stray(column, "speaks of a value outside of the domain", "Use values between lower and upper.")
})

const within = Effect.fnUntraced(function* (
  column: CodedColumn,
  { from, to }: { readonly from?: string | number; readonly to?: string | number },
  codes: Uint8Array
): Effect.fn.Return<Uint8Array, BadInput> {
  if (column.kind === "labels") {
    return yield* stray(column, "sets a range for a column of categories", "List the values instead.")
  }
  const low = from === undefined ? -Infinity : gridOf(column.format, column.step, from)
  const high = to === undefined ? Infinity : gridOf(column.format, column.step, to)
  if (low === undefined || high === undefined) {
    return yield* stray(column, "has a bound that does not fit its type", "Write numbers, or days such as 2026-01-31.")
  }
  for (let i = 0; i + 1 < column.edges.length; i++) {
    if (column.edges[i]! >= low && column.edges[i + 1]! - 1 <= high) codes[i] = 1
  }
  return codes
})

const stray = (column: CodedColumn, what: string, fix: string): BadInput =>
  new BadInput({
    code: "synth.rule",
    message: `A rule on the column ${column.name} ${what}.`,
    fix,
    where: { field: column.name }
  })
