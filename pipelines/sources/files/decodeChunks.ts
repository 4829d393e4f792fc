import type { Encoding } from "./Encoding.ts"

/**
 * Turns chunks of a declared encoding to chunks of UTF-8 without a byte order mark. UTF-8 passes unchecked; in the others what
 * cannot be decoded becomes U+FFFD, which the scanner then takes as undecodable.
 */
export async function* decodeChunks(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  if (encoding !== "utf-8") {
    // Exports labelled Latin-1 are Windows-1252 in practice; the two differ only where Latin-1 has control characters.
    const decoder = new TextDecoder(encoding === "latin-1" ? "windows-1252" : encoding)
    for await (const chunk of chunks) {
      const text = decoder.decode(chunk, { stream: true })
      if (text !== "") yield Buffer.from(text)
    }
    const rest = decoder.decode()
    if (rest !== "") yield Buffer.from(rest)
    return
  }
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length >= 3) {
      yield withoutMark(head)
      head = undefined
    }
  }
  if (head !== undefined && head.length > 0) yield head
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}
