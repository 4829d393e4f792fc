import type { BitSource } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import type { CodedTable } from "../table/CodedTable.ts"
import type { Trial } from "../statistic/Trial.ts"
import { drawRows } from "../table/drawRows.ts"
import { pickRows } from "../table/pickRows.ts"
import type { Sides } from "./Sides.ts"

/** A question such as (region = 3 and plan = 2) that fits exactly one released row. */
interface Question {
  readonly columns: ReadonlyArray<number>
  readonly codes: ReadonlyArray<number>
}

const QUESTIONS = 1000
const ROWS = 20_000

/**
 * Asks questions that fit one released row only and counts the people whom one of them singles out: it fits them and nobody else
 * of their side. Someone whom several questions find counts once, so that for an honest release a member and a control are
 * equally likely at each.
 * @param bits  seeded
 */
export function singleOut(sides: Sides, bits: BitSource): { readonly members: Trial; readonly controls: Trial } {
  const capped = (table: CodedTable): CodedTable =>
    table.rows <= ROWS ? table : pickRows(table, drawRows(table.rows, ROWS, bits))
  const released = capped(sides.released)
  const questions = askable(released, bits)
  const count = (table: CodedTable): Trial => {
    const found = new Set<number>()
    for (const question of questions) {
      const row = onlyRow(table, question)
      if (row !== undefined) found.add(row)
    }
    return { hits: found.size, n: Math.max(1, questions.length) }
  }
  return { members: count(capped(sides.members)), controls: count(capped(sides.controls)) }
}

/** At most one question for a released row, of 2 to 6 columns. */
function askable(released: CodedTable, bits: BitSource): ReadonlyArray<Question> {
  const d = released.columns.length
  const questions: Array<Question> = []
  for (const row of drawRows(released.rows, 3 * QUESTIONS, bits)) {
    if (questions.length === QUESTIONS) break
    const many = Math.min(d, 2 + uniformInt(bits, 5))
    const columns = [...drawRows(d, many, bits)]
    const question = { columns, codes: columns.map((c) => released.columns[c]!.codes[row]!) }
    if (onlyRow(released, question) !== undefined) questions.push(question)
  }
  return questions
}

/** The one row that a question fits; undefined if there is none or more than one. */
function onlyRow({ rows, columns: all }: CodedTable, { columns, codes }: Question): number | undefined {
  let only: number | undefined
  const lists = columns.map((c) => all[c]!.codes)
  for (let row = 0; row < rows; row++) {
    let fits = true
    for (let k = 0; k < lists.length && fits; k++) fits = lists[k]![row] === codes[k]
    if (!fits) continue
    if (only !== undefined) return undefined
    only = row
  }
  return only
}
