import { textWidth } from "./textWidth.ts"

/** Breaks a text into lines that fit: between words, and between any two Chinese characters. */
export function wrapText(text: string, width: number, size: number): ReadonlyArray<string> {
  const lines: Array<string> = []
  let line = ""
  for (const piece of text.match(/[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+/gu) ?? []) {
    if (line !== "" && textWidth(line + piece.trimEnd(), size) > width) {
      lines.push(line.trimEnd())
      line = ""
    }
    line += piece
  }
  return line === "" ? lines : [...lines, line.trimEnd()]
}
