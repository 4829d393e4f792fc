import type { Dialect } from "./Dialect.ts"
import { fieldsOf } from "./fieldsOf.ts"
import { newShape, recordAt, stopTable } from "./recordAt.ts"

export interface SniffedText {
  readonly dialect: Dialect
  readonly header: boolean
  /** The first records as texts, at most 200. */
  readonly records: ReadonlyArray<ReadonlyArray<string>>
  /** False when the head holds no complete record. */
  readonly complete: boolean
}

export interface SniffHints {
  readonly delimiter?: string
  readonly quote?: string
  readonly escape?: string
  readonly header?: boolean
}

const candidates = [",", "\t", ";", "|"].map((text) => text.charCodeAt(0))

/** Guesses from the head of a text what the hints leave open: the delimiter that splits most records alike, and a header. */
export function sniffDelimited(head: Buffer, whole: boolean, hints: SniffHints): SniffedText {
  const quote = hints.quote?.charCodeAt(0) ?? 34
  const escape = hints.escape?.charCodeAt(0) ?? quote
  const newline = head.includes(10) || !head.includes(13) ? 10 : 13
  const delimiters = hints.delimiter === undefined ? candidates : [hints.delimiter.charCodeAt(0)]
  const tries = delimiters.map((delimiter) => {
    const dialect: Dialect = { delimiter, quote, escape, newline }
    const records = headRecords(head, whole, dialect)
    const width = records[0]?.length ?? 0
    const alike = records.filter((record) => record.length === width).length / Math.max(1, records.length)
    return { dialect, records, score: width > 1 ? alike * 100 + Math.min(width, 99) / 100 : 0 }
  })
  const best = tries.reduce((a, b) => (b.score > a.score ? b : a))
  return {
    dialect: best.dialect,
    records: best.records,
    complete: best.records.length > 0,
    header: hints.header ?? looksLikeHeader(best.records)
  }
}

function headRecords(head: Buffer, whole: boolean, dialect: Dialect): ReadonlyArray<ReadonlyArray<string>> {
  const stops = stopTable(dialect)
  const shape = newShape()
  const records: Array<ReadonlyArray<string>> = []
  for (let start = 0; start < head.length && records.length < 200; start = shape.next) {
    recordAt(head, start, head.length, whole, dialect, stops, shape)
    if (shape.next < 0) break
    if (shape.problem === "none" && shape.end > start) records.push(fieldsOf(head.subarray(start, shape.end), dialect))
  }
  return records
}

/**
 * A header holds words: no number, date, address or long row of digits, and few of its words again below it. Doubt speaks
 * against it, since a header is shown to people and a row of data must not be.
 */
function looksLikeHeader(records: ReadonlyArray<ReadonlyArray<string>>): boolean {
  const [first, ...rest] = records
  if (first === undefined) return false
  const words = first.flatMap((text, i) => (text.trim() === "" ? [] : [{ text, i }]))
  if (words.some(({ text }) => /^[\s\d.,:+/-]+$/.test(text) || /@|\d{9}/.test(text))) return false
  const repeated = words.filter(({ text, i }) => rest.some((record) => record[i] === text))
  return words.length > 0 && repeated.length < words.length / 3
}
