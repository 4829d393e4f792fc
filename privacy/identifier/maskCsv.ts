import { findIdentifiers } from "./findIdentifiers.ts"
import type { Mask } from "./maskText.ts"

/** What keeps a file from being masked whole. */
export type MaskProblem = "header" | "column" | "quote" | "long" | "nul"

/** Masks a text that comes piece by piece; memory holds one cell or one line. */
export interface Masker {
  /** The masked text as far as it is settled, or what is wrong. */
  push(text: string): string | { readonly problem: MaskProblem }
  end(): string | { readonly problem: MaskProblem }
  /** names of the columns, once the header was seen */
  readonly header: ReadonlyArray<string>
}

/** Signs of a cell; a longer one is most likely a quote that never closes. */
const LONGEST = 1_000_000

/**
 * Masks identifiers in the cells of a CSV and leaves every other sign as it is, quotes and line ends too. The name of a column
 * counts as the label before its cells. Cells beyond the header are always looked into.
 * @param delimiter  one sign
 * @param columns    where to look; absent: everywhere
 */
export function maskCsv(delimiter: string, mask: Mask, columns?: ReadonlyArray<string>): Masker {
  const header: Array<string> = []
  let [raw, quoted, row, place, touched] = ["", false, 0, 0, false]
  let problem: MaskProblem | undefined

  const maskCell = (cell: string): string => {
    if (columns !== undefined && place < header.length && !columns.includes(header[place]!)) return cell
    const label = place < header.length ? `${header[place]!}：` : ""
    // With its label before it a name is a name; without it a phone number among orders is one all the same.
    const findings = findIdentifiers(label + cell)
      .map(({ kind, start, end }) => ({ kind, start: Math.max(0, start - label.length), end: end - label.length }))
      .concat(findIdentifiers(cell))
      .sort((a, b) => a.start - b.start || b.end - a.end)
    let [masked, at] = ["", 0]
    for (const { kind, start, end } of findings) {
      if (end <= at) continue
      const from = Math.max(at, start)
      masked += cell.slice(at, from) + mask(cell.slice(from, end), kind)
      at = end
    }
    return masked + cell.slice(at)
  }
  const settle = (tail: string): string => {
    const ending = raw.endsWith("\r") && tail === "\n" ? "\r" : ""
    const own = ending === "" ? raw : raw.slice(0, -1)
    const wrapped = own.length > 1 && own.startsWith('"') && own.endsWith('"')
    const cell = wrapped ? own.slice(1, -1).replaceAll('""', '"') : own
    raw = ""
    touched = false
    if (row === 0) {
      const name = header.length === 0 ? cell.replace(/^\uFEFF/, "").replace(/^"(.*)"$/s, "$1") : cell
      header.push(name.trim())
      // A file without a header line would lose its first row to the open.
      if (name.includes("\r") || findIdentifiers(name).length > 0) problem ??= "header"
      return own + ending + tail
    }
    const masked = maskCell(cell)
    if (masked === cell) return own + ending + tail
    const needs = wrapped || /["\r\n]/.test(masked) || masked.includes(delimiter)
    return (needs ? `"${masked.replaceAll('"', '""')}"` : masked) + ending + tail
  }

  const push = (text: string): string => {
    let [out, from] = ["", 0]
    for (let i = 0; i < text.length && problem === undefined; i++) {
      const sign = text[i]!
      if (sign === "\0") problem = "nul"
      if (sign === '"' && (quoted || !touched)) {
        quoted = !quoted
        // A quote after a closed one goes on with the same cell.
        if (!quoted) touched = false
        continue
      }
      if (quoted || (sign !== delimiter && sign !== "\n")) {
        if (sign !== "\uFEFF") touched = true
        continue
      }
      raw += text.slice(from, i)
      from = i + 1
      out += settle(sign)
      place = sign === "\n" ? 0 : place + 1
      if (sign === "\n" && row++ === 0 && columns?.some((name) => !header.includes(name))) problem ??= "column"
    }
    raw += text.slice(from)
    if (raw.length > LONGEST) problem ??= quoted ? "quote" : "long"
    return out
  }
  return {
    header,
    push: (text) => {
      const out = push(text)
      return problem === undefined ? out : { problem }
    },
    end: () => {
      if (quoted) problem ??= "quote"
      const out = raw === "" ? "" : settle("")
      if (row === 0 && columns?.some((name) => !header.includes(name))) problem ??= "column"
      return problem === undefined ? out : { problem }
    }
  }
}
