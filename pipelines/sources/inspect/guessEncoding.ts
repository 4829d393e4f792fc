import { isUtf8 } from "node:buffer"
import type { Encoding } from "../files/Encoding.ts"

/**
 * The encoding that the first bytes of a text speak for. Bytes that are UTF-8 in nearly all lines stay UTF-8, so that single broken
 * lines show as such.
 */
export function guessEncoding(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le"
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be"
  const wide = zeros(head)
  if (wide !== undefined) return wide
  const lines = linesOf(head).filter((line) => line.some((byte) => byte > 127))
  const broken = lines.filter((line) => !isUtf8(line))
  if (broken.length <= lines.length * 0.05) return "utf-8"
  const decoder = new TextDecoder("gb18030", { fatal: true })
  let chinese = 0
  let other = 0
  for (const line of broken) {
    try {
      for (const character of decoder.decode(line)) {
        if (/[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/.test(character)) chinese++
        else if (character > "\u007f") other++
      }
    } catch {
      other += 10
    }
  }
  // Western texts have single accented letters between ASCII, which as GB18030 yield rare characters or nothing.
  return chinese > other * 4 && chinese >= broken.length * 1.5 ? "gb18030" : "latin-1"
}

function zeros(head: Buffer): Encoding | undefined {
  const length = Math.min(head.length, 4096) & ~1
  let even = 0
  let odd = 0
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) even++
    if (head[i + 1] === 0) odd++
  }
  if (odd > length * 0.15 && even < odd / 10) return "utf-16le"
  return even > length * 0.15 && odd < even / 10 ? "utf-16be" : undefined
}

function linesOf(head: Buffer): ReadonlyArray<Buffer> {
  const lines: Array<Buffer> = []
  let start = 0
  for (let end = head.indexOf(10); end >= 0; end = head.indexOf(10, start)) {
    lines.push(head.subarray(start, end))
    start = end + 1
  }
  return lines.length === 0 ? [head] : lines
}
