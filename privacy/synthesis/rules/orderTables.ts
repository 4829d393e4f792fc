import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { CodedColumn, NumberColumn } from "../encode/CodedColumn.ts"
import type { Potential } from "../model/Potential.ts"

/** before + least <= after, in grid steps, where neither is missing. */
export interface Order {
  readonly before: number
  readonly after: number
  /** 0, or 1 for a strict order */
  readonly least: number
}

interface Asked {
  readonly before: string
  readonly after: string
  readonly strict?: boolean
}

/**
 * Orders between numbers as tables of forbidden pairs of bins, also for pairs that follow from others: then any row of codes
 * that is left can be decoded so that every order holds.
 * @returns the declared orders, and a table for each pair of the closure
 */
export const orderTables = Effect.fnUntraced(function* (
  columns: ReadonlyArray<CodedColumn>,
  asked: ReadonlyArray<Asked>,
  place: (name: string) => Effect.Effect<number, BadInput>
): Effect.fn.Return<{ orders: ReadonlyArray<Order>; tables: ReadonlyArray<Potential> }, BadInput> {
  const orders: Array<Order> = []
  for (const { before, after, strict } of asked) {
    const order = { before: yield* place(before), after: yield* place(after), least: strict === true ? 1 : 0 }
    const [a, b] = [columns[order.before]!, columns[order.after]!]
    if (
      a.kind !== "numbers" ||
      b.kind !== "numbers" ||
      a.step !== b.step ||
      (a.format === "date") !== (b.format === "date")
    ) {
      return yield* wrong(before, after, "are not numbers on the same grid, or both days")
    }
    orders.push(order)
  }
  const distances = new Map(orders.map(({ before, after, least }) => [`${before},${after}`, least]))
  const at = (a: number, b: number): number | undefined => distances.get(`${a},${b}`)
  for (let k = 0; k < columns.length; k++) {
    for (let a = 0; a < columns.length; a++) {
      for (let b = 0; b < columns.length; b++) {
        const [first, second] = [at(a, k), at(k, b)]
        if (first === undefined || second === undefined) continue
        distances.set(`${a},${b}`, Math.max(at(a, b) ?? 0, first + second))
      }
    }
  }
  const tables: Array<Potential> = []
  for (const [pair, least] of distances) {
    const [before, after] = pair.split(",").map(Number) as [number, number]
    if (before === after) return yield* wrong(columns[before]!.name, columns[after]!.name, "are ordered in a circle")
    tables.push(forbiddenBins(columns, before, after, least))
  }
  return { orders, tables }
})

function forbiddenBins(columns: ReadonlyArray<CodedColumn>, before: number, after: number, least: number): Potential {
  const clique = [before, after].sort((a, b) => a - b)
  const [a, b] = [columns[before] as NumberColumn, columns[after] as NumberColumn]
  const [rows, across] = clique.map((column) => columns[column]!.size) as [number, number]
  const logs = new Float64Array(rows * across)
  for (let x = 0; x < a.size; x++) {
    for (let y = 0; y < b.size; y++) {
      if (x === a.missing || y === b.missing || a.edges[x]! + least <= b.edges[y + 1]! - 1) continue
      logs[before < after ? x * across + y : y * across + x] = Number.NEGATIVE_INFINITY
    }
  }
  return { clique, logs }
}

const wrong = (before: string, after: string, what: string): BadInput =>
  new BadInput({
    code: "synth.rule",
    message: `The columns ${before} and ${after} of an order ${what}.`,
    fix: "Order integers, amounts of money, reals of the same step, or days; never in a circle.",
    where: { field: before }
  })
