import { isUtf8 } from "node:buffer"
import { BadInput } from "#core/BadInput.ts"
import { jsonProblem } from "./jsonProblem.ts"
import type { JsonScan } from "./scanJsonLines.ts"
import { noteBad } from "./noteBad.ts"
import { newFacts } from "./ScanFacts.ts"
import type { ScanFacts } from "./ScanFacts.ts"

/**
 * Splits a JSON document to its records: the elements of a top-level array, or the top-level values themselves. Works byte by
 * byte in constant memory; an element over the limit is a bad row.
 */
export async function scanJsonDocument(
  chunks: AsyncIterable<Buffer>,
  name: string,
  scan: JsonScan
): Promise<ScanFacts> {
  const facts = newFacts()
  let line = 1
  let inArray = false
  let inText = false
  let escaped = false
  let depth = 0
  let started = 0
  let length = 0
  let pieces: Array<Buffer> = []

  const keep = (piece: Buffer): void => {
    length += piece.length
    if (length <= scan.limit) pieces.push(Buffer.from(piece))
  }
  const finish = (piece: Buffer): void => {
    keep(piece)
    // A line end inside the element is white space; one record is one line from here on.
    const element = Buffer.concat(pieces).map((byte) => (byte === 10 || byte === 13 ? 32 : byte)) as Buffer
    const problem = length > scan.limit ? "too_long" : isUtf8(element) ? jsonProblem(element) : "encoding"
    if (problem === undefined) {
      facts.rows++
      scan.sink?.good(Buffer.concat([Buffer.from(`${started}\u001f`), element]))
    } else if (problem !== "blank") {
      noteBad(facts, started, problem)
      scan.sink?.bad(started, problem, length, element)
    }
    pieces = []
    length = 0
    started = 0
  }

  for await (const chunk of chunks) {
    facts.bytes += chunk.length
    let from = 0
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!
      if (byte === 10) line++
      if (inText) {
        if (escaped) escaped = false
        else if (byte === 92) escaped = true
        else if (byte === 34) inText = false
        continue
      }
      const white = byte === 32 || byte === 9 || byte === 10 || byte === 13
      if (depth > 0 || started > 0) {
        if (byte === 34) inText = true
        else if (byte === 123 || byte === 91) depth++
        else if (depth > 0 && (byte === 125 || byte === 93)) {
          depth--
          if (depth === 0) {
            finish(chunk.subarray(from, i + 1))
          }
        } else if (depth === 0 && (white || byte === 44 || byte === 93)) {
          finish(chunk.subarray(from, i))
          if (byte === 93) inArray = false
        }
        continue
      }
      if (white || byte === 44) continue
      if (byte === 91 && !inArray) inArray = true
      else if (byte === 93 && inArray) inArray = false
      else {
        started = line
        from = i
        if (byte === 34) inText = true
        else if (byte === 123 || byte === 91) depth = 1
      }
    }
    if (started > 0) keep(chunk.subarray(from))
  }
  if (depth > 0 || inText || inArray) {
    throw new BadInput({
      code: "source.json_truncated",
      message: `${name} ends in the middle of its JSON (line ${line}).`,
      fix: "Copy or export the file again.",
      where: { file: name, line }
    })
  }
  if (started > 0) finish(Buffer.alloc(0))
  return facts
}
