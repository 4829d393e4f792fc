import type { Dialect } from "./Dialect.ts"

/** The texts of one complete, well-quoted record, read by the rules of `recordAt`. For headers and odd records, not for data. */
export function fieldsOf(record: Buffer, dialect: Dialect): ReadonlyArray<string> {
  const { delimiter, quote, escape } = dialect
  const fields: Array<string> = []
  const blank = delimiter === 32 ? -1 : 32
  let i = 0
  for (;;) {
    let open = i
    while (open < record.length && record[open] === blank) open++
    if (open < record.length && record[open] === quote) {
      const pieces: Array<Buffer> = []
      let from = open + 1
      for (i = from; i < record.length; i++) {
        const byte = record[i]
        if (byte === escape && i + 1 < record.length && (escape !== quote || record[i + 1] === quote)) {
          pieces.push(record.subarray(from, i))
          from = ++i
        } else if (byte === quote) break
      }
      pieces.push(record.subarray(from, i))
      fields.push(Buffer.concat(pieces).toString("utf8"))
      i = record.indexOf(delimiter, i)
    } else {
      const end = record.indexOf(delimiter, i)
      fields.push(record.subarray(i, end < 0 ? record.length : end).toString("utf8"))
      i = end
    }
    if (i < 0) return fields
    i++
  }
}
