import { BadInput } from "#core/BadInput.ts"
import { Result } from "effect"
import { isMap, isScalar, LineCounter, parseDocument, visit } from "yaml"
import type { Document } from "yaml"

/** A YAML text as plain values, and where each of them stands in the text. */
export interface ParsedYaml {
  readonly value: unknown
  /** The place of a value, or of its key when `key` is set; the nearest parent when the path leads nowhere. */
  place(path: ReadonlyArray<PropertyKey>, key?: boolean): { readonly line: number; readonly column: number }
}

const maxAliases = 50
const maxDepth = 100
const parseFix = "Mend the YAML at that place; indentation and quotes are the usual causes."

/**
 * Parses one YAML 1.2 document. Refused with the line: what does not parse, a key given twice, several documents,
 * and texts whose only use is to exhaust a reader (deep nesting, many aliases).
 */
export function parseYaml(text: string, file: string): Result.Result<ParsedYaml, BadInput> {
  const fail = (code: string, message: string, fix: string, at?: { line: number; column: number }) =>
    Result.fail(new BadInput({ code, message, fix, where: { file, ...at } }))
  if (deepestNesting(text) > maxDepth) {
    return fail("yaml.depth", `${file} nests deeper than ${maxDepth} levels.`, "Write a flatter file.")
  }
  const lines = new LineCounter()
  const parsed = Result.try(() =>
    parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false, merge: false })
  )
  if (Result.isFailure(parsed)) return fail("yaml.syntax", `${file} is not YAML that can be read.`, parseFix)
  const document: Document = parsed.success
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const problem = document.errors[0]
  if (problem !== undefined) {
    const where = at(problem.pos[0])
    if (problem.code === "DUPLICATE_KEY") {
      const message = `A key is given twice in ${file}, line ${where.line}.`
      return fail("yaml.duplicate_key", message, "Keep one of the two; which one counts must not be a guess.", where)
    }
    return fail("yaml.syntax", `${file} is not valid YAML at line ${where.line} (${problem.code}).`, parseFix, where)
  }
  const aliases = readPlainKeys(document)
  if (aliases > maxAliases) {
    return fail("yaml.aliases", `${file} repeats itself by ${aliases} aliases.`, "Write the values out.")
  }
  const value = Result.try((): unknown => document.toJS({ maxAliasCount: maxAliases }))
  if (Result.isFailure(value)) {
    return fail("yaml.aliases", `${file} unfolds to more than its aliases may.`, "Write the values out.")
  }
  return Result.succeed({
    value: value.success,
    place: (path, key) => at(offsetOf(document, path, key === true))
  })
}

/** `null:` and `2026:` are keys like any other: takes the text as written, so `options: { null: [...] }` works. */
function readPlainKeys(document: Document): number {
  let aliases = 0
  visit(document, {
    Alias: () => void aliases++,
    Pair: (_, pair) => {
      if (isScalar(pair.key) && typeof pair.key.value !== "string") pair.key.value = pair.key.source ?? ""
    }
  })
  return aliases
}

function offsetOf(document: Document, path: ReadonlyArray<PropertyKey>, key: boolean): number {
  for (let length = path.length; length >= 0; length--) {
    const here = path.slice(0, length)
    const whole = length === path.length
    if (key && whole && length > 0) {
      const parent = length === 1 ? document.contents : document.getIn(here.slice(0, -1), true)
      const name = here[length - 1]
      const pair = isMap(parent) ? parent.items.find((p) => isScalar(p.key) && p.key.value === name) : undefined
      if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0]
    }
    const node = length === 0 ? document.contents : document.getIn(here, true)
    const range = (node as { range?: readonly [number, number, number] | null } | undefined)?.range
    if (range) return range[0]
  }
  return 0
}

/** An upper bound of the nesting, cheap enough to ask before the parser recurses: brackets, list dashes and indentation. */
function deepestNesting(text: string): number {
  let open = 0
  let deepest = 0
  let lineDepth = 0
  let lineStart = true
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === "\n") {
      lineStart = true
      lineDepth = 0
    } else if (lineStart && (character === " " || character === "-" || character === "?")) {
      lineDepth++
    } else {
      lineStart = false
      if (character === "[" || character === "{") open++
      else if ((character === "]" || character === "}") && open > 0) open--
    }
    if (open + lineDepth > deepest) deepest = open + lineDepth
  }
  return deepest
}
