import { isUtf8 } from "node:buffer"
import { jsonProblem } from "./jsonProblem.ts"
import { LineWindow } from "./LineWindow.ts"
import type { Reason } from "./Reason.ts"
import type { RecordSink } from "./RecordSink.ts"
import { noteBad } from "./noteBad.ts"
import { newFacts } from "./ScanFacts.ts"
import type { ScanFacts } from "./ScanFacts.ts"

export interface JsonScan {
  /** Bytes of one value. */
  readonly limit: number
  /** Gets each good value behind its line number and the byte 1F. */
  readonly sink?: RecordSink
}

/** Checks each line of a JSONL text for what the engine must not be given; whether it is JSON the engine says later. */
export async function scanJsonLines(chunks: AsyncIterable<Buffer>, scan: JsonScan): Promise<ScanFacts> {
  const { sink, limit } = scan
  const facts = newFacts()
  const window = new LineWindow(limit, 10)
  let line = 1
  const refuse = (reason: Reason, length: number, bytes: Uint8Array): void => {
    noteBad(facts, line, reason)
    sink?.bad(line, reason, length, bytes)
  }
  const takeSkipped = (skipped: { length: number; head: Buffer } | undefined): void => {
    if (skipped === undefined) return
    refuse("too_long", skipped.length, skipped.head)
    line++
  }
  const take = (record: Buffer): void => {
    const problem = record.length > limit ? "too_long" : isUtf8(record) ? jsonProblem(record) : "encoding"
    if (problem === "blank") facts.blankLines++
    else if (problem !== undefined) refuse(problem, record.length, record)
    else {
      facts.rows++
      sink?.good(numbered(line, record))
    }
    line++
  }
  for await (const chunk of chunks) {
    facts.bytes += chunk.length
    takeSkipped(window.add(chunk))
    let start = 0
    for (let end = window.bytes.indexOf(10); end >= 0; end = window.bytes.indexOf(10, start)) {
      take(window.bytes.subarray(start, end))
      start = end + 1
    }
    window.keep(start)
  }
  if (window.bytes.length > 0) take(window.bytes)
  takeSkipped(window.finish())
  return facts
}

function numbered(line: number, record: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${line}\u001f`), record])
}
