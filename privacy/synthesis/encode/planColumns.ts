import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { ColumnDomain } from "#core/release/ColumnDomain.ts"
import type { CodedColumn } from "./CodedColumn.ts"
import { binEdges } from "./binEdges.ts"
import { gridOf } from "./gridOf.ts"
import type { GridColumn } from "./gridSql.ts"
import { labelColumn } from "./labelColumn.ts"
import { numberColumn } from "./numberColumn.ts"

/** A column that can be coded only after a private mechanism has found what nobody knows publicly. */
export type OpenColumn =
  | { readonly need: "values"; readonly name: string; readonly other: string; readonly missing: boolean }
  | (GridColumn & {
      readonly need: "bounds" | "quantiles"
      readonly lower?: number
      readonly upper?: number
      readonly bins: number
      readonly quantiles: boolean
      readonly cuts: ReadonlyArray<number>
      readonly missing: boolean
    })

/** A column that is made anew in each row and says nothing about the data. */
export interface KeyColumn {
  readonly name: string
  readonly prefix: string
}

/** What a domain asks for, in its order. */
export interface ColumnPlan {
  readonly columns: ReadonlyArray<CodedColumn | OpenColumn>
  readonly keys: ReadonlyArray<KeyColumn>
}

const BINS = 32

/**
 * Turns what is publicly known of columns into how they are coded.
 * @param cuts  per column the thresholds that rules speak of, as written
 */
export const planColumns = Effect.fnUntraced(function* (
  domain: Readonly<Record<string, ColumnDomain>>,
  cuts: (column: string) => ReadonlyArray<{ readonly value: string | number; readonly above: boolean }>
): Effect.fn.Return<ColumnPlan, BadInput> {
  const columns: Array<CodedColumn | OpenColumn> = []
  const keys: Array<KeyColumn> = []
  for (const [name, own] of Object.entries(domain)) {
    if (typeof own === "number") columns.push(codes(name, own, false))
    else if (own.type === "key") keys.push({ name, prefix: own.prefix ?? "" })
    else if (own.type === "categorical") columns.push(yield* category(name, own))
    else if (own.type !== "text") columns.push(yield* number(name, own, cuts(name)))
  }
  if (columns.length === 0) {
    return yield* new BadInput({
      code: "synth.domain",
      message: "The domain names no column that rows could be made of.",
      fix: "Name at least one categorical, integer, real, money or date column."
    })
  }
  return { columns, keys }
})

const wrong = (name: string, what: string, fix: string): BadInput =>
  new BadInput({
    code: "synth.domain",
    message: `The domain of the column ${name} ${what}.`,
    fix,
    where: { field: name }
  })

const codes = (name: string, size: number, missing: boolean): CodedColumn =>
  labelColumn(
    name,
    Array.from({ length: size }, (_, i) => String(i)),
    "BIGINT",
    missing
  )

const category = Effect.fnUntraced(function* (
  name: string,
  own: Extract<ColumnDomain, { type: "categorical" }>
): Effect.fn.Return<CodedColumn | OpenColumn, BadInput> {
  const missing = own.null === true
  if (own.size !== undefined && own.values === undefined) return codes(name, own.size, missing)
  if (own.values === "dp") return { need: "values", name, other: own.other ?? "other", missing }
  if (own.values === undefined || own.size !== undefined) {
    return yield* wrong(name, "names no values", "Write values: [A, B], values: dp, or size: 10 for the codes 0..9.")
  }
  const texts = own.values.map(String)
  if (new Set(texts).size !== texts.length || texts.length > 65_000) {
    return yield* wrong(name, "lists a value twice or too many", "List each value once, at most 65,000.")
  }
  const types = new Set(own.values.map((value) => typeof value))
  const sqlType = own.other !== undefined || types.size > 1 ? "VARCHAR" : typeOf(own.values)
  return labelColumn(name, texts, sqlType, missing, own.other)
})

function typeOf(values: ReadonlyArray<string | number | boolean>): "VARCHAR" | "BIGINT" | "DOUBLE" | "BOOLEAN" {
  const [first] = values
  if (typeof first === "boolean") return "BOOLEAN"
  if (typeof first === "string") return "VARCHAR"
  return values.every(Number.isInteger) ? "BIGINT" : "DOUBLE"
}

const number = Effect.fnUntraced(function* (
  name: string,
  own: Exclude<ColumnDomain, number | { type: "categorical" | "key" | "text" }>,
  cuts: ReadonlyArray<{ readonly value: string | number; readonly above: boolean }>
): Effect.fn.Return<CodedColumn | OpenColumn, BadInput> {
  const format = own.type
  const step = format === "money" ? 0.01 : format === "real" ? (own.step ?? stepOf(own.lower, own.upper)) : 1
  const bins = own.bins ?? BINS
  const missing = own.null === true
  const place = (value: string | number | undefined): number | undefined =>
    value === undefined ? undefined : gridOf(format, step, value)
  const [lower, upper] = [place(own.lower), place(own.upper)]
  if ((own.lower !== undefined && lower === undefined) || (own.upper !== undefined && upper === undefined)) {
    return yield* wrong(name, "has a bound that does not fit its type", "Write numbers, or days such as 2026-01-31.")
  }
  const placed = cuts.map(({ value, above }) => ({ at: place(value), above }))
  if (placed.some(({ at }) => at === undefined)) {
    return yield* wrong(name, "does not fit a threshold of a rule", "Write numbers, or days such as 2026-01-31.")
  }
  const edges = placed.map(({ at, above }) => at! + (above ? 1 : 0))
  if (lower === undefined || upper === undefined) {
    if (format === "date" || own.lower !== undefined || own.upper !== undefined) {
      return yield* wrong(
        name,
        "lacks a bound",
        "Give lower and upper; for numbers both may be left to be found privately."
      )
    }
    const quantiles = own.quantiles === true
    return { need: "bounds", name, format, step, bins, quantiles, cuts: edges, missing }
  }
  if (upper < lower) return yield* wrong(name, "has its lower bound above its upper bound", "Exchange them.")
  if (own.quantiles === true) {
    return { need: "quantiles", name, format, step, lower, upper, bins, quantiles: true, cuts: edges, missing }
  }
  return numberColumn({ name, format, step }, binEdges(lower, upper, bins, edges), missing)
})

/** A grid of at least a thousand steps over the range, in powers of ten; 0.001 where no bounds are known. */
function stepOf(lower: number | string | undefined, upper: number | string | undefined): number {
  const range = Number(upper) - Number(lower)
  return range > 0 ? 10 ** (Math.floor(Math.log10(range)) - 3) : 0.001
}
