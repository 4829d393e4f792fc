import { inflateSync } from "node:zlib"

/**
 * The font inside a WOFF file, with its tables unpacked once: the drawing library would unpack them again for every glyph.
 *
 * @returns  an OpenType font
 * @source   W3C WOFF File Format 1.0, sections 3 and 4; OpenType 1.9, table directory
 */
export function unpackWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, i) => {
    const entry = woff.subarray(44 + 20 * i, 64 + 20 * i)
    const [offset, packed, length] = [entry.readUInt32BE(4), entry.readUInt32BE(8), entry.readUInt32BE(12)]
    const bytes = woff.subarray(offset, offset + packed)
    return {
      tag: entry.subarray(0, 4),
      checksum: entry.subarray(16, 20),
      bytes: packed < length ? inflateSync(bytes) : bytes
    }
  })
  const head = Buffer.alloc(12 + 16 * count)
  const largest = 2 ** Math.floor(Math.log2(count))
  woff.copy(head, 0, 4, 8)
  head.writeUInt16BE(count, 4)
  head.writeUInt16BE(16 * largest, 6)
  head.writeUInt16BE(Math.log2(largest), 8)
  head.writeUInt16BE(16 * (count - largest), 10)
  let offset = head.length
  const parts: Array<Buffer> = [head]
  tables.forEach(({ tag, checksum, bytes }, i) => {
    const at = 12 + 16 * i
    tag.copy(head, at)
    checksum.copy(head, at + 4)
    head.writeUInt32BE(offset, at + 8)
    head.writeUInt32BE(bytes.length, at + 12)
    // Tables begin at multiples of four.
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
    parts.push(padded)
    offset += padded.length
  })
  return Buffer.concat(parts)
}
