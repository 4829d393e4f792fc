import type { Dialect } from "./Dialect.ts"

/** What `recordAt` found; one object is reused for all records of a file. */
export interface RecordShape {
  /** Where the next record starts, or -1 when the record does not end within the bytes. */
  next: number
  /** Where the content ends, before the line end. */
  end: number
  fields: number
  /** Physical lines that the record takes. */
  lines: number
  ending: "lf" | "crlf" | "none"
  /** `text`: something stands after a closing quote; `unclosed`: a quote is never closed. */
  problem: "none" | "text" | "unclosed"
  /** Legal for us but read differently by other readers: blanks around quotes, a quote or CR within plain text. */
  odd: boolean
}

export function newShape(): RecordShape {
  return { next: -1, end: 0, fields: 0, lines: 0, ending: "none", problem: "none", odd: false }
}

/** 1 for each byte at which plain text may end. */
export function stopTable(dialect: Dialect): Uint8Array {
  const stops = new Uint8Array(256)
  for (const byte of [dialect.delimiter, dialect.quote, 10, 13]) stops[byte] = 1
  return stops
}

/**
 * Finds the record that starts at `start`. A record with broken quoting ends with its first physical line, so that a quote
 * that somebody forgot to close costs one line and not the rest of the file.
 */
export function recordAt(
  bytes: Uint8Array,
  start: number,
  limit: number,
  atEnd: boolean,
  dialect: Dialect,
  stops: Uint8Array,
  shape: RecordShape
): void {
  const { delimiter, quote, escape, newline } = dialect
  shape.problem = "none"
  shape.odd = false
  shape.ending = "none"
  const blank = delimiter === 32 ? -1 : 32
  let fields = 1
  let lines = 1
  let i = start
  let fieldStart = true
  for (;;) {
    if (fieldStart) {
      fieldStart = false
      let open = i
      while (open < limit && bytes[open] === blank) open++
      if (open < limit && bytes[open] === quote) {
        if (open > i) shape.odd = true
        i = open + 1
        for (;;) {
          if (i >= limit) {
            if (!atEnd) return void (shape.next = -1)
            return firstLine(bytes, start, limit, atEnd, newline, shape, "unclosed")
          }
          const byte = bytes[i]!
          if (byte === escape && (escape !== quote || i + 1 < limit || !atEnd)) {
            if (i + 1 >= limit) {
              if (!atEnd) return void (shape.next = -1)
            } else if (escape !== quote || bytes[i + 1] === quote) {
              i += 2
              continue
            }
          }
          if (byte === quote) break
          if (byte === newline) lines++
          i++
        }
        i++
        while (i < limit && bytes[i] === blank) {
          i++
          shape.odd = true
        }
        if (i < limit && stops[bytes[i]!] === 0) {
          return firstLine(bytes, start, limit, atEnd, newline, shape, "text")
        }
        if (i < limit && bytes[i] === quote) return firstLine(bytes, start, limit, atEnd, newline, shape, "text")
      }
    }
    while (i < limit && stops[bytes[i]!] === 0) i++
    if (i >= limit) {
      if (!atEnd) return void (shape.next = -1)
      shape.next = shape.end = limit
      break
    }
    const byte = bytes[i]!
    if (byte === delimiter) {
      fields++
      i++
      fieldStart = true
    } else if (byte === newline) {
      shape.next = i + 1
      const carriage = newline === 10 && i > start && bytes[i - 1] === 13
      shape.end = carriage ? i - 1 : i
      shape.ending = carriage ? "crlf" : "lf"
      break
    } else {
      // A CR just before LF belongs to the line end; elsewhere it and a quote are plain text.
      if (byte === 13 && i + 1 >= limit && !atEnd) return void (shape.next = -1)
      if (byte !== 13 || bytes[i + 1] !== 10 || newline !== 10) shape.odd = true
      i++
    }
  }
  shape.fields = fields
  shape.lines = lines
}

function firstLine(
  bytes: Uint8Array,
  start: number,
  limit: number,
  atEnd: boolean,
  newline: number,
  shape: RecordShape,
  problem: "text" | "unclosed"
): void {
  const at = bytes.indexOf(newline, start)
  const found = at >= 0 && at < limit
  if (!found && !atEnd) return void (shape.next = -1)
  shape.problem = problem
  shape.next = found ? at + 1 : limit
  shape.end = found ? at : limit
  shape.fields = 0
  shape.lines = 1
}
