import { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Refused } from "#core/Refused.ts"
import { decodeInput } from "../evidence/decodeInput.ts"
import { explainQuote } from "./explainQuote.ts"
import { findChangedDigit } from "./findChangedDigit.ts"
import { firstDifference } from "./firstDifference.ts"
import { makeQuote } from "./makeQuote.ts"
import { Quote } from "./Quote.ts"

/**
 * Checks a quote as it came back: its hash, then its price, recomputed to the fen from the inputs it carries, then its explanation
 * where it has one. Needs nothing but the text. That the house issued it is for the catalog to say: a stranger can hash too.
 *
 * @param text  the JSON text of a quote, with or without `explanation`
 * @returns     the quote, its numbers proven consistent
 * @throws      BadInput if it is no quote; Refused if anything in it was changed, naming the path, down to a single digit
 * @source      pricing.md, Recomputing it from the stored inputs gives the same fen
 */
export function verifyQuote(text: string): Quote {
  const { explanation, ...given } = readObject(text)
  const { hash, ...body } = given
  const actual = hashOf(body)
  if (actual === undefined || actual !== hash) throw changed(whereChanged(text, String(hash), actual, given))

  const quote = decodeInput(Quote, given, "quote")
  const again = recompute(quote)
  const difference = firstDifference(again, quote)
  if (difference !== undefined) throw changed(difference)
  if (explanation !== undefined) {
    const inTree = firstDifference(explainQuote(quote), explanation, ["explanation"])
    if (inTree !== undefined) throw changed(inTree)
  }
  return quote
}

/** Far above any quote; what is longer is not worth parsing. */
const mostCharacters = 262_144

function readObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = text.length > mostCharacters ? undefined : JSON.parse(text)
  } catch {
    value = undefined
  }
  if (typeof value === "object" && value !== null && "hash" in value && "inputs" in value)
    return value as Record<string, unknown>
  throw new BadInput({
    code: "quote.form",
    message: "This is not a quote: a JSON object with inputs and a hash was expected.",
    fix: "Give the file that `assay quote PRODUCT --json` wrote, unchanged."
  })
}

function hashOf(body: unknown): string | undefined {
  try {
    return sha256Hex(canonicalJson(body))
  } catch {
    // A lone surrogate or 1e999: no quote was ever issued with it.
    return undefined
  }
}

function whereChanged(text: string, hash: string, actual: string | undefined, given: unknown): string {
  if (actual !== undefined && distance(hash, actual) === 1) return "hash"
  const found = findChangedDigit(text, ["hash", "explanation"], (document) => {
    const { explanation: _, hash: __, ...body } = document as Record<string, unknown>
    return hashOf(body) === hash
  })
  if (found !== undefined) return found
  // More than a digit was changed: the best that can be named is the first thing that does not follow from the rest.
  const quote = decodeInput(Quote, given, "quote")
  return firstDifference({ ...recompute(quote), hash: quote.hash }, quote) ?? "hash"
}

function recompute(quote: Quote): Quote {
  try {
    return makeQuote({ ...quote, currency: quote.price.currency })
  } catch (cause) {
    if (cause instanceof RangeError) throw changed("inputs")
    throw cause
  }
}

function distance(a: string, b: string): number {
  if (a.length !== b.length) return Infinity
  let differing = 0
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) differing++
  return differing
}

const changed = (path: string): Refused =>
  new Refused({
    code: "quote.changed",
    message: `The quote was changed after it was issued: ${path} is not what it was.`,
    fix: "Ask for a new quote, or use the file exactly as it was issued.",
    where: { field: path }
  })
