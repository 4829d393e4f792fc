import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto"
import type { IdentifierKind } from "./IdentifierKind.ts"
import type { Mask } from "./maskText.ts"
import { surrogate } from "./surrogate.ts"

/** How many signs of each end stay readable under `mask`, by kind; of the others none. */
const shown: Partial<Readonly<Record<IdentifierKind, readonly [head: number, tail: number]>>> = {
  mobile: [3, 4],
  landline: [3, 2],
  resident_id: [3, 2],
  bank_card: [4, 4],
  credit_code: [2, 2],
  plate: [2, 1],
  name: [1, 0]
}

const tag = (key: Uint8Array, text: string): string =>
  createHmac("sha256", key).update(text).digest("base64url").slice(0, 16)

/** Separators, case and width do not make another number. */
const plain = (found: string): string =>
  found
    .normalize("NFKC")
    .replaceAll(/[\s().·-]/g, "")
    .toUpperCase()

/** What can be done with an identifier. All but `redact` and `mask` keep different identifiers apart. */
export const masks = {
  /** Nothing is left. */
  redact: (): string => "",
  /** The kind in brackets. */
  replace: (_: string, kind: IdentifierKind): string => `<${kind}>`,
  /** Stars of the same shape; separators stay, and the signs that the kind lets show. */
  mask: (found: string, kind: IdentifierKind): string => {
    const [head, tail] = shown[kind] ?? [0, 0]
    const signs = [...found]
    const letters = signs.map((sign) => /[\p{L}\p{N}]/u.test(sign))
    const total = letters.filter(Boolean).length
    let seen = 0
    return signs
      .map((sign, i) => {
        if (!letters[i]) return sign
        seen += 1
        return total > head + tail && (seen <= head || seen > total - tail) ? sign : "*"
      })
      .join("")
  },
  /** The kind and a keyed hash: equal identifiers stay equal, and nobody without the key can try them all. */
  hash:
    (key: Uint8Array): Mask =>
    (found, kind) =>
      `${kind}_${tag(key, `${kind}:${plain(found)}`)}`,
  /** Another number of the same shape whose check digits are right; equal ones stay equal under the key. */
  surrogate:
    (key: Uint8Array): Mask =>
    (found, kind) =>
      surrogate(key, found, kind),
  /**
   * AES-256-GCM under a fresh nonce, as base64url behind the kind; `decrypt` turns it back.
   * @param key  32 bytes
   */
  encrypt:
    (key: Uint8Array): Mask =>
    (found, kind) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(kind))
      const bytes = Buffer.concat([nonce, cipher.update(found, "utf8"), cipher.final(), cipher.getAuthTag()])
      return `<${kind}:${bytes.toString("base64url")}>`
    },
  /** The text with everything that `encrypt` hid in it back in place. @throws when the key is another or the text was changed */
  decrypt: (key: Uint8Array, text: string): string =>
    text.replaceAll(/<([a-z_]+):([A-Za-z0-9_-]{38,})>/g, (_, kind: string, sealed: string) => {
      const bytes = Buffer.from(sealed, "base64url")
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12))
        .setAAD(Buffer.from(kind))
        .setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8")
    })
}
