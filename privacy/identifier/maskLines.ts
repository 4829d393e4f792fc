import type { Masker } from "./maskCsv.ts"
import { maskText } from "./maskText.ts"
import type { Mask } from "./maskText.ts"

const LONGEST = 1_000_000

/** Masks identifiers in a text line by line. */
export function maskLines(mask: Mask): Masker {
  let rest = ""
  return {
    header: [],
    push: (text) => {
      if (text.includes("\0")) return { problem: "nul" }
      const whole = rest + text
      const end = whole.lastIndexOf("\n") + 1
      rest = whole.slice(end)
      if (rest.length > LONGEST) return { problem: "long" }
      const lines = whole.slice(0, end).split("\n")
      return lines.map((line) => maskText(line, mask)).join("\n")
    },
    end: () => maskText(rest, mask)
  }
}
