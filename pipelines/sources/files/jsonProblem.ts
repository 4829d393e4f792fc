import type { Reason } from "./Reason.ts"

const maxDepth = 64

/** Why one JSON text must not reach the engine: control characters, too deep; `blank` when there is nothing. */
export function jsonProblem(bytes: Uint8Array): Extract<Reason, "json" | "json_depth" | "nul"> | "blank" | undefined {
  let depth = 0
  let inText = false
  let blank = true
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte <= 32) {
      if (byte === 0) return "nul"
      // Tab, CR and LF are white space; other control characters are never JSON.
      if (byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13) return "json"
      continue
    }
    blank = false
    if (inText) {
      if (byte === 92) i++
      else if (byte === 34) inText = false
    } else if (byte === 34) inText = true
    else if (byte === 123 || byte === 91) {
      if (++depth > maxDepth) return "json_depth"
    } else if (byte === 125 || byte === 93) depth--
  }
  return blank ? "blank" : undefined
}
