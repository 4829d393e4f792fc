/** A part of a file: from `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Reads a Range header. Several ranges, other units and what cannot be read are answered with the whole, as RFC 9110 allows.
 *
 * @returns  the part; undefined for the whole; `unsatisfiable` where nothing of the file lies in it
 * @source   RFC 9110, section 14
 */
export function byteRange(header: string | undefined, size: number): ByteRange | "unsatisfiable" | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "")
  if (match === null) return undefined
  const [from, to] = [match[1]!, match[2]!]
  if (from === "") {
    if (to === "") return undefined
    const last = Math.min(Number(to), size)
    return last === 0 ? "unsatisfiable" : { start: size - last, end: size - 1 }
  }
  const start = Number(from)
  const end = to === "" ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== "" && Number(to) < start) return undefined
  return start >= size ? "unsatisfiable" : { start, end }
}
