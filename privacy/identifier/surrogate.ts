import { createHmac } from "node:crypto"
import type { IdentifierKind } from "./IdentifierKind.ts"
import { isLuhn } from "./isLuhn.ts"
import { residentCheckCharacter } from "./residentCheckCharacter.ts"

/** Leading digits and letters that say what a number is and stay as they are. */
const kept: Partial<Readonly<Record<IdentifierKind, number>>> = {
  mobile: 3,
  bank_card: 6,
  landline: 3,
  plate: 2,
  resident_id: 0
}

/**
 * Another identifier of the same shape: digits become digits, letters letters, the rest stays; a resident id and a bank card
 * get right check digits. The same key turns the same identifier into the same surrogate.
 *
 * A surrogate can by chance be somebody's number: it is for tests and joins, not for publishing.
 */
export function surrogate(key: Uint8Array, found: string, kind: IdentifierKind): string {
  const compact = found
    .normalize("NFKC")
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .toUpperCase()
  const stream = createHmac("sha512", key).update(`surrogate:${kind}:${compact}`).digest()
  let [at, seen] = [0, 0]
  const draw = (n: number): number => stream[at++ % stream.length]! % n
  const signs = [...found].map((sign) => {
    if (!/[\p{L}\p{N}]/u.test(sign)) return sign
    seen += 1
    if (seen <= (kept[kind] ?? 0)) return sign
    if (/\d/.test(sign)) return String(draw(10))
    if (/[A-Z]/.test(sign)) return String.fromCharCode(65 + draw(26))
    return /[a-z]/.test(sign) ? String.fromCharCode(97 + draw(26)) : "某"
  })
  const places = signs.flatMap((sign, i) => (/[\p{L}\p{N}]/u.test(sign) ? [i] : []))
  const put = (text: string): void => places.forEach((place, i) => (signs[place] = text[i]!))
  if (kind === "resident_id" && places.length === 18) {
    const day = `${1950 + draw(55)}${two(1 + draw(12))}${two(1 + draw(28))}`
    const first17 = `${compact.slice(0, 6)}${day}${draw(10)}${draw(10)}${draw(10)}`
    put(first17 + residentCheckCharacter(first17))
  }
  if (kind === "bank_card") {
    const body = places
      .map((place) => signs[place]!)
      .join("")
      .slice(0, -1)
    put(body + String([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((check) => isLuhn(`${body}${check}`))))
  }
  return signs.join("")
}

const two = (n: number): string => String(n).padStart(2, "0")
