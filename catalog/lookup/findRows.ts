import { BadInput } from "#core/BadInput.ts"
import type { LookupCell, LookupTable } from "./LookupTable.ts"

/** Rows that match, each as its columns in order. */
export interface Found {
  readonly rows: ReadonlyArray<ReadonlyArray<LookupCell>>
  /** How many match in all. */
  readonly total: number
}

const mostRows = 100
const usualRows = 20
const empty = new Int32Array(0)

/**
 * The rows of a table in which every named key column has the given value, in the order of the table. Only declared key columns are taken, each
 * value in the form of its column, and at least one.
 *
 * @param query  column names and texts, with `limit` (1 to 100) and `offset`
 * @throws       BadInput for a column that is no key, a value that is none of its type, or no key at all
 */
export function findRows(table: LookupTable, query: Readonly<Record<string, unknown>>): Found {
  const { limit, offset, ...filters } = query
  const most = whole("limit", limit, usualRows, 1, mostRows)
  const from = whole("offset", offset, 0, 0, 1_000_000_000)
  const names = Object.keys(filters)
  const keys = [...table.index.keys()]
  if (names.length === 0) {
    throw wrong(
      "lookup.filter",
      "A lookup names the value of at least one key column.",
      `Add one of ${keys.join(", ")}.`
    )
  }
  let rows: Int32Array | undefined
  for (const name of names) {
    const own = table.index.get(name)
    if (own === undefined) {
      const message = `${name.slice(0, 60)} is no key column of this version.`
      throw wrong("lookup.column", message, `Look it up by ${keys.join(", ")}.`)
    }
    const type = table.columns.find((column) => column.name === name)!.type
    const matching = own.get(typed(name, type, filters[name])) ?? empty
    rows = rows === undefined ? matching : intersect(rows, matching)
  }
  const chosen = rows!.subarray(from, from + most)
  return {
    total: rows!.length,
    rows: Array.from(chosen, (row) => table.columns.map(({ name }) => table.values[name]![row]!))
  }
}

/** The text under which a value of this column is indexed. */
function typed(name: string, type: string, given: unknown): string {
  const say = (form: string): BadInput =>
    wrong("lookup.value", `The value of ${name} is not ${form}.`, `Write it as ${form}, once.`)
  if (typeof given !== "string" || given.length > 200) throw say("one text of at most 200 characters")
  if (/INT/.test(type)) {
    if (!/^-?\d{1,19}$/.test(given)) throw say("a whole number")
    return String(BigInt(given))
  }
  if (/^(DOUBLE|FLOAT)$/.test(type)) {
    const number = Number(given)
    if (given.trim() === "" || !Number.isFinite(number)) throw say("a number")
    return String(number)
  }
  if (type === "BOOLEAN") {
    if (given !== "true" && given !== "false") throw say("true or false")
    return given
  }
  if (type === "DATE" && !/^\d{4}-\d\d-\d\d$/.test(given)) throw say("a day such as 2026-11-22")
  return given
}

function intersect(a: Int32Array, b: Int32Array): Int32Array {
  const both = new Int32Array(Math.min(a.length, b.length))
  let [i, j, n] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const difference = a[i]! - b[j]!
    if (difference === 0) both[n++] = a[i]!
    if (difference <= 0) i++
    if (difference >= 0) j++
  }
  return both.subarray(0, n)
}

function whole(name: string, given: unknown, usual: number, least: number, most: number): number {
  if (given === undefined) return usual
  const number = typeof given === "string" && /^\d{1,10}$/.test(given) ? Number(given) : -1
  if (number >= least && number <= most) return number
  throw wrong(`lookup.${name}`, `${name} is a whole number from ${least} to ${most}.`, `Write ${name}=${usual}.`)
}

const wrong = (code: string, message: string, fix: string): BadInput =>
  new BadInput({ code, message, fix, where: { field: code.slice("lookup.".length) } })
