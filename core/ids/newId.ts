import { randomBytes } from "node:crypto"

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

/** A fresh id such as `ord_4k2…`: a prefix and 128 random bits in Crockford's base 32, lower case. It says nothing about what it names. */
export function newId(prefix: string): string {
  let value = BigInt(`0x${randomBytes(16).toString("hex")}`)
  let text = ""
  for (let i = 0; i < 26; i++) {
    text = alphabet[Number(value & 31n)]! + text
    value >>= 5n
  }
  return `${prefix}_${text}`
}
