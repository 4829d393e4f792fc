import { describe, expect, it } from "@effect/vitest"
import { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Refused } from "#core/Refused.ts"
import { explainQuote } from "#pricing/quote/explainQuote.ts"
import { makeQuote } from "#pricing/quote/makeQuote.ts"
import { verifyQuote } from "#pricing/quote/verifyQuote.ts"
import { sampleRequest } from "./sampleQuote.ts"

const quote = makeQuote(sampleRequest)
const text = JSON.stringify(quote, null, 2)

const pathNamed = (changed: string): string | undefined => {
  try {
    verifyQuote(changed)
  } catch (error) {
    if (error instanceof Refused) return error.where?.field
    throw error
  }
  return undefined
}

/** The quote's text with one digit at `at` replaced by another. */
const withDigit = (source: string, at: number): string =>
  source.slice(0, at) + ((Number(source[at]) + 1) % 10) + source.slice(at + 1)

describe("verifyQuote", () => {
  it("accepts a quote as it was issued, however it is laid out, with or without its explanation", () => {
    expect(verifyQuote(text)).toEqual(quote)
    expect(verifyQuote(canonicalJson(quote))).toEqual(quote)
    expect(verifyQuote(JSON.stringify({ explanation: explainQuote(quote), ...quote }))).toEqual(quote)
  })

  it("refuses a quote with any one digit changed and names the digit's path", () => {
    let checked = 0
    for (const match of text.matchAll(/^ +"?(?:\w+"?: )"?([^"\n]*?)"?,?$/gm)) {
      const start = match.index + match[0].lastIndexOf(match[1]!)
      // Every digit of every number, every 29th character of the texts.
      const step = text[start - 1] === '"' ? 29 : 1
      for (let i = start; i < start + match[1]!.length; i += step) {
        if (!/\d/.test(text[i]!)) continue
        const changed = withDigit(text, i)
        if (!isJson(changed)) continue
        expect(pathNamed(changed)).toBe(pathAt(text, i))
        checked++
      }
    }
    expect(checked).toBeGreaterThan(50)
  })

  it("finds a digit that became 0 at the end of a fraction, where the number no longer shows it", () => {
    expect(pathNamed(text.replace('"value": 1.06', '"value": 1.00'))).toBe("inputs.demand.value")
    expect(pathNamed(text.replace('"value": 0.7', '"value": 0.0'))).toBe("inputs.policy.beta.value")
  })

  it("names a changed digit of the hash and of the explanation", () => {
    const at = text.indexOf('"hash"') + 10
    const digit = at + text.slice(at).search(/\d/)
    expect(pathNamed(withDigit(text, digit))).toBe("hash")

    const explained = JSON.stringify({ ...quote, explanation: explainQuote(quote) })
    expect(pathNamed(explained.replace('"issuedAt":"2026-11-22', '"issuedAt":"2026-11-21'))).toBe("issuedAt")
    expect(pathNamed(explained.replace('"value":36078,"unit"', '"value":36079,"unit"'))).toBe("explanation.value")
  })

  it("refuses a lower price under a fresh hash, which a stranger can compute too", () => {
    const { hash: _, ...body } = { ...quote, price: { minor: 1, currency: "CNY" } }
    expect(pathNamed(JSON.stringify({ ...body, hash: sha256Hex(canonicalJson(body)) }))).toBe("price.minor")
  })

  it("refuses a longer life and impossible inputs under a fresh hash", () => {
    const { hash: _, ...late } = { ...quote, expiresAt: "2027-01-01T00:00:00.000Z" }
    expect(pathNamed(JSON.stringify({ ...late, hash: sha256Hex(canonicalJson(late)) }))).toBe("expiresAt")
    const policy = { ...quote.inputs.policy, beta: { ...quote.inputs.policy.beta, value: 7 } }
    const { hash: __, ...odd } = { ...quote, inputs: { ...quote.inputs, policy } }
    expect(pathNamed(JSON.stringify({ ...odd, hash: sha256Hex(canonicalJson(odd)) }))).toBe("inputs")
  })

  it("refuses a quote in which several digits were changed", () => {
    expect(pathNamed(text.replace('"minor": 36078', '"minor": 11111'))).toBe("price.minor")
    expect(pathNamed(text.replace("2026-11-22T09:15", "2026-12-23T10:16"))).toBeDefined()
  })

  it("does not let a long document hold the process", () => {
    // Searching it would take hours, far beyond the limit of a test.
    const padded = text.replace('"id": "quo_7h3m"', `"id": "${"1".repeat(100_000)}"`)
    expect(pathNamed(padded)).toBe("hash")
    expect(() => verifyQuote(text + " ".repeat(300_000))).toThrow(BadInput)
  })

  it("says what is missing when it is given something else", () => {
    for (const other of ["", "not json", "[]", "{}", "null", '{"hash":"00"}']) {
      expect(() => verifyQuote(other)).toThrow(BadInput)
    }
    const { price: _, ...without } = quote
    expect(() => verifyQuote(JSON.stringify(without))).toThrow(BadInput)
  })
})

function isJson(candidate: string): boolean {
  try {
    JSON.parse(candidate)
    return true
  } catch {
    return false
  }
}

/** The path of the line at `index` in two-space indented JSON. */
function pathAt(source: string, index: number): string {
  const path: Array<{ key: string; indent: number }> = []
  let offset = 0
  const arrays = new Map<number, number>()
  for (const line of source.split("\n")) {
    const indent = line.search(/\S/)
    while (path.length > 0 && path.at(-1)!.indent >= indent) path.pop()
    const key = /^ *"(\w+)":/.exec(line)?.[1]
    if (key !== undefined) path.push({ key, indent })
    else if (/^ *\{/.test(line) && indent > 0) {
      const position = arrays.get(indent) ?? 0
      arrays.set(indent, position + 1)
      path.push({ key: String(position), indent })
    }
    if (index < offset + line.length + 1) return path.map((part) => part.key).join(".")
    offset += line.length + 1
  }
  throw new Error("no such place")
}
