import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { SynthesisRule } from "#core/release/SynthesisRule.ts"
import type { CodedColumn } from "../encode/CodedColumn.ts"
import { cellsOf } from "../model/cellsOf.ts"
import type { Clique } from "../model/Clique.ts"
import type { Potential } from "../model/Potential.ts"
import { matchingCodes } from "./matchingCodes.ts"
import type { Conditions } from "./matchingCodes.ts"
import { orderTables } from "./orderTables.ts"
import type { Order } from "./orderTables.ts"

/** Rules as the model and the decoder take them. */
export interface CompiledRules {
  /** one per set of columns: 0 where a row may be, -Infinity where it may not */
  readonly potentials: ReadonlyArray<Potential>
  /** numbers that must not be after others; also kept inside bins */
  readonly orders: ReadonlyArray<Order>
}

/** A rule over more cells would make the model too large. */
const LARGEST = 1_000_000

type Mask = { readonly column: number; readonly codes: Uint8Array }

/** Turns declared rules into tables of forbidden cells; fails where a rule speaks of what the domain does not have. */
export const compileRules = Effect.fn("compileRules")(function* (
  columns: ReadonlyArray<CodedColumn>,
  rules: ReadonlyArray<SynthesisRule>
): Effect.fn.Return<CompiledRules, BadInput> {
  const sizes = columns.map(({ size }) => size)
  const place = Effect.fnUntraced(function* (name: string): Effect.fn.Return<number, BadInput> {
    const at = columns.findIndex((column) => column.name === name)
    if (at >= 0) return at
    return yield* ruleError(`A rule speaks of the column ${name}, which no row is made with.`, name)
  })
  const masks = Effect.fnUntraced(function* (
    conditions: Conditions | undefined
  ): Effect.fn.Return<ReadonlyArray<Mask>, BadInput> {
    const found: Array<Mask> = []
    for (const [name, condition] of Object.entries(conditions ?? {})) {
      const column = yield* place(name)
      found.push({ column, codes: yield* matchingCodes(columns[column]!, condition) })
    }
    return found
  })
  const tables: Array<Potential> = []
  const add = Effect.fnUntraced(function* (
    named: ReadonlyArray<number>,
    allowed: (code: (column: number) => number) => boolean
  ): Effect.fn.Return<void, BadInput> {
    const clique = [...new Set(named)].sort((a, b) => a - b)
    if (cellsOf(sizes, clique) > LARGEST) {
      const names = clique.map((column) => columns[column]!.name).join(", ")
      return yield* ruleError(`A rule over ${names} has more than ${LARGEST} combinations.`, names)
    }
    tables.push({ clique, logs: tableOf(sizes, clique, allowed) })
  })

  for (const rule of rules) {
    if ("forbid" in rule) {
      const all = yield* masks(rule.forbid)
      yield* add(columnsOf(all), (code) => !meets(all, code))
    } else if ("require" in rule) {
      const [when, then] = [yield* masks(rule.when), yield* masks(rule.require)]
      yield* add(columnsOf([...when, ...then]), (code) => !meets(when, code) || meets(then, code))
    } else if ("allow" in rule) {
      const named = yield* Effect.forEach(rule.allow.columns, place)
      const rows = yield* Effect.forEach(rule.allow.combinations, (values) =>
        masks(Object.fromEntries(rule.allow.columns.map((name, i) => [name, values[i] ?? null])))
      )
      yield* add(named, (code) => rows.some((row) => meets(row, code)))
    } else if ("determines" in rule) {
      const { from, to, map } = rule.determines
      const pairs = yield* Effect.forEach(Object.entries(map), ([key, value]) =>
        Effect.all([masks({ [from]: key }), masks({ [to]: value })])
      )
      yield* add([yield* place(from), yield* place(to)], (code) =>
        pairs.every(([when, then]) => !meets(when, code) || meets(then, code))
      )
    } else if ("range" in rule) {
      const { column, lower, upper, when } = rule.range
      const bounds = { ...(lower === undefined ? {} : { from: lower }), ...(upper === undefined ? {} : { to: upper }) }
      const [conditions, inside] = [yield* masks(when), yield* masks({ [column]: bounds })]
      const { missing } = columns[inside[0]!.column]!
      yield* add(
        columnsOf([...conditions, ...inside]),
        (code) => !meets(conditions, code) || meets(inside, code) || code(inside[0]!.column) === missing
      )
    }
  }
  const asked = rules.flatMap((rule) => ("order" in rule ? [rule.order] : []))
  const orders = yield* orderTables(columns, asked, place)
  for (const { clique, logs } of orders.tables) tables.push({ clique, logs })
  return { potentials: merge(tables), orders: orders.orders }
})

const columnsOf = (masks: ReadonlyArray<Mask>): ReadonlyArray<number> => masks.map(({ column }) => column)
const meets = (masks: ReadonlyArray<Mask>, code: (column: number) => number): boolean =>
  masks.every(({ column, codes }) => codes[code(column)] === 1)

function tableOf(
  sizes: ReadonlyArray<number>,
  clique: Clique,
  allowed: (code: (column: number) => number) => boolean
): Float64Array {
  const codes = new Map(clique.map((column) => [column, 0]))
  const logs = new Float64Array(cellsOf(sizes, clique))
  for (let cell = 0; cell < logs.length; cell++) {
    for (let i = clique.length - 1, rest = cell; i >= 0; i--) {
      codes.set(clique[i]!, rest % sizes[clique[i]!]!)
      rest = Math.floor(rest / sizes[clique[i]!]!)
    }
    if (!allowed((column) => codes.get(column)!)) logs[cell] = Number.NEGATIVE_INFINITY
  }
  return logs
}

/** Rules over the same columns become one table. */
function merge(tables: ReadonlyArray<Potential>): ReadonlyArray<Potential> {
  return [...Map.groupBy(tables, ({ clique }) => clique.join()).values()].map((group) => ({
    clique: group[0]!.clique,
    logs: group[0]!.logs.map((_, cell) => Math.min(...group.map(({ logs }) => logs[cell]!)))
  }))
}

const ruleError = (message: string, field: string): BadInput =>
  new BadInput({ code: "synth.rule", message, fix: "Correct the rule, or the domain.", where: { field } })
