import { isUtf8 } from "node:buffer"
import type { Dialect } from "./Dialect.ts"
import { fieldsOf } from "./fieldsOf.ts"
import { LineWindow } from "./LineWindow.ts"
import type { Reason } from "./Reason.ts"
import { newShape, recordAt, stopTable } from "./recordAt.ts"
import type { RecordSink } from "./RecordSink.ts"
import { noteBad } from "./noteBad.ts"
import { newFacts } from "./ScanFacts.ts"
import type { ScanFacts } from "./ScanFacts.ts"

export interface DelimitedScan {
  readonly dialect: Dialect
  readonly fields: number
  readonly header: boolean
  /** Bytes of one record. */
  readonly limit: number
  /** The text was decoded from another encoding, so U+FFFD stands for bytes that could not be. */
  readonly decoded: boolean
  readonly sink?: RecordSink
}

const replacement = Buffer.from("\ufffd")

/**
 * Finds every record of a delimited text and says of each whether it can be taken. We do this ourselves because the engine's
 * parallel reader drops good rows without a word after an unclosed quote or a mixed line end; afterwards it gets only what is
 * beyond doubt, and its row count must equal ours.
 */
export async function scanDelimited(chunks: AsyncIterable<Buffer>, scan: DelimitedScan): Promise<ScanFacts> {
  const { dialect, sink } = scan
  const facts = newFacts()
  const window = new LineWindow(scan.limit, dialect.newline)
  const stops = stopTable(dialect)
  const shape = newShape()
  let line = 1
  let headerSeen = !scan.header

  const refuse = (reason: Reason, length: number, bytes: Uint8Array): void => {
    noteBad(facts, line, reason)
    sink?.bad(line, reason, length, bytes)
  }
  const takeSkipped = (skipped: { length: number; head: Buffer } | undefined): void => {
    if (skipped === undefined) return
    refuse("too_long", skipped.length, skipped.head)
    line++
  }
  const take = (bytes: Buffer, start: number, suspicious: boolean): void => {
    const blank = shape.end === start
    if (shape.ending === "lf") facts.lfLines++
    else if (shape.ending === "crlf") facts.crlfLines++
    if (blank && shape.problem === "none") {
      facts.blankLines++
    } else if (headerSeen) {
      const record = bytes.subarray(start, shape.end)
      const reason = problemOf(record, suspicious)
      if (reason !== undefined) refuse(reason, record.length, record)
      else {
        facts.rows++
        if (shape.odd) facts.oddRows++
        if (shape.lines > 1) facts.multilineRows++
        if (sink !== undefined) sink.good(shape.odd ? rewritten(record, dialect) : record)
      }
    } else headerSeen = true
    line += shape.lines
  }
  const problemOf = (record: Buffer, suspicious: boolean): Reason | undefined => {
    if (record.length > scan.limit) return "too_long"
    if (suspicious) {
      if (scan.decoded ? record.includes(replacement) : !isUtf8(record)) return "encoding"
      if (record.includes(0)) return "nul"
    }
    if (shape.problem !== "none") return shape.problem === "text" ? "quote" : "unclosed_quote"
    return shape.fields === scan.fields ? undefined : "columns"
  }
  /** Takes the complete records of the window; at the end of the file all that is left. */
  const drain = (atEnd: boolean): void => {
    const { bytes } = window
    const whole = atEnd ? bytes.length : bytes.lastIndexOf(dialect.newline) + 1
    const suspicious = isSuspicious(bytes.subarray(0, whole), scan.decoded)
    let start = 0
    while (start < bytes.length) {
      recordAt(bytes, start, bytes.length, atEnd, dialect, stops, shape)
      if (shape.next < 0 && bytes.length - start > scan.limit && bytes.indexOf(dialect.newline, start) >= 0) {
        // Too long only because a quote stays open: its first line is bad, the next may be fine.
        recordAt(bytes, start, bytes.length, true, dialect, stops, shape)
      }
      if (shape.next < 0) break
      take(bytes, start, suspicious)
      start = shape.next
    }
    window.keep(start)
  }

  for await (const chunk of chunks) {
    facts.bytes += chunk.length
    takeSkipped(window.add(chunk))
    if (window.bytes.length > 0) drain(false)
  }
  drain(true)
  takeSkipped(window.finish())
  return facts
}

/** Whole windows are checked first: nearly all pass, and then no record has to be looked at. */
function isSuspicious(bytes: Buffer, decoded: boolean): boolean {
  return (decoded ? bytes.includes(replacement) : !isUtf8(bytes)) || bytes.includes(0)
}

function rewritten(record: Buffer, dialect: Dialect): Buffer {
  const quote = String.fromCharCode(dialect.quote)
  const escape = String.fromCharCode(dialect.escape)
  const fields = fieldsOf(record, dialect).map((text) => {
    const escaped = (escape === quote ? text : text.replaceAll(escape, escape + escape)).replaceAll(
      quote,
      escape + quote
    )
    return text === "" ? "" : quote + escaped + quote
  })
  return Buffer.from(fields.join(String.fromCharCode(dialect.delimiter)))
}
